/** 注册页: works with nothing but HTML; the code is sent by a second button of the same form. */
import type { FC } from 'hono/jsx';
import { codePath, privacyPath, registerPath, type Invitation } from '../paths.ts';
import { tokenField } from '../posted.tsx';
import { Baby } from './register-baby.tsx';
import type { Typed, Wrong } from './register-form.ts';
import { Field, Problem } from '../ui/field.tsx';

export type Notice = { readonly kind: 'good' | 'stop'; readonly text: string };

type Shown = {
  readonly token: string;
  readonly today: string;
  readonly asksChildren: boolean;
  readonly typed: Typed;
  readonly wrong?: Wrong;
  readonly notice?: Notice;
  readonly waitSeconds?: number;
  /** The phone is known under another WeChat account, and the person is asked whether it is theirs. */
  readonly mayRebind?: boolean;
};

export const RegisterForm: FC<Shown> = ({
  token,
  today,
  asksChildren,
  typed,
  wrong = {},
  notice,
  waitSeconds = 0,
  mayRebind,
}) => (
  <form class="sheet" method="post" action={registerPath} novalidate data-register>
    <h1>注册会员</h1>
    {typed.invitation.claim !== null && <p class="note good">注册好就能领到您要的券。</p>}
    <p class="lead">用手机号注册，积分和券都记在您名下。在店里买过东西的，会自动接上原来的积分。</p>
    {/* Enter presses the first button of a form: it has to be this one. */}
    <button class="first" tabindex={-1} aria-hidden="true">
      注册
    </button>
    <input type="hidden" name={tokenField} value={token} />
    <Invited {...typed.invitation} />
    {Object.keys(wrong).length > 0 && (
      <p class="note stop" role="alert">
        有几处要改，见下面红字。
      </p>
    )}

    <Phone typed={typed} wrong={wrong} waitSeconds={waitSeconds} />
    <p class={`note ${notice?.kind ?? ''}`} role="status" id="said" data-said>
      {notice?.text}
    </p>
    {(mayRebind || typed.isRebinding) && <Rebinding isWanted={typed.isRebinding} />}
    <Person typed={typed} wrong={wrong} today={today} />
    {asksChildren && <Baby typed={typed} wrong={wrong} today={today} />}
    <Agreement isAgreed={typed.isAgreed} problem={wrong.agree} />
    <button class="button" data-submit>
      注册
    </button>
  </form>
);

type PhoneProps = {
  readonly typed: Pick<Typed, 'phone' | 'code'>;
  readonly wrong: Wrong;
  readonly waitSeconds: number;
  /** Where a code is asked for. */
  readonly sendTo?: string;
};

export const Phone: FC<PhoneProps> = ({ typed, wrong, waitSeconds, sendTo = codePath }) => (
  <>
    <Field
      label="手机号"
      name="phone"
      type="tel"
      inputmode="tel"
      autocomplete="tel-national"
      maxlength={20}
      required
      value={typed.phone}
      problem={wrong.phone}
    />
    <Field
      label="短信验证码"
      name="code"
      inputmode="numeric"
      autocomplete="one-time-code"
      maxlength={10}
      required
      value={typed.code}
      problem={wrong.code}
    >
      <button class="send" formaction={sendTo} data-code data-wait={String(waitSeconds)}>
        发送验证码
      </button>
    </Field>
  </>
);

const Person: FC<{ typed: Typed; wrong: Wrong; today: string }> = ({ typed, wrong, today }) => (
  <>
    <Field
      label="称呼"
      hint="选填"
      name="name"
      autocomplete="name"
      maxlength={40}
      value={typed.name}
      problem={wrong.name}
    />
    <Field
      label="您的生日"
      hint="选填"
      name="birthdayOn"
      type="date"
      autocomplete="bday"
      min="1900-01-01"
      max={today}
      value={typed.birthdayOn}
      problem={wrong.birthdayOn}
    />
  </>
);

const Invited: FC<Invitation> = ({ by, guide, source, claim }) => (
  <>
    {by !== null && <input type="hidden" name="by" value={by} />}
    {guide !== null && <input type="hidden" name="guide" value={guide} />}
    {source !== null && <input type="hidden" name="src" value={source} />}
    {claim !== null && <input type="hidden" name="claim" value={claim} />}
  </>
);

const Rebinding: FC<{ isWanted: boolean }> = ({ isWanted }) => (
  <div class="agree">
    <label>
      <input type="checkbox" name="rebind" value="yes" checked={isWanted} />
      <span>这是我以前的微信，换绑到现在这个微信。原来的微信以后不能再打开会员中心。</span>
    </label>
  </div>
);

const Agreement: FC<{ isAgreed: boolean; problem: string | undefined }> = ({ isAgreed, problem }) => (
  <div class={problem === undefined ? 'agree' : 'agree bad'}>
    <label>
      <input type="checkbox" name="agree" value="yes" checked={isAgreed} aria-describedby="agree-problem" />
      <span>我同意本店保存上面填的资料和我的消费记录，用来积分、发券和联系我。</span>
    </label>
    <p class="hint">
      可以随时在会员中心注销，注销后这些资料会删除。详见<a href={privacyPath}>个人信息说明</a>。
    </p>
    <Problem name="agree" text={problem} />
  </div>
);
