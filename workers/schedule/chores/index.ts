/** The chores, in their order within a minute: first what people wait for, last what waits for other systems. */
import { codes } from './codes.ts';
import type { Chore } from './define.ts';
import { erasures } from './erasures.ts';
import { housekeeping } from './housekeeping.ts';
import { inHand } from './in-hand.ts';
import { jobs } from './jobs.ts';
import { leftLying } from './left-lying.ts';
import { mass } from './mass.ts';
import { messages } from './messages.ts';
import { payouts } from './payouts.ts';
import { pointsEnds } from './points-ends.ts';
import { polls } from './polls.ts';
import { pulse } from './pulse.ts';
import { reconciliations } from './reconciliations.ts';
import { reminders } from './reminders.ts';
import { silence } from './silence.ts';
import { tallies } from './tallies.ts';

export const chores: readonly Chore[] = [
  reminders,
  leftLying,
  payouts,
  inHand,
  messages,
  jobs,
  silence,
  pointsEnds,
  reconciliations,
  erasures,
  housekeeping,
  mass,
  codes,
  tallies,
  pulse,
  polls,
];
