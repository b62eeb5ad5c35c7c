/** 手工调整积分: for a colleague who waits, with the balance afterwards. */
import { EventId, type MemberId, type PointsCorrected } from '../../../schema/index.ts';
import { readMember } from '../../db/members/members.ts';
import type { Refusal } from '../../decide/refusals.ts';
import type { Engine } from '../../engine/engine.ts';
import { resultOf, run } from '../run.ts';

export type Corrected =
  | { readonly balance: number }
  | { readonly refusal: Refusal }
  | { readonly undecided: true };

/** Repeated with the same `key`, it is the same correction. */
export async function correctPoints(
  engine: Engine,
  { key, memberId, delta }: { readonly key: string; readonly memberId: MemberId; readonly delta: number },
  now: number,
): Promise<Corrected> {
  const event: PointsCorrected = {
    type: 'points.corrected',
    id: EventId.parse(`office_${key}`),
    namespace: '',
    occurredAt: now,
    memberId,
    delta,
  };
  const ran = await run(
    engine,
    event,
    now,
    async () => (await readMember(engine.db, memberId))?.points.balance ?? 0,
  );
  if (ran.verdict === 'refused') return { refusal: ran.refusal };
  const balance = resultOf(ran);
  return balance === null ? { undecided: true } : { balance };
}
