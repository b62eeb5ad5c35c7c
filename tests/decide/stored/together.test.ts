/** 一笔储值: whatever moved both parts, the pages of movements hold every row once and say the balances of both. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MemberId, Posting } from '../../../schema/index.ts';
import { together, type StoredMovement } from '../../../workers/decide/stored/together.ts';

type Move = { readonly principalFen: number; readonly bonusFen: number; readonly minute: number };

/** Rows of one account as they stand in the ledger, the oldest first. */
function rowsOf(moves: readonly Move[], account: 'principal' | 'bonus'): Posting[] {
  const rows: Posting[] = [];
  moves.forEach((move, place) => {
    const delta = account === 'principal' ? move.principalFen : move.bonusFen;
    if (delta === 0) return;
    const balance = (rows.at(-1)?.balance ?? 0) + delta;
    const cause = `stored:spent:${String(place)}`;
    const at = move.minute * 60_000;
    const memberId = 'm_1' as MemberId;
    rows.push({
      memberId,
      account,
      seq: rows.length + 1,
      delta,
      balance,
      credited: 0,
      cause,
      at,
      postedAt: at,
      storeId: null,
      waits: null,
      overdraft: true,
    });
  });
  return rows;
}

/** Page after page, as the database would answer. */
function pagesOf(moves: readonly Move[], limit: number): StoredMovement[][] {
  const [principal, bonus] = [rowsOf(moves, 'principal'), rowsOf(moves, 'bonus')];
  const behind = (rows: readonly Posting[], seq: number): Posting[] =>
    rows
      .filter((row) => row.seq < seq)
      .toReversed()
      .slice(0, limit + 1);
  const pages: StoredMovement[][] = [];
  for (let before = { principal: 1_000, bonus: 1_000 }; ;) {
    const read = { principal: behind(principal, before.principal), bonus: behind(bonus, before.bonus) };
    const { movements, next } = together(read, before, limit);
    pages.push([...movements]);
    if (next === null) return pages;
    before = next;
  }
}

const move = fc.record({
  principalFen: fc.integer({ min: -500, max: 500 }),
  bonusFen: fc.integer({ min: -500, max: 500 }),
  // Tills tell late: the order of the rows is not that of the moments.
  minute: fc.nat(50),
});

test('no row is lost or told twice, the newest says what is on the card, and each balance follows from the one before', () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 40 }), fc.integer({ min: 1, max: 7 }), (moves, limit) => {
      const shown = pagesOf(moves, limit).flat();
      let [principalFen, bonusFen] = [0, 0];
      for (const one of shown.toReversed()) {
        principalFen += one.moved.principalFen;
        bonusFen += one.moved.bonusFen;
        expect(one.held).toEqual({ principalFen, bonusFen });
      }
      expect({ principalFen, bonusFen }).toEqual({
        principalFen: moves.reduce((sum, one) => sum + one.principalFen, 0),
        bonusFen: moves.reduce((sum, one) => sum + one.bonusFen, 0),
      });
    }),
  );
});

test('what moved both parts is one movement, as long as the till told in order', () => {
  const inOrder = (moves: readonly Move[]): Move[] => moves.map((one, place) => ({ ...one, minute: place }));
  fc.assert(
    fc.property(fc.array(move, { maxLength: 40 }), fc.integer({ min: 1, max: 7 }), (moves, limit) => {
      const told = inOrder(moves);
      const expected = told.filter(({ principalFen, bonusFen }) => principalFen !== 0 || bonusFen !== 0);
      expect(
        pagesOf(told, limit)
          .flat()
          .map(({ moved }) => moved),
      ).toEqual(expected.toReversed().map(({ principalFen, bonusFen }) => ({ principalFen, bonusFen })));
    }),
  );
});
