/** 不重付, 不丢钱: whatever fails, whoever is slow, and in whatever order it is told, a payment is made once or comes back once. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { callOffTransfer } from '../../workers/db/members/transfers.ts';
import { campaign, line, refund, sale } from '../support/builders.ts';
import { misbehaving, type Fault } from '../support/faults.ts';
import { postElsewhere } from '../support/kept.ts';
import type { PayFault } from '../support/pay.ts';
import { hourMs, idOf, member, minuteMs, openPayShop, type PayShop } from '../support/payout.ts';
import { ledgerFaults, ledgerRows } from '../support/shop.ts';

const people = ['A', 'B'] as const;
const purses = { full: 100_000_000, empty: 0 } as const;

const which = fc.nat({ max: 5 });
const faults = fc.array(
  fc.option(
    fc.constantFrom<PayFault>(
      'down',
      'reply-lost',
      'bad-gateway',
      'system-error',
      'unsigned',
      'late',
      'late',
      { refuse: 'FREQUENCY_LIMITED', status: 429 },
      { refuse: 'PARAM_ERROR' },
    ),
    { nil: null },
  ),
  { maxLength: 6 },
);
/** At the n-th word to the database. */
const outage = fc.option(
  fc.record({ at: fc.nat({ max: 5 }), fault: fc.constantFrom<Fault>('down', 'reply-lost') }),
  { nil: null, freq: 3 },
);

const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant('withdraw'),
      who: fc.constantFrom(...people),
      fen: fc.constantFrom(100, 700, 1_500),
    }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('buy'), who: fc.constantFrom(...people) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('return'), which }) },
  {
    weight: 8,
    arbitrary: fc.record({
      act: fc.constant('round'),
      payers: fc.integer({ min: 1, max: 3 }),
      faults,
      outage,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constant('later'),
      ms: fc.constantFrom(1_000, minuteMs, 4 * minuteMs, 11 * minuteMs, hourMs, 25 * hourMs),
    }),
  },
  { weight: 4, arbitrary: fc.record({ act: fc.constant('confirm'), which }) },
  {
    weight: 3,
    arbitrary: fc.record({ act: fc.constantFrom('overdue', 'abnormal', 'finish', 'call-off'), which }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ act: fc.constant('notify'), which, id: fc.constantFrom('n1', 'n2', 'n3') }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('arrive') }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('purse'), is: fc.constantFrom('full', 'empty') }) },
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

type Story = PayShop & {
  readonly db: { fault: { at: number; fault: Fault } | null };
  readonly orders: string[];
};

async function open(): Promise<Story> {
  const db: Story['db'] = { fault: null };
  let words = 0;
  const here = await openPayShop({
    campaigns: [
      campaign('packet', {
        conditions: [],
        limits: { perMember: 4 },
        rewards: [{ kind: 'red-packet', minFen: 300, maxFen: 300 }],
      }),
    ],
    through: misbehaving(() => {
      const { fault } = db;
      if (fault === null) {
        words = 0;
        return null;
      }
      words += 1;
      return words === fault.at + 1 ? fault.fault : null;
    }),
  });
  for (const who of people) await member(here, who, 0);
  for (const who of people) {
    postElsewhere(here.shop.db, idOf(here.shop, who), 'wallet', 5000);
  }
  return { ...here, db, orders: [] };
}

/** Somebody who gets no answer goes away; what they began is found by the next. */
const shrug = (error: unknown): void => {
  if (!(error instanceof Error) || !/connection lost/i.test(error.message)) throw error;
};

async function play(story: Story, one: Step): Promise<void> {
  const { pay, shop, orders } = story;
  const rows = story.rows();
  const pick = (from: readonly string[]): string =>
    'which' in one ? (from[one.which % from.length] ?? '') : '';
  const there = (...states: string[]): string =>
    pick(
      [...pay.bills.values()].filter(({ state }) => states.includes(state)).map(({ outBillNo }) => outBillNo),
    );
  switch (one.act) {
    case 'withdraw':
      await story.withdraw(one.who, one.fen);
      return;
    case 'buy': {
      const orderNo = `order-${String(orders.length)}`;
      orders.push(orderNo);
      return story.tell(
        sale({
          orderNo,
          member: { externalId: one.who, openid: `open-${one.who}` },
          lines: [line({ amountFen: 100 })],
        }),
      );
    }
    case 'return': {
      const orderNo = orders[one.which % Math.max(1, orders.length)];
      if (orderNo === undefined) return;
      return story.tell(refund({ orderNo, refundNo: `back-${orderNo}` }));
    }
    case 'round': {
      const left = [...one.faults];
      pay.mischief = () => left.shift() ?? null;
      story.db.fault = one.outage;
      await Promise.all(Array.from({ length: one.payers }, () => story.round().catch(shrug)));
      pay.mischief = () => null;
      story.db.fault = null;
      return;
    }
    case 'later':
      return story.later(one.ms);
    case 'confirm':
      return act(there('WAIT_USER_CONFIRM'), pay.confirm);
    case 'overdue':
      return act(there('WAIT_USER_CONFIRM'), (no) => pay.close(no, 'OVERDUE_CLOSE'));
    case 'abnormal':
      return act(there('WAIT_USER_CONFIRM'), (no) => pay.close(no, 'PAYEE_ACCOUNT_ABNORMAL'));
    case 'finish':
      return act(there('CANCELING'), pay.finishCancel);
    case 'call-off':
      await shop.db.batch([callOffTransfer(pick(rows.map(({ outBillNo }) => outBillNo)), shop.clock.now)]);
      return;
    case 'notify': {
      // WeChat Pay notifies of ends, and of the same end as often as it likes.
      const bill = there('SUCCESS', 'FAIL', 'CANCELLED');
      if (bill !== '') await story.notify(bill, { id: `${one.id}/${bill}` });
      return;
    }
    case 'arrive':
      return pay.arrive();
    case 'purse':
      pay.purseFen = purses[one.is as keyof typeof purses];
      return;
    default:
      throw new Error(`nobody knows how to ${JSON.stringify(one)}`);
  }
}

