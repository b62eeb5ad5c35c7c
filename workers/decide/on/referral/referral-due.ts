/** 邀请到点: a new friend is looked at, a first purchase was kept, or commission is due. */
import type { Invited, Member, Referral, ReferralDue } from '../../../../schema/index.ts';
import { accept, ignore, type Decision } from '../../effects.ts';
import { shopDay } from '../../money/lots.ts';
import { isSame } from '../../plain/same.ts';
import { mayInvite } from '../../referral/bind.ts';
import { close, pay, postCommission, type Standing } from '../../referral/pay.ts';
import type { World } from '../../world.ts';
import type { On } from '../define.ts';

export const referralDue: On<ReferralDue> = {
  needs({ referralId, inviteeId, inviterId }, ask) {
    ask.member(inviterId);
    ask.member(inviteeId);
    ask.rows('referrals', referralId);
  },
  decide: onReferralDue,
};

type Named = Pick<ReferralDue, 'referralId' | 'inviteeId' | 'inviterId'>;

/** The two, what is between them, and nothing else yet; null where there is nothing left of it. */
export function standingOf(world: World, { referralId, inviteeId, inviterId }: Named): Standing | null {
  const referral = world.referrals.get(referralId);
  const row = world.invited.get(inviteeId);
  const inviter = world.members.get(inviterId);
  if (!referral || !inviter || row?.id !== referralId) return null;
  // Whoever was merged meanwhile is who they turned out to be.
  return { inviter, referral: { ...referral, memberId: inviterId, inviteeId }, row, effects: [] };
}

function onReferralDue(world: World, event: ReferralDue): Decision {
  const before = standingOf(world, event);
  if (!before) return ignore({ code: 'NOTHING_NEW', about: 'member' });
  const moment = { id: event.id, at: event.occurredAt };
  const gone = goneOf(before, world.members.get(event.inviteeId));
  const looked = gone ? close(world, before, gone) : lookedAt(world, before, event);
  const opened = isKept(looked, shopDay(world.now)) ? pay(world, looked, moment) : looked;
  const after = opened.referral.state === 'paid' ? postCommission(world, opened, moment) : opened;
  return isSame(after, before) ? ignore({ code: 'NOTHING_NEW', about: 'member' }) : written(after);
}

/** The inviter's version rises with it: of two friends at once the second looks at what the first has left. */
export const written = ({ inviter, referral, row, effects }: Standing): Decision =>
  accept([
    { type: 'member.put', member: inviter },
    { type: 'referral.put', row: referral },
    { type: 'invited.put', row },
    ...effects,
  ]);

type Gone = Pick<Referral, 'state' | 'why'>;

/** Of what was paid only what is still to come ends. */
function goneOf({ inviter, referral }: Standing, invitee: Member | undefined): Gone | null {
  const state = referral.state === 'paid' ? ('paid' as const) : ('refused' as const);
  if (inviter.id === referral.inviteeId) return { state, why: 'SELF' };
  return mayInvite(inviter) && invitee?.deletedAt === null ? null : { state, why: 'GONE' };
}

/** 新来的: seen with another member, a person has to look; else it waits for nothing, or for a purchase. */
function lookedAt(world: World, standing: Standing, { alike }: ReferralDue): Standing {
  const { referral } = standing;
  if (referral.state !== 'new') return standing;
  const seen = { device: null, network: null };
  return alike
    ? { ...standing, referral: { ...referral, ...seen, state: 'review', why: alike } }
    : { ...standing, referral: { ...referral, ...seen, state: 'waiting' } };
}

/** Whether what it waits for has come. */
export function isKept({ referral, row }: Standing, today: string): boolean {
  if (referral.state !== 'waiting') return false;
  return row.terms.leastFen === null || hasKept(row, today);
}

const hasKept = ({ candidates }: Invited, today: string): boolean => candidates.some(([, on]) => on <= today);
