/** 花积分: for a till or a shop that waits, with what is left afterwards. */
import type { EventId, MemberId, PointsSpent } from '../../../schema/index.ts';
import { readMember } from '../../db/members/members.ts';
import { heldPoints, type HeldPoints } from '../../decide/money/held.ts';
import type { Refusal } from '../../decide/refusals.ts';
import type { Engine } from '../../engine/engine.ts';
import { resultOf, run } from '../run.ts';

export type PointsLeft =
  | { readonly left: HeldPoints }
  | { readonly refusal: Refusal }
  /** The outcome is unknown; repeated with the same id, it is the same spending. */
  | { readonly undecided: true };

/** Points are taken at once or not at all. Repeated with the same `id`, nothing more is taken. */
export async function spendPoints(
  engine: Engine,
  asked: { readonly id: EventId; readonly memberId: MemberId; readonly points: number },
  now: number,
): Promise<PointsLeft> {
  const event: PointsSpent = { ...asked, type: 'points.spent', namespace: '', occurredAt: now };
  const ran = await run(engine, event, now, () => readMember(engine.db, asked.memberId));
  if (ran.verdict === 'refused') return { refusal: ran.refusal };
  const found = resultOf(ran);
  return found ? { left: heldPoints(found.points, now) } : { undecided: true };
}
