/** 合并与拆开: the office makes two members one, and within a day two of them again; both are exact or not at all. */
import {
  EventId,
  type Member,
  type MemberId,
  type MemberSplit,
  type MemberUnited,
} from '../../../schema/index.ts';
import { readUndoing } from '../../db/members/mergers.ts';
import { readMember } from '../../db/members/members.ts';
import type { Refusal } from '../../decide/refusals.ts';
import type { Engine } from '../../engine/engine.ts';
import { resultOf, run } from '../run.ts';

export type Merged =
  | { readonly member: Member }
  | { readonly refusal: Refusal }
  /** The outcome is unknown; asking again changes nothing twice. */
  | { readonly undecided: true };

/** `key` is drawn with the form: the same form sent twice is one act. */
type Pair = { readonly key: string; readonly fromId: MemberId; readonly intoId: MemberId };

export async function unite(engine: Engine, { key, fromId, intoId }: Pair, now: number): Promise<Merged> {
  const event: MemberUnited = { ...commanded(key, now), type: 'member.united', fromId, intoId };
  return ended(await run(engine, event, now, () => readOne(engine, intoId)));
}

export async function split(engine: Engine, { key, fromId, intoId }: Pair, now: number): Promise<Merged> {
  const found = await readUndoing(engine.db, fromId);
  if (found?.isFollowed) return { refusal: { code: 'MERGED_ON' } };
  if (found?.isChanged) return { refusal: { code: 'SALE_SINCE' } };
  const event: MemberSplit = {
    ...commanded(key, now),
    type: 'member.split',
    fromId,
    intoId,
    seenVersion: found?.survivor.version ?? 0,
  };
  return ended(await run(engine, event, now, () => readOne(engine, fromId)));
}

const commanded = (key: string, now: number) => ({
  id: EventId.parse(`office_${key}`),
  namespace: '',
  occurredAt: now,
});

const readOne = async ({ db }: Engine, id: MemberId): Promise<Member | null> =>
  (await readMember(db, id))?.member ?? null;

function ended(ran: Awaited<ReturnType<typeof run<Member | null>>>): Merged {
  if (ran.verdict === 'refused') return { refusal: ran.refusal };
  const member = resultOf(ran);
  return member ? { member } : { undecided: true };
}
