/** 会员码: shown at the till instead of a phone number, as a QR code, a barcode and in writing; another every minute. */
import { raw } from 'hono/html';
import { ownCode, type OwnCode } from '../../commands/member-codes/member-code.ts';
import { openidKey } from '../../decide/members/who/identity-keys.ts';
import { minuteMs } from '../../platform/member-code.ts';
import { page, person } from '../page.ts';
import { memberCodePath, homePath, registerPath } from '../paths.ts';
import { inFours } from '../words.ts';
import { pictured } from './code-in-browser.ts';

/** As scripts/assets.ts builds it. */
const drawer = 'member-code.js';

export const codePage = page({
  path: memberCodePath,
  title: '会员码',
  who: person,
  get: async ({ deps, context, session, now }) => {
    const own = await ownCode(deps.engine, openidKey(session.openid), now);
    if (!own) return context.redirect(registerPath);
    const isAlone = own.code === null || (await context.var.fileAt(drawer)) === null;
    const body = <Shown own={own} now={now} isAlone={isAlone} />;
    return isAlone ? { body } : { body, scripts: [drawer, 'code-page.js'] };
  },
});

/** As text: as an element it would be moved into the head, and hold there with a script as well. */
const again = (leftMs: number): string =>
  `<meta http-equiv="refresh" content="${String(Math.ceil(leftMs / 1000))}"/>`;

type ShownProps = {
  readonly own: OwnCode;
  readonly now: number;
  /** Without the file that draws the next one, the page is loaded again. */
  readonly isAlone: boolean;
};

function Shown({ own, now, isAlone }: ShownProps) {
  const { code, name, passes } = own;
  if (code === null) return <p class="empty">会员码暂时用不了，请给收银员报手机号。</p>;
  const { qr, bars } = pictured(code);
  const leftMs = minuteMs - (now % minuteMs);
  return (
    <section class="show" aria-labelledby="code">
      <h1 id="code">会员码</h1>
      {name !== null && <p>{name}</p>}
      <div data-passes={JSON.stringify({ now, passes })} data-left-ms={leftMs}>
        <div class="bars" role="img" aria-label="会员码的条形码" data-part="bars">
          {raw(bars)}
        </div>
        <p class="written" data-part="code" data-code={code}>
          {inFours(code)}
        </p>
        <div class="qr" role="img" aria-label="会员码的二维码" data-part="qr">
          {raw(qr)}
        </div>
      </div>
      <p class="days" data-left>
        每分钟换一次
      </p>
      {raw(isAlone ? again(leftMs) : `<noscript>${again(leftMs)}</noscript>`)}
      <p class="empty">付款前给收银员扫一扫，就知道是您。截图很快就没用了，请不要转给别人。</p>
      <p class="leave">
        <a href={homePath}>返回</a>
      </p>
    </section>
  );
}
