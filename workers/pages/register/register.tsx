/** 注册会员: the form, and what comes of sending it. */
import { defaultTimezone } from '../../../schema/index.ts';
import { readSettings } from '../../db/shop/settings.ts';
import { localDate } from '../../decide/plain/dates.ts';
import { hasJoined } from '../../commands/members/join.ts';
import { joinBy } from './join-by.ts';
import { backToForm, homePath, invitationOf, loginTo, registerWith } from '../paths.ts';
import type { PageContext, PageDeps, PageHandler } from '../ports.ts';
import { posted, tokenOf } from '../posted.tsx';
import { nothingTyped, read, typedIn, type Typed, type Wrong } from './register-form.ts';
import { RegisterForm, type Notice } from './register-page.tsx';
import { readSession, type Session } from '../login/session.ts';
import { registerScript } from '../ui/register-script.ts';
import { answer } from '../ui/show.tsx';

export const registerPage =
  (deps: PageDeps): PageHandler =>
  async (context) => {
    const invitation = invitationOf(new URL(context.req.url).searchParams);
    const session = await readSession(deps, context);
    if (!session) return context.redirect(loginTo(registerWith(invitation)));
    if (await hasJoined(deps.engine.db, session.openid)) return context.redirect(homePath);
    return form(deps, context, session, { typed: nothingTyped(invitation) });
  };

type Shown = {
  readonly typed: Typed;
  readonly wrong?: Wrong;
  readonly notice?: Notice;
  /** How long until another code may be asked for. */
  readonly waitSeconds?: number;
  readonly status?: 200 | 409 | 422 | 429 | 503;
};

/** The form again, with what was typed. */
export async function form(
  deps: PageDeps,
  context: PageContext,
  session: Session,
  { status = 200, ...shown }: Shown,
): Promise<Response> {
  const [{ shopName }, token] = await Promise.all([readSettings(deps.engine.db), tokenOf(deps, session)]);
  const today = localDate(deps.clock(), defaultTimezone);
  const body = <RegisterForm {...shown} token={token} today={today} />;
  return answer(context, { shopName, title: '注册会员', body, script: registerScript }, status);
}

export const register =
  (deps: PageDeps): PageHandler =>
  async (context) => {
    const taken = await posted(deps, context, backToForm);
    if ('refused' in taken) return taken.refused;
    const { session } = taken;
    const now = deps.clock();
    const typed = typedIn(taken.form);
    const again = (shown: Omit<Shown, 'typed'>): Promise<Response> =>
      form(deps, context, session, { ...shown, typed });

    const said = read(typed, localDate(now, defaultTimezone));
    if ('wrong' in said) return again({ wrong: said.wrong, status: 422 });
    const { invitation } = typed;
    const outcome = await joinBy(deps, session.openid, { told: said.told, invitation }, now);
    switch (outcome) {
      case 'joined':
        return context.redirect(homePath, 303);
      case 'code-wrong':
        return again({ wrong: { code: codeWrong }, status: 422 });
      case 'spent':
        return again({ wrong: { code: codeSpent }, status: 422 });
      case 'taken':
        return again({ notice: { kind: 'stop', text: phoneTaken }, status: 409 });
      case 'failed':
        return again({ notice: { kind: 'stop', text: notStored }, status: 503 });
      default:
        return outcome satisfies never;
    }
  };

const codeWrong = '验证码不对，或者已经过期，请核对后再填，也可以重新发送';
const codeSpent = '这个验证码已经用过了，请重新发送一个';
const phoneTaken =
  '这个手机号已经绑定了另一个微信。为了保护号码主人的积分和券，请到店里找店员核对身份，换绑到这个微信。';
const notStored = '刚才没有存上，您填的内容还在，请再点一次「注册」。';
