/** 建档: a member told by hand goes the way of one the till tells, with the same matching and the same gifts. */
import type { AssociateId, Child, EventId, IdentityKey, MemberTold } from '../../../schema/index.ts';
import { putChildren } from '../../db/members/children.ts';
import { isAnyoneKnown, readStrongest, type MemberHoldings } from '../../db/members/members.ts';
import type { Engine } from '../../engine/engine.ts';
import { resultOf, run } from '../run.ts';

export type Registering = {
  readonly id: EventId;
  readonly namespace: string;
  /** Those that `data` names; at least one. */
  readonly keys: readonly IdentityKey[];
  readonly data: MemberTold['data'];
  readonly associateId: AssociateId | null | undefined;
  /** Undefined leaves them as they are known. */
  readonly children: readonly Child[] | undefined;
};

export type Registered = { readonly holdings: MemberHoldings; readonly isNew: boolean };

/** Null when nobody knows yet: asked again under the same id, it is the same member. */
export async function register(
  engine: Engine,
  { id, namespace, keys, data, associateId, children }: Registering,
  now: number,
): Promise<Registered | null> {
  const isKnown = await isAnyoneKnown(engine.db, keys);
  const event: MemberTold = { type: 'member.created', id, namespace, occurredAt: now, data };
  const ran = await run(engine, event, now, async () => {
    if (children) await putChildren(engine.db, keys, children);
    return readStrongest(engine.db, keys, associateId);
  });
  const holdings = resultOf(ran);
  return holdings && { holdings, isNew: !isKnown };
}
