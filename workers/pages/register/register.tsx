/** 注册会员: the form, and what happens when it is sent. */
import { defaultTimezone } from '../../../schema/index.ts';
import { hasJoined } from '../../commands/members/join.ts';
import { readSettings } from '../../db/shop/settings.ts';
import { localDate } from '../../decide/plain/dates.ts';
import { invitedByIn, keepDevice } from '../member/invite/inviting.ts';
import { claimedOnJoining } from '../member/coupons/claiming.ts';
import { page, person } from '../page.ts';
import { backToForm, homePath, invitationOf, registerPath } from '../paths.ts';
import type { View } from '../ui/view.ts';
import { joinByPhone } from './join-by-phone.ts';
import { form, registerTitle, type Shown } from './form-again.tsx';
import { asksChildren, nothingTyped, read, typedIn } from './register-form.ts';

export const registerPage = page({
  path: registerPath,
  title: registerTitle,
  who: person,
  here: backToForm,
  get: async (visit) => {
    const { deps, context, session } = visit;
    const invitation = invitationOf(new URL(context.req.url).searchParams);
    if (await hasJoined(deps.engine.db, session.openid))
      return context.redirect(invitation.claim ?? homePath);
    if (invitation.by !== null) await keepDevice(visit);
    return form(visit, { typed: nothingTyped(invitation) });
  },
  post: async (visit, sent) => {
    const { deps, context, session, now } = visit;
    const typed = typedIn(sent);
    const again = (shown: Omit<Shown, 'typed'>): Promise<View> => form(visit, { ...shown, typed });

    const { trade } = await readSettings(deps.engine.db);
    const asked = { today: localDate(now, defaultTimezone), asksChildren: asksChildren(trade) };
    const said = read(typed, asked);
    if ('wrong' in said) return again({ wrong: said.wrong, status: 422 });
    const { invitation, isRebinding } = typed;
    const invitedBy = invitation.by === null ? null : await invitedByIn(visit, invitation.by);
    const outcome = await joinByPhone(
      deps,
      session.openid,
      { registration: said.registration, invitation, invitedBy, isRebinding },
      now,
    );
    switch (outcome) {
      case 'joined':
        return context.redirect(await claimedOnJoining(visit, invitation.claim), 303);
      case 'code-wrong':
        return again({ wrong: { code: codeWrong }, status: 422 });
      case 'spent':
        return again({ wrong: { code: codeSpent }, status: 422 });
      case 'bound':
        return again({ notice: { kind: 'stop', text: phoneBound }, mayRebind: true, status: 409 });
      case 'taken':
        return again({ notice: { kind: 'stop', text: phoneTaken }, status: 409 });
      case 'failed':
        return again({ notice: { kind: 'stop', text: notStored }, status: 503 });
      default:
        return outcome satisfies never;
    }
  },
});

const codeWrong = '验证码不对，或者已经过期，请核对后再填，也可以重新发送';
const codeSpent = '这个验证码已经用过了，请重新发送一个';
const phoneBound =
  '这个手机号已经绑定了另一个微信。如果那是您以前的微信，请在下面勾选换绑，再点一次「注册」；如果不是您的，请到店里找店员核对身份。';
const phoneTaken = '这个手机号属于另一位会员。为了保护号码主人的积分和券，请到店里找店员核对身份。';
const notStored = '刚才没有存上，您填的内容还在，请再点一次「注册」。';
