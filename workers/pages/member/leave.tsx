/** 注销会员: says what will be gone, asks once more, and then forgets. */
import { EventId, type IdentityKey } from '../../../schema/index.ts';
import { leave } from '../../commands/members/leave.ts';
import { readOwnPage, type OwnPage } from '../../db/members/member-page.ts';
import { readSettings } from '../../db/shop/settings.ts';
import { newWord } from '../keys.ts';
import { homePath, leavePath, loginTo, registerPath } from '../paths.ts';
import type { PageContext, PageDeps, PageHandler } from '../ports.ts';
import { posted, tokenField, tokenOf } from '../posted.tsx';
import { endSession, readSession, type Session } from '../login/session.ts';
import { Problem } from '../ui/field.tsx';
import { Message } from '../ui/message.tsx';
import { answer, show } from '../ui/show.tsx';
import { grouped, yuan } from '../words.ts';

export const leavePage =
  (deps: PageDeps): PageHandler =>
  async (context) => {
    const session = await readSession(deps, context);
    if (!session) return context.redirect(loginTo(leavePath));
    return ask(deps, context, session);
  };

async function ask(
  deps: PageDeps,
  context: PageContext,
  session: Session,
  problem?: string,
): Promise<Response> {
  const { db } = deps.engine;
  const [own, { shopName }, token] = await Promise.all([
    readOwnPage(db, `openid:${session.openid}` as IdentityKey, deps.clock()),
    readSettings(db),
    tokenOf(deps, session),
  ]);
  if (!own) return context.redirect(registerPath);
  const body = <Leave own={own} shopName={shopName} token={token} problem={problem} />;
  return answer(context, { shopName, title: '注销会员', body }, problem === undefined ? 200 : 422);
}

export const leaveForm =
  (deps: PageDeps): PageHandler =>
  async (context) => {
    const taken = await posted(deps, context, () => leavePath);
    if ('refused' in taken) return taken.refused;
    const { session, form } = taken;
    if (form.get('sure') !== 'yes') return ask(deps, context, session, '请先勾选，确认您要注销');
    const asked = { id: EventId.parse(`leave_${newWord()}`), openid: session.openid };
    if (!(await leave(deps.engine, asked, deps.clock()))) return show(deps, context, <NotDone />, 503);
    endSession(context);
    return show(deps, context, <Gone />);
  };

type LeaveProps = {
  readonly own: OwnPage;
  readonly shopName: string;
  readonly token: string;
  readonly problem: string | undefined;
};

const Leave = ({ own, shopName, token, problem }: LeaveProps) => {
  const { balances } = own.holdings;
  const storedFen = (balances.get('principal') ?? 0) + (balances.get('bonus') ?? 0);
  return (
    <form class="sheet" method="post" action={leavePath}>
      <h1>注销会员</h1>
      <p class="lead">注销以后，{shopName}会删除您的姓名、手机号、微信和宝宝的资料，不能恢复。</p>
      <p>一起作废的还有：</p>
      <ul class="losses">
        <li>{grouped(balances.get('points') ?? 0)} 积分</li>
        <li>{yuan(balances.get('wallet') ?? 0)} 元余额</li>
        {storedFen > 0 && <li>{yuan(storedFen)} 元储值，注销前请先到店里办理退款</li>}
        <li>{grouped(own.couponsHeld)} 张优惠券</li>
      </ul>
      <input type="hidden" name={tokenField} value={token} />
      <div class={problem === undefined ? 'agree' : 'agree bad'}>
        <label>
          <input type="checkbox" name="sure" value="yes" aria-describedby="sure-problem" />
          <span>我知道这些会作废，仍然要注销</span>
        </label>
        <Problem name="sure" text={problem} />
      </div>
      <button class="button stop">确认注销</button>
      <p class="second">
        <a href={homePath}>先不注销，回会员中心</a>
      </p>
    </form>
  );
};

const Gone = () => (
  <Message title="已经注销">
    您的资料已经删除。消费记录里不再有您的名字，系统和日志里的副本会在几天内清除，数据库备份里的随备份到期消失，最长30天。欢迎随时再来。
  </Message>
);

const NotDone = () => (
  <Message title="没有注销成功" action={{ href: leavePath, label: '再试一次' }}>
    刚才没有办成，您的资料没有变化。
  </Message>
);
