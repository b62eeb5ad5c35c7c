/**
 * What campaigns may start with. A new one is its file, its line here, `met()` among what follows from its event, and a story in
 * tests/contracts/triggers.test.ts.
 */
import { birthdayCame } from './birthday-came.ts';
import { birthdayMonth } from './birthday-month.ts';
import type { Trigger } from './define.ts';
import { fanFollowed } from './fan-followed.ts';
import { fanSaid } from './fan-said.ts';
import { levelReached } from './level-reached.ts';
import { memberBound } from './member-bound.ts';
import { memberCheckedIn } from './member-checked-in.ts';
import { memberCreated } from './member-created.ts';
import { memberJoined } from './member-joined.ts';
import { prizeWon } from './prize-won.ts';
import { packageBought } from './package-sold.ts';
import { saleCompleted } from './sale-completed.ts';
import { storedValueRecharged } from './stored-value-recharged.ts';
import { superMembershipBought } from './super-membership-bought.ts';

const all = [
  saleCompleted,
  memberCreated,
  memberJoined,
  memberBound,
  fanFollowed,
  fanSaid,
  memberCheckedIn,
  prizeWon,
  levelReached,
  storedValueRecharged,
  superMembershipBought,
  packageBought,
  birthdayCame,
  birthdayMonth,
] as const;

export type CampaignTrigger = (typeof all)[number]['kind'];
export const triggers: readonly Trigger<CampaignTrigger>[] = all;
export const triggerKinds: readonly CampaignTrigger[] = all.map(({ kind }) => kind);

export function triggerOf(kind: string): Trigger<CampaignTrigger> {
  const found = triggers.find((trigger) => trigger.kind === kind);
  if (!found) throw new Error(`unknown trigger ${kind}; known: ${triggerKinds.join(', ')}`);
  return found;
}
