/** 入会: a verified phone number makes a member, or finds the one that the till created. */
import {
  EventId,
  type Child,
  type IdentityKey,
  type InvitedBy,
  type MemberJoined,
} from '../../../schema/index.ts';
import type { Db } from '../../db/db.ts';
import { findMembers, readMember } from '../../db/members/members.ts';
import { associateById } from '../../db/shop/associates.ts';
import type { Engine } from '../../engine/engine.ts';
import { lookAtOnce } from '../referrals/due.ts';
import { run } from '../run.ts';
import { personDigests } from '../../engine/person-digests.ts';

export type Joining = {
  /** One proof makes one registration, even when it is used again. */
  readonly proofId: string;
  readonly openid: string;
  readonly unionid: string | null;
  readonly phone: string;
  readonly name: string | null;
  readonly children: readonly Child[];
  readonly birthdayOn: string | null;
  /** 换绑: the membership of the phone is wanted, though it has another WeChat account. */
  readonly isRebinding: boolean;
  /** The associate whose link it was, and where it was found. */
  readonly invitedBy?: InvitedBy | null;
  readonly invitation: { readonly guide: string | null; readonly source: string | null };
};

/**
 * `taken`: the phone belongs to somebody else. `bound`: its member has another WeChat account, which this one may replace.
 * `spent`: its proof was already used for something else.
 */
export type Joined = 'joined' | 'taken' | 'bound' | 'spent' | 'failed';

export async function join(engine: Engine, joining: Joining, now: number): Promise<Joined> {
  const event = await toEvent(engine, joining, now);
  const first = await decide(engine, event, now);
  // The unionid is optional: a failed lookup never prevents joining.
  const mayBeUnionid = first === 'failed' && event.unionid !== null;
  const joined = mayBeUnionid ? await decide(engine, { ...event, unionid: null }, now) : first;
  if (joined === 'joined' && event.invitedBy) await lookAtFriend(engine, event.openid, now);
  return joined;
}

/** 邀请奖励 comes at once, where nothing is in its way. */
async function lookAtFriend(engine: Engine, openid: string, now: number): Promise<void> {
  const [friend] = await findMembers(engine.db, `openid:${openid}` as IdentityKey);
  if (friend) await lookAtOnce(engine, friend.member.id, now);
}

export async function hasJoined(db: Db, openid: string): Promise<boolean> {
  const [known] = await findMembers(db, `openid:${openid}` as IdentityKey);
  return known !== undefined && known.member.joinedAt !== null;
}

async function decide(
  engine: Engine,
  event: MemberJoined & { readonly openid: string },
  now: number,
): Promise<Joined> {
  const ran = await run(engine, event, now, () => hasJoined(engine.db, event.openid));
  if (ran.verdict === 'applied') return 'joined';
  if (ran.verdict === 'refused') return ran.refusal.code === 'PHONE_BOUND' ? 'bound' : 'taken';
  if (ran.verdict !== 'duplicate') return 'failed';
  return ran.result ? 'joined' : 'spent';
}

async function toEvent(
  engine: Engine,
  { proofId, invitation, invitedBy, ...person }: Joining,
  now: number,
): Promise<MemberJoined & { readonly openid: string }> {
  const guide = invitation.guide === null ? null : await associateById(engine.db, invitation.guide);
  const inviter = invitedBy ? await readMember(engine.db, invitedBy.inviterId) : null;
  const [followDigest] = await personDigests(engine, { followed: person.openid });
  return {
    ...person,
    digests: await personDigests(engine, person),
    ...(followDigest !== undefined && { followDigest }),
    ...(invitedBy && inviter && { invitedBy: { ...invitedBy, inviterId: inviter.member.id } }),
    type: 'member.joined',
    id: EventId.parse(`join_${proofId}`),
    namespace: '',
    occurredAt: now,
    storeId: guide?.associate.storeId ?? null,
    associateId: guide?.associate.id ?? null,
    source: invitation.source,
  };
}
