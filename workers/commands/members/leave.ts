/** 注销: whoever asks for it is forgotten, and so is everything they still held. */
import type { EventId, MemberDeleted } from '../../../schema/index.ts';
import type { Engine } from '../../engine/engine.ts';
import { resultOf, run } from '../run.ts';

/** True also for somebody who is no member, or no longer: there is nothing left of them. */
export async function leave(
  engine: Engine,
  { id, openid }: { readonly id: EventId; readonly openid: string },
  now: number,
): Promise<boolean> {
  const event: MemberDeleted = {
    type: 'member.deleted',
    id,
    namespace: '',
    occurredAt: now,
    data: { openid },
  };
  return resultOf(await run(engine, event, now, async () => true)) ?? false;
}
