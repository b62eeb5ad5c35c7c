/** 建档: a member entered by hand is decided like one from the till, with the same matching and the same gifts. */
import type { AssociateId, Child, EventId, IdentityKey, MemberTold } from '../../../schema/index.ts';
import { isAnyoneKnown, readStrongest, type MemberHoldings } from '../../db/members/members.ts';
import type { Refusal } from '../../decide/refusals.ts';
import type { Engine } from '../../engine/engine.ts';
import { resultOf, run } from '../run.ts';

export type Registering = {
  readonly id: EventId;
  readonly namespace: string;
  /** The identities that `data` names; at least one. */
  readonly keys: readonly IdentityKey[];
  readonly data: MemberTold['data'];
  readonly by: 'office' | 'till';
  /** Undefined leaves the member's own. */
  readonly associateId: AssociateId | null | undefined;
  /** Undefined leaves the stored children. */
  readonly children: readonly Child[] | undefined;
};

export type Registered =
  | { readonly holdings: MemberHoldings; readonly isNew: boolean }
  | { readonly refusal: Refusal }
  /** The outcome is unknown; repeated with the same id, it gives the same member. */
  | { readonly undecided: true };

export async function register(
  engine: Engine,
  { id, namespace, keys, data, by, associateId, children }: Registering,
  now: number,
): Promise<Registered> {
  const isKnown = await isAnyoneKnown(engine.db, keys);
  const event: MemberTold = {
    type: 'member.created',
    id,
    namespace,
    occurredAt: now,
    data,
    by,
    ...(associateId !== undefined && { associateId }),
    ...(children !== undefined && { children }),
  };
  const ran = await run(engine, event, now, () => readStrongest(engine.db, keys));
  if (ran.verdict === 'refused') return { refusal: ran.refusal };
  const holdings = resultOf(ran);
  return holdings ? { holdings, isNew: !isKnown } : { undecided: true };
}
