/** 储值余额: what is on a member's card, how it came to that, and how much of a bill it pays. */
import * as z from 'zod';
import { fenMax } from '../../../schema/index.ts';
import { readMember } from '../../db/members/members.ts';
import { heldIn, readStoredSums } from '../../db/stored/stored-value.ts';
import { sumOf, usableOf } from '../../decide/stored/parts.ts';
import { namedAnswer, ok, route } from '../call/define.ts';
import { unknownMember } from '../members/member-view.ts';
import { params } from './settle.ts';

const Held = namedAnswer(
  'StoredValue',
  z.strictObject({
    openedFen: z
      .int()
      .meta({ description: '期初: what was brought from the system before, bonus included.' }),
    paidFen: z.int().meta({ description: '累计充值: what was paid for all that is or was on the card.' }),
    rechargedFen: z.int().meta({ description: 'Principal that was put in.' }),
    givenFen: z.int().meta({ description: 'Bonus that was put in.' }),
    spentFen: z.int(),
    backFen: z.int(),
    cashedOutFen: z.int(),
    forfeitedFen: z.int().meta({ description: 'Bonus that was given up when principal was paid out.' }),
    correctedFen: z.int().meta({
      description: 'What a till that keeps the balance itself told otherwise, or the office; of either sign.',
    }),
    leftFen: z.int().meta({
      description:
        '剩余储值: opened + recharged + given − spent + back − cashedOut − forfeited + corrected, and principal + bonus.',
    }),
    principalFen: z.int(),
    bonusFen: z.int(),
    usableFen: z
      .int()
      .nullable()
      .meta({ description: 'How much of payableFen can be paid with it; null where none was asked about.' }),
  }),
);

export const storedHeld = route({
  method: 'GET',
  path: '/members/{id}/stored-value',
  tag: 'Stored value',
  summary: 'What was put in, spent and is left (储值)',
  description:
    'With `payableFen`, what is to be paid after coupons, it says how much of it may be paid so: at most the balance, and the part that the shop has set (`storedValue.ceilingPercent`), rounded down to the fen.',
  scope: 'pos',
  statuses: [200],
  refusals: { 404: ['unknown_member'] },
  params,
  query: z.strictObject({ payableFen: z.coerce.number().int().min(0).max(fenMax).optional() }),
  answer: Held,
  handle: async ({ deps, params: { id }, query: { payableFen } }) => {
    const found = await readMember(deps.db, id);
    if (!found) return unknownMember;
    const [sums, config] = await Promise.all([
      readStoredSums(deps.db, found.member.id),
      deps.engine.config.get(),
    ]);
    const parts = heldIn(found.balances);
    const { storedValue } = config.settings;
    const usableFen = payableFen === undefined ? null : usableOf(storedValue, parts, payableFen);
    return ok({ ...sums, leftFen: sumOf(parts), ...parts, usableFen });
  },
});
