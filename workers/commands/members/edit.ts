/** 改会员资料: the office corrects what is known of a member; who waits reads the member as they are afterwards. */
import { EventId, type MemberEdited, type MemberId } from '../../../schema/index.ts';
import { readMember, type MemberHoldings } from '../../db/members/members.ts';
import type { Refusal } from '../../decide/refusals.ts';
import type { Engine } from '../../engine/engine.ts';
import { resultOf, run } from '../run.ts';

export type Editing = Pick<MemberEdited, 'name' | 'birthdayOn' | 'children' | 'uses' | 'file'>;

export type Edited =
  | { readonly holdings: MemberHoldings }
  | { readonly refusal: Refusal }
  /** The outcome is unknown; asking again changes nothing twice. */
  | { readonly undecided: true };

/** Repeated with the same `key`, it is the same change. */
export async function editMember(
  engine: Engine,
  { key, memberId, change }: { readonly key: string; readonly memberId: MemberId; readonly change: Editing },
  now: number,
): Promise<Edited> {
  const id = EventId.parse(`office_${key}`);
  const event: MemberEdited = {
    ...change,
    type: 'member.edited',
    id,
    namespace: '',
    occurredAt: now,
    memberId,
  };
  const ran = await run(engine, event, now, () => readMember(engine.db, memberId));
  if (ran.verdict === 'refused') return { refusal: ran.refusal };
  const holdings = resultOf(ran);
  return holdings ? { holdings } : { undecided: true };
}
