/** A super membership as the API shows it, and what would be paid back for it now. */
import * as z from 'zod';
import { superRefunds } from '../../../schema/index.ts';
import { backNow } from '../../commands/super/memberships.ts';
import type { SoldMembership } from '../../db/super/memberships.ts';
import type { Config } from '../../decide/config.ts';
import { numberIn } from '../../decide/super/end.ts';
import { standingOf, superStandings } from '../../decide/super/standing.ts';
import { namedAnswer } from '../call/define.ts';
import { At, instant } from '../call/shapes.ts';

const One = z.strictObject({
  number: z.string(),
  plan: z.string(),
  state: z.enum(superStandings).meta({ description: 'coming: it begins when the one before it ends.' }),
  paidFen: z.int(),
  from: At,
  until: At.meta({ description: 'From this instant on she is none, unless another follows.' }),
  soldAt: At,
  storeId: z.string(),
  refund: z.enum(superRefunds),
  refundFen: z.int().nullable().meta({
    description: 'What would be paid back now; null where nothing is, for `refundReason`.',
  }),
  refundReason: z.string().nullable().meta({ description: 'The code with which a refund would be refused.' }),
  refundedFen: z.int().meta({ description: 'What was paid back when it was undone or refunded.' }),
});

export const Answer = namedAnswer(
  'SuperMembership',
  One.extend({
    superUntil: At.nullable().meta({
      description: 'Until when she is a super member, with all that follow.',
    }),
  }),
);
export const List = namedAnswer(
  'SuperMemberships',
  z.strictObject({ superUntil: At.nullable(), items: z.array(One), next: z.null() }),
);

export function view(config: Config, sold: SoldMembership, all: readonly SoldMembership[], now: number) {
  const { row } = sold;
  const back = backNow(config, sold, all, { as: 'refunded', now });
  return {
    number: numberIn(row.id),
    plan: row.plan,
    state: standingOf(row, now),
    paidFen: row.paidFen,
    from: instant(row.fromAt),
    until: instant(row.untilAt),
    soldAt: instant(row.soldAt),
    storeId: row.storeId,
    refund: row.refund,
    refundFen: typeof back === 'number' ? back : null,
    refundReason: typeof back === 'number' ? null : back.reason.toLowerCase(),
    refundedFen: row.backFen,
  };
}

export const untilOf = (superUntil: number | null) => (superUntil === null ? null : instant(superUntil));
