/** 一笔打款: how far it has come and what can still be done: calling it off, trying at once, or paying it anew. */
import { callOff } from '../../../commands/members/call-off.ts';
import { hurry, isLost, sendAgain, sentAgain } from '../../../commands/members/send-again.ts';
import { readTransfer, type TransferRow } from '../../../db/members/transfers.ts';
import { withdrawalRefusalWords } from '../../../words/transfer-words.ts';
import { sorry } from '../form/sorry.tsx';
import { moment, money } from '../kit/format.ts';
import { owner } from '../kit/nav.ts';
import { Act, Confirm, Facts, isSure, Sheet, type Fact } from '../kit/parts.tsx';
import { saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { NotFound } from '../kit/refusals.tsx';
import type { ConsoleView } from '../kit/shell.tsx';
import { screen, type Answered } from '../kit/screen.ts';
import type { Visit } from '../kit/visit.ts';
import { membersPath } from '../members/list.tsx';
import { notDecided } from '../members/act-form.tsx';
import { payoutKinds, payoutWords } from '../words/money/payouts.ts';
import { payoutPath, payoutsPath, remedyOf, State, whyOf } from './asked.tsx';

const labels = { now: '现在就试', stop: '叫停', again: '再转一次' } as const;
type Doing = keyof typeof labels;

/** What is still possible. */
const actsOf = (row: TransferRow, again: TransferRow | null): readonly Doing[] => {
  if (isLost(row)) return again ? [] : ['again'];
  if (row.endedAt !== null) return [];
  return [
    ...(row.state === 'asked' ? ['now' as const] : []),
    ...(row.cancelAskedAt === null ? ['stop' as const] : []),
  ];
};

export const payoutScreen = screen({
  path: `${payoutsPath}/:id`,
  title: '红包和提现',
  who: owner,
  get: async (visit) => {
    const { db, id, token, deps } = visit;
    const row = await readTransfer(db, id);
    if (!row) return unknown();
    const again = isLost(row) ? await sentAgain(deps.engine, row) : null;
    return {
      title: `${payoutKinds[row.kind]} ${money(row.amountFen)} 元`,
      acts: actsOf(row, again).map((act) => (
        <Act
          action={payoutPath(id)}
          token={token}
          label={labels[act]}
          tone={act === 'stop' ? 'stop' : 'first'}
          fields={{ act }}
        />
      )),
      body: (
        <Sheet>
          <Facts facts={factsOf(visit, row)} />
          {again && (
            <p>
              {payoutWords.done}
              <a href={payoutPath(again.outBillNo)}>{again.outBillNo}</a>
            </p>
          )}
        </Sheet>
      ),
    };
  },
  post: async (visit, form) => {
    const row = await readTransfer(visit.db, visit.id);
    if (!row) return unknown();
    const act = form.get('act');
    if (act === 'now') return tried(visit);
    const doing = act === 'stop' ? 'stop' : 'again';
    if (isSure(form)) return doing === 'stop' ? stopped(visit) : paidAgain(visit);
    return { body: <Asking visit={visit} row={row} doing={doing} /> };
  },
});

const unknown = (): ConsoleView => NotFound('这一笔', { href: payoutsPath, label: '回到红包和提现' });

const factsOf = ({ now }: Visit, row: TransferRow): Fact[] => {
  const { outBillNo, transferBillNo, memberId, askedAt, endedAt, attempts } = row;
  const [why, remedy] = [whyOf(row), remedyOf(row)];
  return [
    ['状态', <State row={row} />],
    ...(why ? [['为什么', why] as const] : []),
    ...(remedy ? [['怎么办', remedy] as const] : []),
    ['会员', <a href={`${membersPath}/${memberId}`}>看会员</a>],
    ['申请', moment(askedAt, now)],
    ...(endedAt === null ? [] : [['结束', moment(endedAt, now)] as const]),
    ['问过微信支付', `${attempts} 次`],
    ['商户单号', outBillNo],
    ...(transferBillNo === null ? [] : [['微信单号', transferBillNo] as const]),
  ];
};

const Asking = ({ visit, row, doing }: { visit: Visit; row: TransferRow; doing: 'stop' | 'again' }) => (
  <Confirm
    action={payoutPath(row.outBillNo)}
    token={visit.token}
    what={
      <>
        <p>
          {labels[doing]}：{payoutKinds[row.kind]} {money(row.amountFen)} 元。
        </p>
        <p>{doing === 'stop' ? payoutWords.callOff : payoutWords.again}</p>
      </>
    }
    label={`${labels[doing]}，${money(row.amountFen)} 元`}
    back={payoutPath(row.outBillNo)}
    fields={{ act: doing }}
  />
);

async function tried(visit: Visit): Promise<Answered> {
  const draft = await hurry(visit.db, visit.id, visit.now);
  if ('code' in draft) return sorry(draft);
  await record(visit, { act: 'transfer.now', subject: visit.id, before: null, after: null }, draft);
  return visit.context.redirect(saying(payoutPath(visit.id), 'hurried'), 303);
}

async function stopped(visit: Visit): Promise<Answered> {
  const draft = await callOff(visit.db, visit.id, visit.now);
  if ('code' in draft) return sorry(draft);
  const { state, amountFen } = draft.row;
  const what = {
    act: 'transfer.call-off',
    subject: visit.id,
    before: { state, amountFen },
    after: null,
  } as const;
  await record(visit, what, draft);
  return visit.context.redirect(saying(payoutPath(visit.id), 'stopping'), 303);
}

async function paidAgain(visit: Visit): Promise<Answered> {
  const { deps, id, now } = visit;
  const asked = await sendAgain(deps.engine, id, now);
  if ('code' in asked) return sorry(asked);
  if ('undecided' in asked) return sorry(notDecided);
  if ('refusal' in asked)
    return {
      status: 409,
      body: (
        <p class="note stop" role="alert">
          没有转：{withdrawalRefusalWords(asked.refusal)}。
        </p>
      ),
    };
  deps.doorbell.ring();
  const { outBillNo, amountFen } = asked.transfer;
  await record(visit, { act: 'transfer.again', subject: id, before: null, after: { outBillNo, amountFen } });
  return visit.context.redirect(saying(payoutPath(outBillNo), 'sent-again'), 303);
}
