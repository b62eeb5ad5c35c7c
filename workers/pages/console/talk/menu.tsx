/** 公众号菜单: drawn up by form as a draft, shown to followers when it is published, and taken down. */
import { drawMenu, publishMenu, withdrawMenu } from '../../../commands/account/menu.ts';
import { readMenus } from '../../../db/shop/menu.ts';
import { readSettings } from '../../../db/shop/settings.ts';
import { Menu } from '../../../wechat/menu.ts';
import { checkForm, isRedrawn, openForm, redrawn, type FormSpec } from '../form/form.tsx';
import { sorry } from '../form/sorry.tsx';
import { moment } from '../kit/format.ts';
import { owner } from '../kit/nav.ts';
import { Act, Confirm, isSure } from '../kit/parts.tsx';
import { saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { screen } from '../kit/screen.ts';
import type { ConsoleView } from '../kit/shell.tsx';
import type { Visit } from '../kit/visit.ts';
import { menuSaid, menuWords } from '../words/forms/menu.ts';
import { inputOf, menuOf, MenuInput } from './menu-form.ts';
import { takeOverPath } from './take-over.tsx';

const path = '/console/menu';

async function specOf({ db, token }: Visit): Promise<FormSpec<MenuInput>> {
  const { wechat } = await readSettings(db);
  const keys = Object.keys(wechat.clicks).map((key) => ({ value: key, label: key }));
  return {
    schema: MenuInput,
    words: menuWords,
    choices: keys.length === 0 ? {} : { key: keys },
    action: path,
    token,
    label: '存草稿',
  };
}

/** Whoever taps one of these expects an answer, and WeChat tells us of the tap. */
const telling: ReadonlySet<string> = new Set(['click', 'scancode_push', 'scancode_waitmsg']);

/** Names of the buttons that nothing answers yet. */
async function silentIn({ db }: Visit, { button }: Menu): Promise<string[]> {
  const { wechat } = await readSettings(db);
  return button
    .flatMap((top) => ('sub_button' in top ? top.sub_button : [top]))
    .flatMap((one) =>
      'key' in one && telling.has(one.type) && !Object.hasOwn(wechat.clicks, one.key) ? [one.name] : [],
    );
}

const parsed = (menu: unknown): Menu | null => Menu.safeParse(menu).data ?? null;

const menu = screen({
  path,
  title: '公众号菜单',
  who: owner,
  get: async (visit) => {
    const { draft, published } = await readMenus(visit.db);
    const drawn = draft && parsed(draft.menu);
    const input = drawn && inputOf(drawn);
    const isUp = published !== null && published.menu !== null;
    const shown = isUp
      ? `粉丝现在看到的是 ${moment(published.at, visit.now)} 发布的。`
      : '粉丝现在看不到菜单。';
    const silent = drawn === null ? [] : await silentIn(visit, drawn);
    const view: ConsoleView =
      drawn !== null && input === null
        ? { body: <p class="note">{menuSaid.foreign}</p> }
        : openForm(await specOf(visit), input ?? { buttons: [{ kind: 'view' }] });
    return {
      ...view,
      body: (
        <>
          {silent.length > 0 && (
            <p class="note">
              点了没有回复的按钮：{silent.join('、')}。{menuSaid.silent}
            </p>
          )}
          {view.body}
        </>
      ),
      lead: `先存草稿，再发布。${shown}发布以后，手机上最多五分钟就变。`,
      acts: (
        <>
          {drawn && <Act action={`${path}/publish`} token={visit.token} label="发布草稿" tone="first" />}
          <a class="button" href={takeOverPath}>
            接过原来的
          </a>
          {isUp && <Act action={`${path}/withdraw`} token={visit.token} label="撤下菜单" />}
        </>
      ),
    };
  },
  post: async (visit, form) => {
    const spec = await specOf(visit);
    if (isRedrawn(form)) return redrawn(spec, form);
    const checked = checkForm(spec, form);
    if ('again' in checked) return checked.again;
    const { draft } = await readMenus(visit.db);
    const after = menuOf(checked.input);
    await drawMenu(visit.db, after, visit.now);
    await record(visit, { act: 'menu.draw', subject: '菜单', before: draft?.menu ?? null, after });
    return visit.context.redirect(saying(path, 'saved'), 303);
  },
});

const publish = screen({
  path: `${path}/publish`,
  title: '公众号菜单',
  who: owner,
  post: async (visit) => {
    const { published } = await readMenus(visit.db);
    const publishing = {
      board: visit.deps.official ?? undefined,
      read: (kept: { readonly menu: unknown }) => parsed(kept.menu),
    };
    const problem = await publishMenu(visit.db, publishing, visit.now);
    if (problem) return sorry(problem);
    const after = (await readMenus(visit.db)).published?.menu ?? null;
    await record(visit, { act: 'menu.publish', subject: '菜单', before: published?.menu ?? null, after });
    return visit.context.redirect(saying(path, 'published'), 303);
  },
});

const withdraw = screen({
  path: `${path}/withdraw`,
  title: '撤下菜单',
  who: owner,
  post: async (visit, form) => {
    if (!isSure(form))
      return {
        body: (
          <Confirm
            action={`${path}/withdraw`}
            token={visit.token}
            what={<p>撤下以后，粉丝看不到菜单；草稿还在，随时可以再发布。</p>}
            label="确认撤下"
            back={path}
          />
        ),
      };
    const { published } = await readMenus(visit.db);
    const problem = await withdrawMenu(visit.db, visit.deps.official ?? undefined, visit.now);
    if (problem) return sorry(problem);
    await record(visit, {
      act: 'menu.withdraw',
      subject: '菜单',
      before: published?.menu ?? null,
      after: null,
    });
    return visit.context.redirect(saying(path, 'withdrawn'), 303);
  },
});

export const menuScreens = [menu, publish, withdraw];
