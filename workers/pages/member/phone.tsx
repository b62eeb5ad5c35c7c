/** 换手机号: a code proves the new one; the old one leads to the member no more. */
import { hasJoined } from '../../commands/members/join.ts';
import { page, person, type Visit } from '../page.ts';
import { homePath, phoneCodePath, phonePath, registerPath } from '../paths.ts';
import { tokenField, tokenOf } from '../posted.tsx';
import { joinByPhone } from '../register/join-by-phone.ts';
import { codeButtonOf, type Again } from '../register/register-code.ts';
import {
  codeOf,
  mobileOf,
  nothingTyped,
  phoneWrong,
  typedIn,
  type Typed,
} from '../register/register-form.ts';
import { Phone } from '../register/register-page.tsx';
import type { Answered, View } from '../ui/view.ts';

const title = '换手机号';
const uninvited = { by: null, guide: null, source: null, claim: null };

export const phonePage = page({
  path: phonePath,
  title,
  who: person,
  get: async (visit) =>
    (await isMember(visit)) ? form(visit, nothingTyped(uninvited), {}) : visit.context.redirect(registerPath),
  post: async (visit, sent) => {
    if (!(await isMember(visit))) return visit.context.redirect(registerPath, 303);
    return change(visit, typedIn(sent));
  },
});

export const phoneCode = codeButtonOf({ path: phoneCodePath, title, here: () => phonePath, again: form });

const isMember = ({ deps, session }: Visit): Promise<boolean> => hasJoined(deps.engine.db, session.openid);

async function change(visit: Visit, typed: Typed): Promise<Answered> {
  const { deps, context, session, now } = visit;
  const [phone, code] = [mobileOf(typed.phone), codeOf(typed.code)];
  if (phone === null || code === null) {
    const wrong = {
      ...(phone === null && { phone: phoneWrong }),
      ...(code === null && { code: codeMissing }),
    };
    return form(visit, typed, { wrong, status: 422 });
  }
  const registration = { phone, code, name: null, children: [], birthdayOn: null };
  const asked = { registration, invitation: uninvited, isRebinding: false };
  const outcome = await joinByPhone(deps, session.openid, asked, now);
  switch (outcome) {
    case 'joined':
      return context.redirect(homePath, 303);
    case 'code-wrong':
    case 'spent':
      return form(visit, typed, { wrong: { code: codeWrong }, status: 422 });
    case 'bound':
    case 'taken':
      return form(visit, typed, { notice: { kind: 'stop', text: phoneTaken }, status: 409 });
    case 'failed':
      return form(visit, typed, { notice: { kind: 'stop', text: notStored }, status: 503 });
    default:
      return outcome satisfies never;
  }
}

async function form({ deps, session }: Visit, typed: Typed, shown: Again): Promise<View> {
  const { wrong = {}, notice, waitSeconds = 0, status = 200 } = shown;
  const token = await tokenOf(deps, session);
  const body = (
    <form class="sheet" method="post" action={phonePath} novalidate data-register>
      <h1>{title}</h1>
      <p class="lead">换好以后，积分和券还在您名下；原来的号码不再能找到您的会员账户。</p>
      {/* Enter presses the first button of a form: it has to be this one. */}
      <button class="first" tabindex={-1} aria-hidden="true">
        更换
      </button>
      <input type="hidden" name={tokenField} value={token} />
      <Phone typed={typed} wrong={wrong} waitSeconds={waitSeconds} sendTo={phoneCodePath} />
      <p class={`note ${notice?.kind ?? ''}`} role="status" id="said" data-said>
        {notice?.text}
      </p>
      <button class="button" data-submit>
        更换
      </button>
      <p class="second">
        <a href={homePath}>先不换，回会员中心</a>
      </p>
    </form>
  );
  return { body, scripts: ['register.js'], status };
}

const codeMissing = '请点「发送验证码」，再填收到的 6 位数字';
const codeWrong = '验证码不对，或者已经用过、已经过期，请核对后再填，也可以重新发送';
const phoneTaken = '这个手机号属于另一位会员。为了保护号码主人的积分和券，请到店里找店员核对身份。';
const notStored = '刚才没有存上，您填的内容还在，请再点一次「更换」。';
