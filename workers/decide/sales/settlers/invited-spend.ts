/** 邀请提成: what somebody buys whom a member has brought. History brought nobody anything. */
import { accrue } from '../../referral/accrue.ts';
import { isSame } from '../../plain/same.ts';
import type { Settler } from './define.ts';

export const invitedSpend: Settler = (world, settlement) => {
  const { sale, member } = settlement;
  const known = world.invited.get(member.id);
  if (!known || known.state === 'over' || sale.isHistory || sale.occurredAt < known.at) return [];
  const { row, dues } = accrue(known, settlement, world.now);
  if (isSame(row, known)) return [];
  return [{ type: 'invited.put', row }, ...dues.map((note) => ({ type: 'referral-due.add', note }) as const)];
};
