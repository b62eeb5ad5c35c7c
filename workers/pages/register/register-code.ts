/** 验证码按钮: sends a code and answers with the page or, for a script, with JSON. */
import type { SmsLimit } from '../../db/sms/sms-codes.ts';
import { page, person, type Page, type Visit } from '../page.ts';
import { backToForm, codePath } from '../paths.ts';
import type { PageContext } from '../ports.ts';
import type { Answered, View } from '../ui/view.ts';
import { form, registerTitle, type Shown } from './form-again.tsx';
import { mobileOf, phoneWrong, typedIn, type Typed } from './register-form.ts';
import { codeAgainSeconds, sendCode, type Sent } from './send-code.ts';

export type Again = Omit<Shown, 'typed' | 'mayRebind'>;

type CodeButton = {
  readonly path: string;
  readonly title: string;
  /** The page that has the form. */
  readonly here: (asked: URLSearchParams) => string;
  /** The form with what was typed. */
  readonly again: (visit: Visit, typed: Typed, shown: Again) => Promise<View>;
};

export const codeButtonOf = ({ again, ...place }: CodeButton): Page =>
  page({ ...place, who: person, post: (visit, sent) => press(visit, typedIn(sent), again) });

export const codeButton = codeButtonOf({
  path: codePath,
  title: registerTitle,
  here: backToForm,
  again: (visit, typed, shown) => form(visit, { ...shown, typed }),
});

async function press(visit: Visit, typed: Typed, again: CodeButton['again']): Promise<Answered> {
  const { deps, context, session, now } = visit;
  const phone = mobileOf(typed.phone);
  if (phone === null) {
    return wantsJson(context)
      ? context.json({ ok: false, field: 'phone', message: phoneWrong, waitSeconds: 0 }, 422)
      : again(visit, typed, { wrong: { phone: phoneWrong }, status: 422 });
  }
  const address = context.req.header('cf-connecting-ip') ?? 'unknown';
  const outcome = await sendCode(deps, { phone, openid: session.openid, address }, now);
  const { status, message, waitSeconds } = said(outcome, phone);
  if (outcome.outcome === 'limited') context.header('retry-after', String(outcome.retrySeconds));
  if (wantsJson(context)) {
    return context.json({ ok: status === 200, field: 'code', message, waitSeconds }, status);
  }
  const kind = status === 200 ? 'good' : 'stop';
  return again(visit, typed, { notice: { kind, text: message }, waitSeconds, status });
}

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
