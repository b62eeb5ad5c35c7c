/** 注销会员: says what will be erased, asks once more, and then erases it. */
import { EventId, type IdentityKey } from '../../../schema/index.ts';
import { leave } from '../../commands/members/leave.ts';
import { readOwnPage, type OwnPage } from '../../db/members/member-page.ts';
import { heldPiecesOf, type HeldPieces } from '../../db/packages/packages.ts';
import { endSession } from '../login/session.ts';
import { newWord } from '../keys.ts';
import { page, person, type Visit } from '../page.ts';
import { homePath, leavePath, registerPath } from '../paths.ts';
import { tokenField, tokenOf } from '../posted.tsx';
import { Problem } from '../ui/field.tsx';
import { Message } from '../ui/message.tsx';
import { message, type Answered } from '../ui/view.ts';
import { grouped } from '../words.ts';
import { allOf, heldPoints } from '../../decide/money/held.ts';
import { isSuper } from '../../decide/super/spans.ts';
import { yuanFigure } from '../../decide/plain/yuan.ts';

export const leavePage = page({
  path: leavePath,
  title: '注销会员',
  who: person,
  get: (visit) => ask(visit),
  post: async (visit, form) => {
    if (form.get('sure') !== 'yes') return ask(visit, '请先勾选，确认您要注销');
    const { deps, context, session, now } = visit;
    const asked = { id: EventId.parse(`leave_${newWord()}`), openid: session.openid };
    if (!(await leave(deps.engine, asked, now))) return message(<NotDone />, 503);
    await endSession(deps, context, session);
    return message(<Gone />);
  },
});

async function ask({ deps, context, session, now }: Visit, problem?: string): Promise<Answered> {
  const { db } = deps.engine;
  const key = `openid:${session.openid}` as IdentityKey;
  const [own, held, token] = await Promise.all([
    readOwnPage(db, key, now),
    heldPiecesOf(db, { key }, now),
    tokenOf(deps, session),
  ]);
  if (!own) return context.redirect(registerPath);
  return {
    body: (shopName) => (
      <Leave own={own} held={held} now={now} shopName={shopName} token={token} problem={problem} />
    ),
    status: problem === undefined ? 200 : 422,
  };
}

type LeaveProps = {
  readonly own: OwnPage;
  readonly held: HeldPieces;
  readonly now: number;
  readonly shopName: string;
  readonly token: string;
  readonly problem: string | undefined;
};

const Leave = ({ own, held, now, shopName, token, problem }: LeaveProps) => {
  const { balances, points } = own.holdings;
  const storedFen = (balances.get('principal') ?? 0) + (balances.get('bonus') ?? 0);
  return (
    <form class="sheet" method="post" action={leavePath}>
      <h1>注销会员</h1>
      <p class="lead">注销以后，{shopName}会删除您的姓名、手机号、微信和宝宝的资料，不能恢复。</p>
      <p>一起作废的还有：</p>
      <ul class="losses">
        <li>{grouped(allOf(heldPoints(points, now)))} 积分</li>
        <li>{yuanFigure(balances.get('wallet') ?? 0)} 元余额</li>
        {storedFen > 0 && <li>{yuanFigure(storedFen)} 元储值，注销前请先到店里办理退款</li>}
        {isSuper(own.holdings.member, now) && <li>超级会员没过完的日子，可以退的请先到店里办理退款</li>}
        <li>{grouped(own.couponsHeld)} 张优惠券</li>
        {held.pieces > 0 && <li>套餐里没用的 {grouped(held.pieces)} 次，注销前请先到店里办理退款</li>}
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
