/** 会员次数, with the member. */
import type { MemberCounter } from '../../../schema/index.ts';
import { dayMs } from '../../decide/plain/dates.ts';
import type { Leaving, Moment, Shelf } from './define.ts';

/** As long as an event can be told again; a return of an older sale is not held against the limits of its day any more. */
const countedDays = 400;

/**
 * A limit that is in force keeps its count for ever, and so do shares of coupons and what is handed out once. A campaign that is
 * not active may be taken up again: its count goes only when the member has not come by it for longer than anything is repeated.
 */
function leaves({ subject, days, forgottenTo }: MemberCounter, { config, now }: Moment): Leaving | null {
  const isCampaign = !subject.includes(':') && !config.templates.has(subject as never);
  const isActive = Object.values(config.campaigns).some(({ byId }) => byId.has(subject));
  const usedOn = Object.keys(days).at(-1) ?? forgottenTo;
  const usedAt = usedOn === null ? 0 : Date.parse(usedOn);
  if (!isCampaign || isActive || usedAt > now - countedDays * dayMs) return null;
  return { turn: 'over', order: usedAt };
}

export const memberCounterShelf: Shelf<'memberCounters'> = {
  kept: {
    in: 'member',
    field: 'counters',
    places: { subject: 0, used: 1, days: 2, forgottenTo: 3 },
    leaves,
  },
};
