/** 微信网页授权: sends whoever is not known yet to WeChat, and takes them back with a code, once. */
import { log } from '../../platform/log.ts';
import { readSettings } from '../../db/shop/settings.ts';
import { associateByOpenid } from '../../db/shop/associates.ts';
import { authorizeUrl } from '../../wechat/oauth.ts';
import { newWord } from '../keys.ts';
import { publicPage } from '../page.ts';
import { homePath, isLoopback, loginPath, loginTo, safePath } from '../paths.ts';
import type { PageContext, PageDeps } from '../ports.ts';
import { readSession, startLogin, startSession, takeLogin, type Login } from './session.ts';
import { LoginFailed, LoginSnapshot, LoginUnready } from './login-pages.tsx';
import { message, type Answered } from '../ui/view.ts';

/** Begun again without being asked this often: a code may have run out while the phone lay on the table. */
const retriesMax = 1;
/** Not valid, used before, too old (wechat.md §4.7). */
const staleCodes: ReadonlySet<number> = new Set([40029, 40163, 42003]);

export const loginPage = publicPage({
  path: loginPath,
  get: async ({ deps, context }) => {
    const to = safePath(context.req.query('to'));
    if (deps.account.appId === '') return message(<LoginUnready />, 503);
    const home = await homeOf(deps, context);
    // The cookie has to be there where WeChat comes back to.
    if (home !== new URL(context.req.url).origin) return context.redirect(`${home}${loginTo(to)}`);
    return authorize(deps, context, { home, to, retries: 0 });
  },
});

/** WeChat knows the shop's pages under one exact host (网页授权域名). */
async function homeOf({ engine }: PageDeps, context: PageContext): Promise<string> {
  const url = new URL(context.req.url);
  if (isLoopback(url)) return url.origin;
  const { publicUrl } = await readSettings(engine.db);
  return publicUrl === null ? url.origin : new URL(publicUrl).origin;
}

async function authorize(
  deps: PageDeps,
  context: PageContext,
  { home, to, retries }: { readonly home: string; readonly to: string; readonly retries: number },
): Promise<Response> {
  const state = newWord();
  await startLogin(deps, context, { state, to, retries });
  return context.redirect(
    authorizeUrl({
      base: deps.oauthBase,
      appId: deps.account.appId,
      redirectUri: `${home}${loginPath}/return`,
      // Silent: it asks nobody anything, and tells us the openid and nothing else.
      scope: 'snsapi_base',
      state,
    }),
  );
}

export const loginReturn = publicPage({
  path: `${loginPath}/return`,
  get: async ({ deps, context }) => {
    const { code = '', state = '' } = context.req.query();
    const kept = await takeLogin(deps, context);
    const to = kept?.to ?? homePath;
    if (!kept || code === '' || !(await isSame(deps, kept.state, state))) return again(deps, context, kept);

    const answer = await deps.client.webLogin({ ...deps.account, code });
    if (!answer.ok) {
      log('warn', 'login_outage', { outage: answer.outage });
      return message(<LoginFailed to={to} isOutage />, 503);
    }
    const { login: who, errcode } = answer.reply;
    if (!who) {
      if (staleCodes.has(errcode)) return again(deps, context, kept);
      log('error', 'login_refused', { errcode });
      return message(<LoginFailed to={to} isOutage />, 503);
    }
    // A made-up account for a preview: what is bound to it is lost to the person.
    if (who.isSnapshot) return message(<LoginSnapshot to={to} />, 403);
    const associate = await associateByOpenid(deps.engine.db, who.openid);
    await startSession(deps, context, { openid: who.openid, role: associate ? 'associate' : 'member' });
    return context.redirect(to);
  },
});

async function again(deps: PageDeps, context: PageContext, kept: Login | null): Promise<Answered> {
  const to = kept?.to ?? homePath;
  // Somebody went back a page, or opened two: what they came for is there already.
  if (await readSession(deps, context)) return context.redirect(to);
  if (!kept || kept.retries >= retriesMax) return message(<LoginFailed to={to} />, 400);
  const home = new URL(context.req.url).origin;
  return authorize(deps, context, { home, to, retries: kept.retries + 1 });
}

const isSame = async ({ keys }: PageDeps, one: string, other: string): Promise<boolean> =>
  keys.isTag('form', one, await keys.tag('form', other));
