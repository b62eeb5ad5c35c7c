/** 换绑: the office gives a member another WeChat, phone or associate; who did it and why is kept among what was said of them. */
import type { AssociateId, EventId, MemberId, MemberRebound } from '../../../schema/index.ts';
import { readMember, type MemberHoldings } from '../../db/members/members.ts';
import type { Refusal } from '../../decide/refusals.ts';
import type { Engine } from '../../engine/engine.ts';
import { resultOf, run } from '../run.ts';
import { personDigests } from '../../engine/person-digests.ts';

/** What is left out stays; null takes it away. */
export type Rebinding = {
  readonly openid?: string | null;
  readonly phone?: string | null;
  readonly associateId?: AssociateId | null;
  readonly level?: { readonly name: string | null; readonly lastOn: string | null };
};

export type Asked = {
  readonly id: EventId;
  readonly memberId: MemberId;
  readonly change: Rebinding;
  readonly reason: string;
  /** The name of the token. */
  readonly by: string;
};

export type Rebound =
  | { readonly holdings: MemberHoldings }
  | { readonly refusal: Refusal }
  /** The outcome is unknown; asking again changes nothing twice. */
  | { readonly undecided: true };

export async function rebind(
  engine: Engine,
  { id, memberId, change, reason, by }: Asked,
  now: number,
): Promise<Rebound> {
  const event: MemberRebound = {
    ...change,
    type: 'member.rebound',
    id,
    namespace: '',
    occurredAt: now,
    memberId,
    reason,
    by,
    digests: await personDigests(engine, change),
  };
  const ran = await run(engine, event, now, () => readMember(engine.db, memberId));
  if (ran.verdict === 'refused') return { refusal: ran.refusal };
  const holdings = resultOf(ran);
  return holdings ? { holdings } : { undecided: true };
}
