/** 网页授权: exchanges the code of a login for who it was, and asks for their name (wechat.md §10). */
import type { Here } from '../here.ts';
import { meet, personOf } from '../state/people.ts';
import { wordOf } from '../plain/random.ts';
import { minuteMs } from '../plain/time.ts';
import type { Call } from './endpoint.ts';
import { refusal, type Errcode } from './errors.ts';

const codeLifeMs = 5 * minuteMs;
const sessionLifeMs = 7_200_000;

export const scopes = ['snsapi_base', 'snsapi_userinfo'] as const;
export type Scope = (typeof scopes)[number];

type Login = { openid: string; scope: Scope; at: number; used: number; snapshot: number };

/** The code that comes back with the browser. A snapshot page stands for nobody: its account is made up. */
export async function newCode(
  here: Here,
  { openid, scope, isSnapshot }: { openid: string; scope: Scope; isSnapshot: boolean },
): Promise<string> {
  const code = wordOf(24);
  const who = isSnapshot ? `oSnapshot${wordOf(12)}` : openid;
  await meet(here, who);
  await here.db
    .prepare('INSERT INTO logins VALUES (?, ?, ?, ?, 0, ?)')
    .bind(code, who, scope, here.now, isSnapshot ? 1 : 0)
    .run();
  return code;
}

export async function exchangeCode({ here, query }: Call): Promise<Response> {
  if (query('grant_type') !== 'authorization_code') return refusal(40002);
  if (query('appid') !== here.env.WECHAT_APP_ID) return refusal(40013);
  if (query('secret') !== here.env.WECHAT_APP_SECRET) return refusal(40125);
  const login = await useCode(here, query('code'));
  if (typeof login === 'number') return refusal(login);
  const token = wordOf(64);
  await here.db
    .prepare('INSERT INTO sessions VALUES (?, ?, ?, ?, ?)')
    .bind(token, login.openid, login.scope, here.now + sessionLifeMs, login.snapshot)
    .run();
  const person = await personOf(here.db, login.openid);
  const hasUnionid = login.scope === 'snsapi_userinfo' && login.snapshot === 0 && person?.unionid != null;
  return Response.json({
    access_token: token,
    expires_in: sessionLifeMs / 1000,
    refresh_token: wordOf(64),
    openid: login.openid,
    scope: login.scope,
    ...(hasUnionid ? { unionid: person.unionid } : {}),
    ...(login.snapshot === 1 ? { is_snapshotuser: 1 } : {}),
  });
}

/** Once, and within five minutes. */
async function useCode({ db, now }: Here, code: string): Promise<Login | Errcode> {
  const login = await db
    .prepare('UPDATE logins SET used = used + 1 WHERE code = ? RETURNING openid, scope, at, used, snapshot')
    .bind(code)
    .first<Login>();
  if (login === null) return 40029;
  if (login.used > 1) return 40163;
  return now - login.at > codeLifeMs ? 42003 : login;
}

type Session = { openid: string; scope: Scope; ends_at: number; snapshot: number };

/** Sex and place are still there, and empty. */
export async function readProfile({ here, query }: Call): Promise<Response> {
  const session = await here.db
    .prepare('SELECT openid, scope, ends_at, snapshot FROM sessions WHERE value = ?')
    .bind(query('access_token'))
    .first<Session>();
  if (session === null) return refusal(40001);
  if (session.ends_at <= here.now) return refusal(42001);
  if (session.openid !== query('openid')) return refusal(40003);
  if (session.scope !== 'snsapi_userinfo' || session.snapshot === 1) return refusal(48001);
  const person = await personOf(here.db, session.openid);
  return Response.json({
    openid: session.openid,
    nickname: person?.name ?? '微信用户',
    sex: 0,
    language: '',
    city: '',
    province: '',
    country: '',
    headimgurl: 'https://thirdwx.qlogo.cn/mmopen/vi_32/sandbox/132',
    privilege: [],
    ...(person?.unionid == null ? {} : { unionid: person.unionid }),
  });
}
