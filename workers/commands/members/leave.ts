/** 注销: erases the member who asks for it, with everything they still hold. */
import type { EventId, MemberDeleted } from '../../../schema/index.ts';
import type { Engine } from '../../engine/engine.ts';
import { resultOf, run } from '../run.ts';

/** True also when there is no such member: nothing is left to erase. */
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