const act = (outBillNo: string, does: (outBillNo: string) => void): void => {
  if (outBillNo !== '') does(outBillNo);
};

/** How often each payment's money came back. */
function returned(story: Story): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { cause, account } of ledgerRows(story.shop.db)) {
    const [, outBillNo] = /^withdrawal:(\w+)\//.exec(cause) ?? [];
    if (account === 'wallet' && outBillNo) counts.set(outBillNo, (counts.get(outBillNo) ?? 0) + 1);
  }
  return counts;
}

/** Holds at every moment: what came back cannot be paid any more, not even by what is still under way. */
function neverBoth(story: Story): void {
  for (const [outBillNo, times] of returned(story)) {
    const bill = story.pay.bills.get(outBillNo);
    expect([times, bill === undefined || bill.state === 'FAIL' || bill.state === 'CANCELLED']).toEqual([
      1,
      true,
    ]);
  }
}

async function comeToAnEnd(story: Story): Promise<void> {
  const { pay } = story;
  pay.purseFen = purses.full;
  for (let tries = 0; tries < 60 && story.rows().some(({ endedAt }) => endedAt === null); tries += 1) {
    await pay.arrive();
    for (const { outBillNo, state } of pay.bills.values()) {
      if (state === 'CANCELING') pay.finishCancel(outBillNo);
      else if (tries > 8) pay.close(outBillNo, 'OVERDUE_CLOSE');
    }
    story.later(tries < 4 ? 11 * minuteMs : 7 * hourMs);
    await story.round();
    neverBoth(story);
  }
}

function addsUp(story: Story): void {
  const { pay, shop } = story;
  const rows = story.rows();
  const back = returned(story);
  const paidHere = rows.filter(({ state }) => state === 'paid').map(({ outBillNo }) => outBillNo);
  const paidThere = [...pay.bills.values()]
    .filter(({ state }) => state === 'SUCCESS')
    .map((bill) => bill.outBillNo);
  expect(paidHere.toSorted()).toEqual(paidThere.toSorted());
  expect(
    rows.map(({ outBillNo, state, endedAt }) => [outBillNo, endedAt !== null, state === 'paid' ? 0 : 1]),
  ).toEqual(rows.map(({ outBillNo }) => [outBillNo, true, back.get(outBillNo) ?? 0]));
  const wallet = ledgerRows(shop.db).filter(({ account }) => account === 'wallet');
  const sum = (shape: RegExp): number =>
    wallet.reduce((total, { cause, delta }) => (shape.test(cause) ? total + delta : total), 0);
  expect(pay.paidFen() + sum(/^withdrawal:/)).toBe(0);
  expect(new Set(rows.map(({ outBillNo }) => outBillNo)).size).toBe(rows.length);
  expect([...pay.bills.keys()].filter((no) => !rows.some(({ outBillNo }) => outBillNo === no))).toEqual([]);
  const spent = shop.db.all(`SELECT sum(spent_fen) AS fen FROM payout_days`)[0]?.['fen'];
  expect(Number(spent ?? 0)).toBe(pay.paidFen());
  expect(ledgerFaults(shop.db)).toEqual([]);
  expect(wallet.every(({ balance }) => balance >= 0)).toBe(true);
  expect(shop.db.all(`SELECT text FROM alerts WHERE kind = 'transfer.differs'`)).toEqual([]);
}

test(
  '40 stories in which WeChat Pay, the line and the database fail at every point',
  { timeout: 120_000 },
  async () => {
    const seen = { paid: 0, back: 0, calls: 0, neverThere: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60, size: 'max' }), async (steps) => {
        const story = await open();
        try {
          for (const one of steps) {
            await play(story, one);
            neverBoth(story);
          }
          await comeToAnEnd(story);
          await story.pay.arrive();
          addsUp(story);
          seen.paid += story.pay.paidFen();
          seen.back += [...returned(story).values()].length;
          seen.calls += story.pay.calls.length;
          seen.neverThere += story.rows().filter(({ outBillNo }) => !story.pay.bills.has(outBillNo)).length;
        } finally {
          story.shop.db.close();
        }
      }),
      { numRuns: 40 },
    );
    // Stories in which nothing happens prove nothing.
    expect(Math.min(seen.paid, seen.back, seen.calls, seen.neverThere)).toBeGreaterThan(50);
  },
);
