/** 账户余额: every fen of it explained by its row, what is on its way to her WeChat, and 提现. */
import type { FC } from 'hono/jsx';
import { EventId, type Posting } from '../../../../schema/index.ts';
import { askWithdrawal } from '../../../commands/members/withdraw.ts';
import { listPostings } from '../../../db/members/member-lists.ts';
import type { MemberHoldings } from '../../../db/members/members.ts';
import { listTransfers, type TransferRow } from '../../../db/members/transfers.ts';
import { endOfTime } from '../../../db/paging.ts';
import { fenOf, yuanFigure } from '../../../decide/plain/yuan.ts';
import type { Payout } from '../../../decide/money/payout.ts';
import { ownTransferWords, withdrawalRefusalWords } from '../../../words/transfer-words.ts';
import { newWord } from '../../keys.ts';
import { page } from '../../page.ts';
import { transferPath, walletPath } from '../../paths.ts';
import { tokenField, tokenOf } from '../../posted.tsx';
import { Field } from '../../ui/field.tsx';
import type { Answered, View } from '../../ui/view.ts';
import { change, money, momentOf } from '../../words.ts';
import { holdingsOf, memberOnly, type MemberVisit } from '../gate.ts';
import { BackHome, namesOf, Rows, rowsShownMax, whyOf } from './rows.tsx';

const transfersShownMax = 10;

export const walletPage = page({
  path: walletPath,
  title: '账户余额',
  who: memberOnly,
  get: async (visit) => shown(visit, await holdingsOf(visit)),
  post: async (visit, form) => withdrawn(visit, await holdingsOf(visit), form),
});

const onceShape = /^[0-9a-z]{16,64}$/;

async function withdrawn(
  visit: MemberVisit,
  holdings: MemberHoldings,
  form: URLSearchParams,
): Promise<Answered> {
  const { deps, context, now } = visit;
  const [once, typed] = [form.get('once') ?? '', (form.get('amount') ?? '').trim().slice(0, 20)];
  // Sent without what our form carries, it is asked again.
  if (!onceShape.test(once)) return shown(visit, holdings);
  const amountFen = fenOf(typed);
  const again = (problem: string, status: 409 | 422 | 503, word = newWord()): Promise<View> =>
    shown(visit, holdings, { typed, problem, status, once: word });
  if (amountFen === undefined || amountFen === 0) return again('金额看不懂：写元，比如 5 或 5.50。', 422);
  const asked = { id: EventId.parse(`wd_${once}`), memberId: holdings.member.id, amountFen };
  const done = await askWithdrawal(deps.engine, asked, now);
  if ('undecided' in done) return again('刚才没有办成，请再点一次，不会多转。', 503, once);
  if ('refusal' in done) return again(`${withdrawalRefusalWords(done.refusal)}。`, 409);
  deps.doorbell.ring();
  return context.redirect(transferPath(done.transfer.outBillNo), 303);
}

type Sent = {
  readonly typed: string;
  readonly problem: string;
  readonly status: 409 | 422 | 503;
  readonly once: string;
};

async function shown(visit: MemberVisit, holdings: MemberHoldings, sent?: Sent): Promise<View> {
  const { deps, context, session, now } = visit;
  const { db, config } = deps.engine;
  const { id } = holdings.member;
  const before = Number(context.req.query('before')) || endOfTime;
  const [found, transfers, { payout }, token] = await Promise.all([
    listPostings(db, id, { account: 'wallet', before, limit: rowsShownMax + 1 }),
    listTransfers(db, { state: null, member: id }, endOfTime, transfersShownMax),
    config.get(),
    tokenOf(deps, session),
  ]);
  const rows = (found ?? []).slice(0, rowsShownMax);
  const names = await namesOf(db, id, rows);
  const isMore = (found?.length ?? 0) > rowsShownMax;
  const balanceFen = holdings.balances.get('wallet') ?? 0;
  const body = (
    <>
      <Balance balanceFen={balanceFen} newest={before === endOfTime ? rows[0] : undefined} />
      <Withdrawing payout={payout} balanceFen={balanceFen} token={token} sent={sent} />
      <Transfers transfers={transfers.items} now={now} />
      <Rows
        title="余额明细"
        rows={rows.map(({ at, cause, delta, balance }) => ({
          at,
          ...whyOf(cause, names),
          moved: change(delta, money),
          after: `余 ${money(balance)}`,
        }))}
        now={now}
        empty="还没有变动。消费抽到的红包会出现在这里。"
        next={isMore ? `${walletPath}?before=${String(rows.at(-1)?.seq)}` : null}
      />
      <BackHome />
    </>
  );
  return { body, status: sent?.status ?? 200 };
}

/** What came and what went make what is there: the newest row says all three. */
const Balance: FC<{ balanceFen: number; newest: Posting | undefined }> = ({ balanceFen, newest }) => (
  <section class="card" aria-labelledby="wallet">
    <h1 id="wallet">账户余额</h1>
    <p class="points">
      <span>现在有（元）</span>
      <strong data-account="wallet">{money(balanceFen)}</strong>
    </p>
    {newest && (
      <p>
        累计得到 {money(newest.credited)} 元，提现和收回 {money(newest.credited - newest.balance)} 元
      </p>
    )}
  </section>
);

type WithdrawingProps = {
  readonly payout: Payout | null;
  readonly balanceFen: number;
  readonly token: string;
  readonly sent: Sent | undefined;
};

const Withdrawing: FC<WithdrawingProps> = ({ payout, balanceFen, token, sent }) => {
  if (payout?.mode !== 'transfer')
    return <p class="guide">{withdrawalRefusalWords({ code: 'PAYOUT_OFF' })}。</p>;
  const { minFen, maxFen } = payout;
  if (balanceFen < minFen && !sent)
    return <p class="guide">满 {yuanFigure(minFen)} 元可以提现到微信零钱。</p>;
  const usualFen = Math.max(0, Math.min(balanceFen, maxFen));
  return (
    <form class="sheet" method="post" action={walletPath}>
      <h2>提现到微信零钱</h2>
      <input type="hidden" name={tokenField} value={token} />
      <input type="hidden" name="once" value={sent?.once ?? newWord()} />
      <Field
        label="提多少元"
        name="amount"
        value={sent?.typed ?? yuanFigure(usualFen)}
        problem={sent?.problem}
        maxlength={12}
        hint={`每次 ${yuanFigure(minFen)} 到 ${yuanFigure(maxFen)} 元`}
      />
      <button class="button">提现</button>
      <p class="hint">提现以后请在 24 小时内确认收款，没有确认的钱会退回这里。</p>
    </form>
  );
};

const Transfers: FC<{ transfers: readonly TransferRow[]; now: number }> = ({ transfers, now }) =>
  transfers.length === 0 ? null : (
    <section aria-labelledby="transfers">
      <h2 id="transfers">转到微信的钱</h2>
      <ul class="rows">
        {transfers.map(({ outBillNo, amountFen, state, askedAt }) => (
          <li>
            <p>
              <a href={transferPath(outBillNo)}>{ownTransferWords(state)}</a>
              <small>{momentOf(askedAt, now)}</small>
            </p>
            <p>
              <strong>{money(amountFen)} 元</strong>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
