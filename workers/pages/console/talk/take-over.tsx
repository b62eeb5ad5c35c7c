/** 接过原来的: what the account has at WeChat already is shown, and taken over one part at a time. */
import type { FC } from 'hono/jsx';
import { drawMenu } from '../../../commands/account/menu.ts';
import { ask } from '../../../commands/account/official-account.ts';
import { changeSettings } from '../../../commands/shop/settings.ts';
import { readMenus } from '../../../db/shop/menu.ts';
import { readSettings } from '../../../db/shop/settings.ts';
import type { WechatSettings } from '../../../../schema/index.ts';
import type { Menu } from '../../../wechat/menu.ts';
import { sorry } from '../form/sorry.tsx';
import { owner } from '../kit/nav.ts';
import { Act, Confirm, isSure, Sheet, Table } from '../kit/parts.tsx';
import { saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { screen } from '../kit/screen.ts';
import type { Visit } from '../kit/visit.ts';
import { takeOverSaid } from '../words/talks.ts';
import { menuTaken, repliesTaken, type TakenMenu, type TakenReplies } from './existing.ts';

export const takeOverPath = '/console/menu/existing';
const menuPath = '/console/menu';
const repliesPath = '/console/settings/replies';

type Found = {
  readonly menu: TakenMenu;
  readonly replies: TakenReplies;
  readonly wechat: WechatSettings;
};

async function foundAtWechat({ db, deps }: Visit) {
  const account = deps.official ?? undefined;
  const [menu, replies, { wechat }] = await Promise.all([
    ask(account, ({ currentMenu }) => currentMenu()),
    ask(account, ({ currentReplies }) => currentReplies()),
    readSettings(db),
  ]);
  if ('code' in menu) return menu;
  if ('code' in replies) return replies;
  const none = { welcome: null, fallback: null, rules: [] };
  return {
    menu: menuTaken(menu.menu ?? { isOpen: false, buttons: [] }),
    replies: repliesTaken(replies.replies ?? none, wechat),
    wechat,
  } satisfies Found;
}

const parts = ['menu', 'keywords', 'fallback', 'welcome'] as const;
type Part = (typeof parts)[number];

export const takeOver = screen({
  path: takeOverPath,
  title: '接过公众号原来的菜单和回复',
  who: owner,
  get: async (visit) => {
    const found = await foundAtWechat(visit);
    if ('code' in found) return sorry(found);
    return {
      lead: takeOverSaid.lead,
      body: (
        <>
          <MenuFound found={found.menu} token={visit.token} />
          <RepliesFound found={found.replies} token={visit.token} />
        </>
      ),
    };
  },
  post: async (visit, form) => {
    const part = parts.find((one) => one === form.get('part'));
    const found = await foundAtWechat(visit);
    if ('code' in found) return sorry(found);
    if (part === 'menu') return takeMenu(visit, found, isSure(form));
    if (part !== undefined) await change(visit, found.wechat, changeOf(part, found));
    return visit.context.redirect(saying(repliesPath, 'saved'), 303);
  },
});

/** A draft that is there already is not lost without a word. */
async function takeMenu(visit: Visit, { menu: { menu, clicks }, wechat }: Found, sure: boolean) {
  const { db, now, token } = visit;
  const { draft } = await readMenus(db);
  if (menu === null) return visit.context.redirect(takeOverPath, 303);
  if (draft !== null && !sure)
    return {
      body: (
        <Confirm
          action={takeOverPath}
          token={token}
          fields={{ part: 'menu' }}
          what={<p>{takeOverSaid.replaces}</p>}
          label="换掉草稿"
          back={takeOverPath}
        />
      ),
    };
  await drawMenu(db, menu, now);
  await record(visit, { act: 'menu.draw', subject: '菜单', before: draft?.menu ?? null, after: menu });
  // What the shop has written under the same key stays.
  if (Object.keys(clicks).length > 0)
    await change(visit, wechat, { clicks: { ...clicks, ...wechat.clicks } });
  return visit.context.redirect(saying(menuPath, 'saved'), 303);
}

function changeOf(part: Part, { replies, wechat }: Found): Partial<WechatSettings> {
  if (part === 'keywords') return { keywords: [...wechat.keywords, ...replies.keywords] };
  if (part === 'fallback') return { fallback: replies.fallback ?? wechat.fallback };
  return { welcome: replies.welcome ?? wechat.welcome };
}

async function change(visit: Visit, before: WechatSettings, part: Partial<WechatSettings>): Promise<void> {
  const after = { ...before, ...part };
  await changeSettings(visit.db, { wechat: after });
  await record(visit, {
    act: 'settings.change',
    subject: '公众号自动回复',
    before: { wechat: before },
    after: { wechat: after },
  });
}

const Left: FC<{ names: readonly string[] }> = ({ names }) =>
  names.length === 0 ? (
    <></>
  ) : (
    <p class="note">
      带不过来的：{names.join('、')}。{takeOverSaid.left}
    </p>
  );

type Leaf = Exclude<Menu['button'][number], { readonly sub_button: unknown }>;

const MenuFound: FC<{ found: TakenMenu; token: string }> = ({ found: { menu, clicks, left }, token }) => {
  const does = (button: Leaf): string => {
    if ('key' in button) return clicks[button.key] ?? `回“${button.key}”那一段`;
    return 'url' in button ? button.url : button.type;
  };
  const rows = (menu?.button ?? []).flatMap((top) =>
    'sub_button' in top
      ? top.sub_button.map((one) => ({ name: `${top.name} › ${one.name}`, does: does(one) }))
      : [{ name: top.name, does: does(top) }],
  );
  return (
    <Sheet title="菜单">
      <Left names={left} />
      <Table
        caption="从左到右"
        rows={rows}
        empty="公众号现在没有能带过来的菜单。"
        columns={[
          { label: '按钮', show: ({ name }) => name },
          { label: '点了', show: (row) => row.does },
        ]}
      />
      {rows.length > 0 && <Take part="menu" token={token} label="存成菜单草稿" />}
    </Sheet>
  );
};

const Take: FC<{ part: Part; token: string; label: string }> = ({ part, token, label }) => (
  <p class="buttons">
    <Act action={takeOverPath} token={token} label={label} fields={{ part }} />
  </p>
);

const RepliesFound: FC<{ found: TakenReplies; token: string }> = ({
  found: { welcome, fallback, keywords, left },
  token,
}) => (
  <>
    <Sheet title="关键词回复">
      <Left names={left} />
      <Table
        caption={`${keywords.length} 条，这里已经有的词不再列`}
        rows={keywords}
        empty="没有要带过来的。"
        columns={[
          { label: '词', show: ({ words }) => words.join('、') },
          { label: '怎么算对上', show: ({ match }) => takeOverSaid[match] },
          { label: '回复', show: ({ reply }) => reply },
        ]}
      />
      {keywords.length > 0 && <Take part="keywords" token={token} label="加进关键词回复" />}
    </Sheet>
    {fallback !== null && (
      <Sheet title="别的话怎么回">
        <p>{fallback}</p>
        <Take part="fallback" token={token} label="用这一段" />
      </Sheet>
    )}
    {welcome !== null && (
      <Sheet title="关注后的欢迎语">
        <p>{welcome}</p>
        <p class="hint">{takeOverSaid.welcome}</p>
        <Take part="welcome" token={token} label="用这一段" />
      </Sheet>
    )}
  </>
);
