/** 微信网页授权: sends a visitor without a session to WeChat, and accepts the returned code once. */
import { log } from '../../platform/log.ts';
import { readSettings } from '../../db/shop/settings.ts';
import { associateByOpenid } from '../../db/shop/associates.ts';
import { authorizeUrl } from '../../wechat/oauth.ts';
import { newWord } from '../keys.ts';
import { publicPage } from '../page.ts';
import { homePath, isLoopback, loginPath, loginTo, safePath } from '../paths.ts';
import type { PageContext, PageDeps } from '../ports.ts';
import { readSession, startSession } from './session.ts';
import { markUsed, readLogin, startLogin, type Login } from './under-way.ts';
import { LoginFailed, LoginSnapshot, LoginUnready } from './login-pages.tsx';
import { message, type Answered } from '../ui/view.ts';

/** How often a login restarts automatically: a code may have expired while the phone lay unused. */
const retriesMax = 1;
/** The code is invalid, used or expired (wechat.md §4.7). */
const staleCodes: ReadonlySet<number> = new Set([40029, 40163, 42003]);

export const loginPage = publicPage({
  path: loginPath,
  get: async ({ deps, context }) => {
    const to = safePath(context.req.query('to'));
    if (deps.account.appId === '') return message(<LoginUnready />, 503);
    const home = await homeOf(deps, context);
    // The cookie must belong to the host that WeChat returns to.
    if (home !== new URL(context.req.url).origin) return context.redirect(`${home}${loginTo(to)}`);
    return authorize(deps, context, { home, to, retries: 0 });
  },
});

/** WeChat returns only to one exact host (网页授权域名). */
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
      // A silent login: the person sees nothing, and we get only the openid.
      scope: 'snsapi_base',
      state,
    }),
  );
}

export const loginReturn = publicPage({
  path: `${loginPath}/return`,
  get: async ({ deps, context }) => {
    const { code = '', state = '' } = context.req.query();
    const kept = await readLogin(deps, context, state);
    if (!kept || kept.isUsed || code === '') return again(deps, context, kept);
    const { to } = kept;

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
    // WeChat made up this account for a preview: the person would lose whatever is bound to it.
    if (who.isSnapshot) return message(<LoginSnapshot to={to} />, 403);
    const associate = await associateByOpenid(deps.engine.db, who.openid);
    await startSession(deps, context, { openid: who.openid, role: associate ? 'associate' : 'member' });
    await markUsed(deps, context, { state, login: kept });
    return context.redirect(to);
  },
});

async function again(deps: PageDeps, context: PageContext, kept: Login | null): Promise<Answered> {
  const to = kept?.to ?? homePath;
  // The page was loaded twice, or the person went back: they are logged in already.
  if (await readSession(deps, context)) return context.redirect(to);
  if (!kept || kept.retries >= retriesMax) return message(<LoginFailed to={to} />, 400);
  const home = new URL(context.req.url).origin;
  return authorize(deps, context, { home, to, retries: kept.retries + 1 });
}
