/** 店门: whoever comes to the bare address is led on: the office to its console, everybody else to a page of the shop. */
import { readSettings } from '../db/shop/settings.ts';
import { readConsoleSession } from './console/kit/session.ts';
import { homeOfConsole } from './console/kit/nav.ts';
import { signInPath } from './console/kit/paths.ts';
import { homePath } from './paths.ts';
import type { PageContext, PageDeps } from './ports.ts';
import { Message } from './ui/message.tsx';
import { show } from './ui/show.tsx';

export async function frontDoor(deps: PageDeps, context: PageContext): Promise<Response> {
  if (await readConsoleSession(deps, context)) return context.redirect(homeOfConsole);
  const { shopName } = await readSettings(deps.engine.db);
  const body = (
    <>
      <Message title={shopName} action={{ href: homePath, label: '会员中心' }}>
        看积分、优惠券和余额，请在微信里打开。
      </Message>
      <p class="second">
        <a href={signInPath}>店员登录后台</a>
      </p>
    </>
  );
  return show(context, { title: shopName, body }, { shopName });
}
