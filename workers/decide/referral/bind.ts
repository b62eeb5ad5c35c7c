/** 绑定: a newcomer who came by somebody's link is that inviter's friend, once and for all; whoever is no newcomer is not. */
import type {
  Invited,
  Member,
  MemberJoined,
  Referral,
  ReferralId,
  ReferralReason,
} from '../../../schema/index.ts';
import type { Effect } from '../effects.ts';
import { shopDay } from '../money/lots.ts';
import type { World } from '../world.ts';
import { termsOn } from './terms.ts';

/** `isBack`: has lived here before. */
export function bind(
  world: World,
  event: MemberJoined,
  { member, isBack }: { readonly member: Member; readonly isBack: boolean },
): Effect[] {
  const { invitedBy, occurredAt: at } = event;
  const { referral: settings } = world.config.settings;
  const inviter = invitedBy && world.members.get(invitedBy.inviterId);
  if (!invitedBy || !settings.on || !inviter || !mayInvite(inviter)) return [];
  const isNew = member.joinedAt === null && member.createdAt === at && !isBack;
  // Of whoever is refused nothing is kept but that somebody was.
  if (!isNew) {
    const why = member.id === inviter.id ? 'SELF' : 'MEMBER';
    return [{ type: 'referral.put', row: refused(event, inviter.id, why) }];
  }
  const id = member.id as string as ReferralId;
  const { device, network } = invitedBy;
  const keys = [device, network].filter((key) => key !== null);
  return [
    { type: 'referral.put', row: { ...blank(inviter.id, id, at), inviteeId: member.id, device, network } },
    { type: 'invited.put', row: invitedOf(member, id, at, settings) },
    { type: 'referral-due.add', note: { id, dueAt: world.now } },
    ...keys.map((key) => ({ type: 'referral-mark.add', note: { key, memberId: member.id } }) as const),
  ];
}

export const mayInvite = ({ joinedAt, mergedInto, deletedAt }: Member): boolean =>
  joinedAt !== null && mergedInto === null && deletedAt === null;

const invitedOf = (
  { id: memberId }: Member,
  id: ReferralId,
  at: number,
  settings: World['config']['settings']['referral'],
): Invited => ({
  memberId,
  id,
  at,
  state: 'open',
  terms: termsOn(settings, shopDay(at)),
  spentFen: 0,
  rawFen: 0,
  waits: [],
  candidates: [],
});

const blank = (memberId: Referral['memberId'], id: ReferralId, at: number): Referral => ({
  id,
  memberId,
  inviteeId: null,
  at,
  state: 'new',
  why: null,
  walletFen: 0,
  coupons: [],
  settledAt: null,
  spentFen: 0,
  commissionFen: 0,
  device: null,
  network: null,
  by: null,
  rev: 0,
});

const refused = (
  { id, occurredAt: at }: MemberJoined,
  memberId: Referral['memberId'],
  why: ReferralReason,
): Referral => ({
  ...blank(memberId, id as string as ReferralId, at),
  state: 'refused',
  why,
  settledAt: at,
});
