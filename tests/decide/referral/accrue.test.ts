/** 消费提成, whatever happens to purchases and in whatever order: what waits and what was posted are the sum, to the fen. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Invited, MemberId, ReferralId, Sale, SaleId, StoreId } from '../../../schema/index.ts';
import { accrue } from '../../../workers/decide/referral/accrue.ts';
import { addWait, dueBy } from '../../../workers/decide/referral/waits.ts';
import { tierOf } from '../../../workers/decide/referral/terms.ts';
import { addDays } from '../../../workers/decide/plain/dates.ts';
import type { Settlement } from '../../../workers/decide/sales/settlement.ts';
import { at } from '../../support/builders.ts';

const begin = '2026-11-01';
const anyMove = fc.record({
  sale: fc.nat(4),
  keptFen: fc.nat(50_000),
  day: fc.nat(30),
  store: fc.constantFrom('8005', '8006'),
});
const anyTerms = fc.record({
  windowDays: fc.nat(10),
  leastFen: fc.constant(null),
  rateBps: fc.nat(2_000),
  capFen: fc.option(fc.integer({ min: 1, max: 5_000 })),
  lastOn: fc.constant('2026-11-20'),
});

test('of any purchases, corrections and returns, posted and waiting make the capped sum of what is kept', () => {
  fc.assert(
    fc.property(anyTerms, fc.array(anyMove, { maxLength: 30 }), (terms, moves) => {
      let row: Invited = {
        memberId: 'm_1' as MemberId,
        id: 'm_1' as ReferralId,
        at: 0,
        state: 'paid',
        terms,
        spentFen: 0,
        rawFen: 0,
        waits: [],
        candidates: [],
      };
      const kept = new Map<number, number>();
      let postedFen = 0;
      for (const { sale, keptFen, day, store } of moves.toSorted((one, other) => one.day - other.day)) {
        const today = addDays(begin, day);
        const { due, left } = dueBy(row.waits, today);
        postedFen += due.reduce((sum, [, fen]) => sum + fen, 0);
        row = { ...row, waits: left };
        // Each was sold on a day of its own, whenever more is told of it.
        const sold: Partial<Sale> = {
          id: `pos:${sale}` as SaleId,
          storeId: store as StoreId,
          occurredOn: addDays(begin, sale * 6),
        };
        const settlement = {
          sale: sold,
          before: { keptFen: kept.get(sale) ?? 0 },
          after: { keptFen, isKept: keptFen > 0 },
        };
        row = accrue(row, settlement as unknown as Settlement, at(`${today} 12:00`)).row;
        kept.set(sale, keptFen);
      }
      const inTime = [...kept].filter(([sale]) => addDays(begin, sale * 6) <= terms.lastOn);
      const rawFen = inTime.reduce((sum, [, fen]) => sum + Math.floor((fen * terms.rateBps) / 10_000), 0);
      const waitingFen = row.waits.reduce((sum, [, , fen]) => sum + fen, 0);
      expect(postedFen + waitingFen).toBe(Math.min(terms.capFen ?? Infinity, rawFen));
      expect(row.spentFen).toBe([...kept.values()].reduce((sum, fen) => sum + fen, 0));
    }),
  );
});

test('however many stores and days a friend buys in, a hundred wait at most, and no fen is lost', () => {
  let waits: Invited['waits'] = [];
  for (let place = 0; place < 300; place += 1)
    waits = addWait(waits, [addDays(begin, place % 150), `s${place}` as StoreId, 7]);
  expect([waits.length, waits.reduce((sum, [, , fen]) => sum + fen, 0)]).toEqual([100, 2_100]);
});

test('K-64: of tiers from 1, 5 and 10 friends, the 4th brings the first, the 5th the second, the 30th the third', () => {
  const tiers = [10, 1, 5].map((fromFriends) => ({ fromFriends, walletFen: fromFriends, coupons: [] }));
  expect([4, 5, 30].map((friend) => tierOf(tiers, friend)?.walletFen)).toEqual([1, 5, 10]);
  expect(tierOf(tiers.slice(0, 1), 4)).toBeNull();
});
