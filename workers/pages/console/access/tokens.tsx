/** 令牌: which programs may call, for which till, and until when; made here, shown once, and taken back. */
import type { FC } from 'hono/jsx';
import { makeToken, revokeToken, TokenInput } from '../../../commands/shop/tokens.ts';
import { listTokens, type Token } from '../../../db/shop/tokens.ts';
import { listSources } from '../../../db/sources/registered-sources.ts';
import { listStores } from '../../../db/shop/stores.ts';
import { fromNewest } from '../../../db/paging.ts';
import { checkForm, isRedrawn, openForm, redrawn, refusedForm, type FormSpec } from '../form/form.tsx';
import { moment } from '../kit/format.ts';
import { technical } from '../kit/nav.ts';
import { Confirm, isSure, Mark, Sheet, Table } from '../kit/parts.tsx';
import { saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { NotFound } from '../kit/refusals.tsx';
import { screen } from '../kit/screen.ts';
import type { Visit } from '../kit/visit.ts';
import { scopeNames, tokenWords } from '../words/forms/token.ts';

const path = '/console/tokens';
const back = { href: path, label: '回到令牌' };
/** More than a shop has tills and programs; the newest stand first. */
const shownMax = 200;

const scopeOf = ({ scopes }: Token): keyof typeof scopeNames => (scopes.includes('admin') ? 'admin' : 'pos');

const stateOf = ({ revokedAt, expiresAt }: Token, now: number) => {
  if (revokedAt !== null) return <Mark>已停用</Mark>;
  return expiresAt !== null && expiresAt <= now ? <Mark>已到期</Mark> : <Mark tone="good">在用</Mark>;
};

const isOpen = ({ revokedAt }: Token): boolean => revokedAt === null;

const list = screen({
  path,
  title: '令牌',
  who: technical,
  get: async ({ db, now }) => ({
    lead: '收银机或别的程序用令牌调用接口。令牌只在新建时显示一次；丢了或泄露了，停用它，再建一个。',
    acts: (
      <a class="button first" href={`${path}/new`}>
        新建令牌
      </a>
    ),
    body: (
      <Sheet>
        <Table
          caption="全部令牌，新的在前"
          rows={await listTokens(db, fromNewest, shownMax)}
          empty="还没有令牌。"
          columns={[
            { label: '名称', show: ({ name }) => name },
            { label: '能做什么', show: (token) => scopeNames[scopeOf(token)] },
            { label: '来源', show: ({ sourceId }) => sourceId ?? '不限' },
            { label: '门店', show: ({ stores }) => stores?.join('、') ?? '不限' },
            { label: '新建', show: ({ createdAt }) => moment(createdAt, now) },
            {
              label: '上次用',
              show: ({ lastUsedAt }) => (lastUsedAt === null ? '没用过' : moment(lastUsedAt, now)),
            },
            { label: '状态', show: (token) => stateOf(token, now) },
            {
              label: '停用',
              show: (token) => isOpen(token) && <a href={`${path}/${token.id}/revoke`}>停用</a>,
            },
          ]}
        />
      </Sheet>
    ),
  }),
});

async function specOf({ db, token }: Visit): Promise<FormSpec<TokenInput>> {
  const [sources, stores] = await Promise.all([listSources(db, '', shownMax), listStores(db)]);
  const named = (all: readonly { readonly id: string; readonly name: string }[]) =>
    all.map(({ id, name }) => ({ value: id, label: name }));
  return {
    schema: TokenInput,
    words: tokenWords,
    choices: { source: named(sources), stores: named(stores) },
    action: `${path}/new`,
    token,
    label: '新建',
  };
}

const create = screen({
  path: `${path}/new`,
  title: '新建令牌',
  who: technical,
  get: async (visit) => openForm(await specOf(visit), { scope: 'pos' }),
  post: async (visit, form) => {
    const spec = await specOf(visit);
    if (isRedrawn(form)) return redrawn(spec, form);
    const checked = checkForm(spec, form);
    if ('again' in checked) return checked.again;
    const draft = await makeToken(visit, checked.input, visit.now);
    if ('code' in draft) return refusedForm(spec, form, draft);
    const { token, secret } = draft.row;
    const { hash: _hash, ...shown } = token;
    await record(visit, { act: 'token.create', subject: token.id, before: null, after: shown }, draft);
    return { title: `令牌：${token.name}`, body: <Made secret={secret} /> };
  },
});

const Made: FC<{ secret: string }> = ({ secret }) => (
  <Sheet>
    <p>把它填进收银机或程序里。离开这一页就看不到了；丢了可以停用它，再建一个。</p>
    <p class="field">
      <label for="secret">令牌</label>
      <input id="secret" value={secret} readonly />
    </p>
    <p class="hint">调用时放在请求头里：Authorization: Bearer 令牌</p>
    <p class="buttons">
      <a class="button" href={path}>
        回到令牌
      </a>
    </p>
  </Sheet>
);

const find = async ({ db, id }: Visit): Promise<Token | undefined> =>
  (await listTokens(db, fromNewest, shownMax)).find((token) => token.id === id && isOpen(token));

const revoke = screen({
  path: `${path}/:id/revoke`,
  title: '停用令牌',
  who: technical,
  get: async (visit) => {
    const token = await find(visit);
    return token ? { body: <Ask token={token} form={visit.token} /> } : NotFound('这个令牌', back);
  },
  post: async (visit, form) => {
    const token = await find(visit);
    if (!token) return NotFound('这个令牌', back);
    if (!isSure(form)) return { body: <Ask token={token} form={visit.token} /> };
    const revoked = await revokeToken(visit.db, token.id, visit.now);
    if ('code' in revoked) return NotFound('这个令牌', back);
    const { hash: _hash, ...after } = revoked;
    await record(visit, { act: 'token.revoke', subject: token.id, before: null, after });
    return visit.context.redirect(saying(path, 'revoked'), 303);
  },
});

const Ask: FC<{ token: Token; form: string }> = ({ token: { id, name }, form }) => (
  <Confirm
    action={`${path}/${id}/revoke`}
    token={form}
    what={<p>停用“{name}”：用它的收银机或程序马上就连不上了。停用以后不能恢复。</p>}
    label="确认停用"
    back={path}
  />
);

export const tokenScreens = [list, create, revoke];
