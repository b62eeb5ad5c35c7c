/** 超级会员: the one that an event names, and all others of whoever has it: which is the last decides. */
import { superMemberships } from '../../../schema/index.ts';
import { statement } from '../db.ts';
import { termOf } from '../look.ts';
import { list } from '../set.ts';
import type { Shelf } from './define.ts';

const found = termOf(
  'superMemberships',
  superMemberships,
  `t.member_id IN (SELECT b.member_id FROM json_each(?1) AS j CROSS JOIN super_memberships AS b ON b.id = j.value)`,
);

export const superMembershipShelf: Shelf<'superMemberships'> = {
  kept: {
    in: 'table',
    table: superMemberships,
    read: {
      by: 'own',
      select: ({ needs: { asked } }) =>
        asked.superMemberships.size > 0 ? [statement(found, list(asked.superMemberships))] : [],
    },
  },
};
