/** 给一位会员贴标签: what is put on and taken off; who waits reads the member as she is afterwards. */
import { EventId, type MemberId, type MemberTagged, type Tagging } from '../../../schema/index.ts';
import { readMember } from '../../db/members/members.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Edited } from '../members/edit.ts';
import { resultOf, run } from '../run.ts';

type TagAsked = {
  /** Repeated with the same one, it is the same change. */
  readonly id: EventId;
  readonly memberId: MemberId;
  readonly tagging: Tagging;
};

export async function tagMember(
  engine: Engine,
  { id, memberId, tagging }: TagAsked,
  now: number,
): Promise<Edited> {
  const event: MemberTagged = {
    ...tagging,
    type: 'member.tagged',
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

/** From what she wears to what she shall wear. */
export const towards = (worn: readonly string[], wanted: readonly string[]): Tagging => ({
  put: wanted.filter((tag) => !worn.includes(tag)),
  off: worn.filter((tag) => !wanted.includes(tag)),
  from: null,
});
