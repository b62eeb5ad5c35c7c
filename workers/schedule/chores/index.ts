/** The chores, in their order within a minute: first what people wait for, last what waits for other systems. */
import { codes } from './codes.ts';
import type { Chore } from './define.ts';
import { erasures } from './erasures.ts';
import { grants } from './grants.ts';
import { handovers } from './handovers.ts';
import { housekeeping } from './housekeeping.ts';
import { inHand } from './in-hand.ts';
import { leftLying } from './left-lying.ts';
import { mass } from './mass.ts';
import { messages } from './messages.ts';
import { payouts } from './payouts.ts';
import { pointsEnds } from './points-ends.ts';
import { polls } from './polls.ts';
import { reconciliations } from './reconciliations.ts';
import { reminders } from './reminders.ts';
import { silence } from './silence.ts';
import { takebacks } from './takebacks.ts';
import { tallies } from './tallies.ts';

export const chores: readonly Chore[] = [
  reminders,
  leftLying,
  payouts,
  inHand,
  messages,
  grants,
  silence,
  pointsEnds,
  reconciliations,
  takebacks,
  erasures,
  handovers,
  housekeeping,
  mass,
  codes,
  tallies,
  polls,
];
