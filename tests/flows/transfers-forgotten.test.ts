/** 取消关注 and 注销 while money is on its way: it comes back to the account, and nobody is known by an openid any more. */
import { beforeEach, expect, test } from 'vitest';
import type { EventId, FanUnfollowed } from '../../schema/index.ts';
import { processGroup } from '../../workers/engine/process.ts';
import { rfc3339 } from '../support/builders.ts';
import { hourMs, idOf, member, minuteMs, openPayShop, type PayShop } from '../support/payout.ts';

let here: PayShop;
let who: string;
beforeEach(async () => {
  here = await openPayShop();
  await member(here, 'M1', 5_000);
  who = idOf(here.shop, 'M1');
  await here.withdraw('M1', 2_000);
});

const leave = async () => {
  const event: FanUnfollowed = {
    type: 'fan.unfollowed',
    id: 'leave' as EventId,
    namespace: '',
    occurredAt: here.shop.clock.now,
    openid: 'open-M1',
  };
  await processGroup(here.engine, [{ event, seq: null }], here.shop.clock.now);
};
const wallet = () =>
  here.shop.db.all(
    `SELECT balance FROM ledger WHERE member_id = ? AND account = 'wallet' ORDER BY seq DESC LIMIT 1`,
    who,
  )[0]?.['balance'];
const traces = (): string[] =>
  here.shop.db
    .all(`SELECT name FROM sqlite_master WHERE type = 'table'`)
    .map(({ name }) => String(name))
    .filter((table) => JSON.stringify(here.shop.db.all(`SELECT * FROM ${table}`)).includes('open-M1'));
const state = () => here.rows()[0]?.state;

test('20.00 that nobody told WeChat Pay of are back at the next look', async () => {
  await leave();
  expect(traces()).not.toContain('transfers');
  await here.round();
  expect([state(), wallet(), here.pay.calls]).toEqual(['cancelled', 5_000, []]);
});

test('20.00 that wait for a yes are called back, and the notification of it leaves no openid behind', async () => {
  await here.round();
  await leave();
  expect(traces()).toEqual(['inbox']);
  await here.round();
  const bill = here.rows()[0]?.outBillNo ?? '';
  here.pay.finishCancel(bill);
  await here.notify(bill);
  expect([state(), wallet()]).toEqual(['cancelled', 5_000]);
  expect(here.rows()[0]?.openid).toBeNull();
  // What is left is what the till itself had said.
  expect(traces()).toEqual(['inbox']);
  expect(here.shop.db.all(`SELECT source_id AS s FROM inbox WHERE instr(body, 'open-M1')`)).toEqual([
    { s: 'till' },
  ]);
});

test('20.00 whose answer was lost are looked for by their number alone', async () => {
  here.pay.mischief = () => 'reply-lost';
  await here.round();
  here.pay.mischief = () => null;
  await leave();
  await here.round();
  here.pay.finishCancel(here.rows()[0]?.outBillNo ?? '');
  here.later(minuteMs);
  await here.round();
  expect([state(), wallet(), here.pay.calls.map(({ kind }) => kind)]).toEqual([
    'cancelled',
    5_000,
    ['create', 'query', 'cancel', 'query'],
  ]);
});

test('a member who is deleted is paid no more; the ledger tells of it without a name', async () => {
  await here.round();
  await here.tell({
    type: 'member.deleted',
    id: 'd1',
    occurredAt: rfc3339('2026-11-22 15:00'),
    data: { externalId: 'M1' },
  });
  await here.round();
  here.pay.finishCancel(here.rows()[0]?.outBillNo ?? '');
  here.later(hourMs);
  await here.round();
  // What was in the wallet went with the member; what comes back later stands in the books, and nobody is named.
  expect([state(), wallet(), here.rows()[0]?.openid]).toEqual(['cancelled', 2_000, null]);
});
