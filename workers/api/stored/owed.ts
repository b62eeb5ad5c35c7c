/** 欠会员的账 of a month, for whoever keeps the shop's books elsewhere: every number of it is in the page and the table as well. */
import * as z from 'zod';
import { noStore, owedAccounts, owedMoves, StoreId } from '../../../schema/index.ts';
import { readOwed } from '../../db/owed/books.ts';
import { linesOf } from '../../decide/owed/book.ts';
import { worthOf } from '../../decide/owed/moves.ts';
import { addDays } from '../../decide/plain/dates.ts';
import { namedAnswer, ok, route } from '../call/define.ts';

const Line = z.strictObject({
  account: z.enum(owedAccounts),
  opening: z.int(),
  moves: z.array(
    z.strictObject({
      move: z.enum(owedMoves),
      storeId: z.string().nullable().meta({ description: 'Null for what happened in no store.' }),
      amount: z.int().meta({ description: 'With a sign.' }),
    }),
  ),
  closing: z.int(),
});

export const owedRoute = route({
  method: 'GET',
  path: '/owed',
  tag: 'Stored value',
  scope: 'admin',
  statuses: [200],
  summary: 'What the shop owes its members, by day',
  description:
    'The closed days of a month, each account with opening + moves = closing. A day is closed after one in the night that follows it, and never changes: what comes late stands in the day on which it was posted. points count points, all others fen. With `storeId` only the moves of that store are told; opening and closing are the whole shop’s.',
  query: z.strictObject({
    month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'is a month as 2026-11'),
    storeId: StoreId.optional(),
  }),
  answer: namedAnswer(
    'Owed',
    z.strictObject({
      closedTo: z.string().nullable().meta({ description: 'The last closed day; null before there is one.' }),
      days: z.array(
        z.strictObject({
          day: z.string(),
          pendingPoints: z.int().meta({ description: 'What of the points could not be spent yet.' }),
          worthFen: z
            .int()
            .meta({ description: 'What a hundred points were worth, as it was set that day.' }),
          pointsWorthFen: z.int(),
          accounts: z.array(Line),
        }),
      ),
    }),
  ),
  handle: async ({ deps, query: { month, storeId } }) => {
    const from = `${month}-01`;
    const to = addDays(`${addDays(from, 31).slice(0, 7)}-01`, -1);
    const read = await readOwed(deps.db, { from, to, stores: storeId === undefined ? null : [storeId] });
    const books = owedAccounts.map((account) => ({ account, lines: linesOf(account, read) }));
    return ok({
      closedTo: read.closedTo,
      days: read.closes.slice(1).map(({ onDay, points, pending, worthFen }, place) => ({
        day: onDay,
        pendingPoints: pending,
        worthFen,
        pointsWorthFen: worthOf(points, worthFen),
        accounts: books.map(({ account, lines }) => ({
          account,
          opening: lines[place]?.opening ?? 0,
          moves: read.days
            .filter((day) => day.onDay === onDay && day.account === account)
            .map(({ move, storeId: where, amount }) => ({
              move,
              storeId: where === noStore ? null : where,
              amount,
            })),
          closing: lines[place]?.closing ?? 0,
        })),
      })),
    });
  },
});
