/** 登录页: the code to scan with WeChat; the page goes on by itself once somebody has confirmed on the phone. */
import { enterByScan } from '../../../commands/people/sign-in.ts';
import { readEntry } from '../../../db/people/entries.ts';
import { readSettings } from '../../../db/shop/settings.ts';
import type { Page } from '../../page.ts';
import type { PageContext, PageDeps } from '../../ports.ts';
import { consolePath, signInPath } from '../kit/paths.ts';
import { newBrowser, readConsoleSession } from '../kit/session.ts';
import { showAlone } from '../kit/shell.tsx';
import { Code } from './code.tsx';
import { askForCode } from './opening.tsx';
import { dropScan, newScan, numberOf, readScan, scanUrl, type Scan, type ScanUse } from './scan.ts';
import { waitScript } from './wait-script.ts';

export const signInPage: Page = {
  path: signInPath,
  get: async (deps, context) => {
    const to = consolePath(context.req.query('to') ?? null);
    if (await readConsoleSession(deps, context)) return context.redirect(to);
    const opening = await askForCode(deps, context);
    if (opening) return opening;
    const known = await readScan(deps, context, 'enter');
    const came = known ? await comeIn(deps, context, known) : 'waiting';
    if (came === 'in') return context.redirect(to);
    const isGood = known !== null && came === 'waiting' && known.until > deps.clock();
    const scan = isGood ? known : await newScan(deps, context, 'enter');
    return shown(deps, context, { scan, isRefused: came === 'refused' });
  },
};

/** Asked by a page's script: 204 says "not yet", 200 says "look again". */
const waiting = (path: string, use: ScanUse): Page => ({
  path,
  get: async (deps, context) => {
    const scan = await readScan(deps, context, use);
    if (!scan || scan.until <= deps.clock()) return context.text('over', 200);
    const isAnswered = (await readEntry(deps.engine.db, scan.key)) !== null;
    return isAnswered ? context.text('answered', 200) : context.body(null, 204);
  },
});

export const waitPages = [waiting(`${signInPath}/wait`, 'enter'), waiting('/console/me/wechat/wait', 'bind')];

async function comeIn(
  deps: PageDeps,
  context: PageContext,
  scan: Scan,
): Promise<'in' | 'waiting' | 'refused'> {
  const answered = await readEntry(deps.engine.db, scan.key);
  if (!answered) return 'waiting';
  dropScan(context);
  const came = await enterByScan(deps.engine.db, scan.word, newBrowser(context), deps.clock());
  return typeof came === 'string' ? 'refused' : 'in';
}

async function shown(
  deps: PageDeps,
  context: PageContext,
  { scan, isRefused }: { scan: Scan; isRefused: boolean },
): Promise<Response> {
  const { shopName, publicUrl } = await readSettings(deps.engine.db);
  const home = publicUrl === null ? new URL(context.req.url).origin : new URL(publicUrl).origin;
  const url = await scanUrl(deps, home, scan);
  const isConnected = deps.account.appId !== '';
  const body = (
    <section class="sheet">
      <h1>登录{shopName}的后台</h1>
      {isRefused && (
        <p class="note stop" role="alert">
          手机上没有确认，或者数字填错了。这个码已经作废，请扫下面的新码。
        </p>
      )}
      {isConnected ? (
        <>
          <p class="lead">用微信扫一扫，在手机上填下面这两位数字，这一页会自己打开。</p>
          <Code text={url} label="登录二维码，用微信扫一扫" />
          <p class="big" aria-label="数字">
            {await numberOf(deps, scan)}
          </p>
          <p class="lead">两分钟内有效，只能用一次，只对这台电脑有效。</p>
          <p class="buttons">
            <a class="button" href={new URL(context.req.url).pathname + new URL(context.req.url).search}>
              手机上已确认，继续
            </a>
          </p>
        </>
      ) : (
        <p class="lead">这家店还没有接公众号，先用登录链接进来。</p>
      )}
      <details>
        <summary>第一次来，或者微信扫不了？</summary>
        <p>
          请同事在“人员”里给您发一个登录链接。店里还没有人登录过，就请装系统的人运行{' '}
          <code>npm run login</code>
          ，会打印一个十分钟内有效的链接。
        </p>
      </details>
    </section>
  );
  return showAlone(context, {
    title: '登录',
    shopName,
    body,
    ...(isConnected && { script: waitScript(`${signInPath}/wait`) }),
  });
}
