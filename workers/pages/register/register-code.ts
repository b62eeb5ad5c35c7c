/** 验证码按钮: sends a code and says so, in the page or, when a script asks, in a line of JSON. */
import { codeAgainSeconds, sendCode, type Sent } from './send-code.ts';
import { backToForm } from '../paths.ts';
import type { PageContext, PageDeps, PageHandler } from '../ports.ts';
import { posted } from '../posted.tsx';
import { form } from './register.tsx';
import { mobileOf, phoneWrong, typedIn } from './register-form.ts';
import type { SmsLimit } from '../../db/members/sms-codes.ts';

export const registerCode =
  (deps: PageDeps): PageHandler =>
  async (context) => {
    const taken = await posted(deps, context, backToForm);
    if ('refused' in taken) return taken.refused;
    const { session } = taken;
    const typed = typedIn(taken.form);
    const phone = mobileOf(typed.phone);
    if (phone === null) {
      return wantsJson(context)
        ? context.json({ ok: false, field: 'phone', message: phoneWrong, waitSeconds: 0 }, 422)
        : form(deps, context, session, { typed, wrong: { phone: phoneWrong }, status: 422 });
    }
    const address = context.req.header('cf-connecting-ip') ?? 'unknown';
    const sent = await sendCode(deps, { phone, openid: session.openid, address }, deps.clock());
    const { status, message, waitSeconds } = said(sent, phone);
    if (sent.outcome === 'limited') context.header('retry-after', String(sent.retrySeconds));
    if (wantsJson(context)) {
      return context.json({ ok: status === 200, field: 'code', message, waitSeconds }, status);
    }
    const kind = status === 200 ? 'good' : 'stop';
    return form(deps, context, session, { typed, notice: { kind, text: message }, waitSeconds, status });
  };

const wantsJson = (context: PageContext): boolean =>
  context.req.header('accept')?.includes('application/json') ?? false;

type Said = { readonly status: 200 | 429 | 503; readonly message: string; readonly waitSeconds: number };

function said(sent: Sent, phone: string): Said {
  switch (sent.outcome) {
    case 'sent': {
      const masked = `${phone.slice(0, 3)}****${phone.slice(-4)}`;
      return { status: 200, message: `已发到 ${masked}，5 分钟内有效`, waitSeconds: codeAgainSeconds };
    }
    case 'limited': {
      const waitSeconds = sent.limit === 'phoneMinute' ? codeAgainSeconds : 0;
      return { status: 429, message: limitWords[sent.limit], waitSeconds };
    }
    case 'failed':
      return { status: 503, message: '短信没有发出去，请稍后再试，或到店请店员帮您注册', waitSeconds: 0 };
    case 'unsure':
      return {
        status: 503,
        message: '短信通道不太顺。一分钟后还没收到，请再发一次，或到店请店员帮您注册',
        waitSeconds: codeAgainSeconds,
      };
    case 'off':
      return { status: 503, message: '本店还没有开通短信，请到店请店员帮您注册', waitSeconds: 0 };
    default:
      return sent satisfies never;
  }
}

const limitWords: Readonly<Record<SmsLimit, string>> = {
  phoneMinute: '刚刚发过一条，请等一分钟再发',
  phoneDay: '这个手机号今天的验证码次数用完了，请明天再试，或到店请店员帮您注册',
  openidDay: '您今天发送验证码的次数用完了，请明天再试，或到店请店员帮您注册',
  addressHour: '这个网络发送得太频繁，请换成手机流量，或一小时后再试',
  shopHour: '现在注册的人太多了，请过一会儿再试',
};
