/** 邀请好友: what who brings a friend gets, and when. */
import type { FieldDictionary } from './define.ts';

const tier = { fromFriends: 1, walletFen: 200, coupons: [{ templateId: 't_8f3k2m9q7w1x4z6b', count: 1 }] };

export const referralFields: FieldDictionary = {
  'referrals.id': { says: 'The invitation: id of an answer of /referrals.', example: 'm_8r1t5v9x2z4b6d0f' },
  'referrals.state': { says: 'Only invitations in this state.', example: 'review' },
  referral: {
    says: 'What members get for friends whom they bring (邀请好友): one level, never for friends of friends.',
    example: { on: true, tiers: [tier], payAt: 'purchase', leastFen: 5000 },
  },
  'referral.on': { says: 'Whether members can invite.', example: true },
  tiers: { says: 'What one friend brings, by how many there were: at most 10 tiers.', example: [tier] },
  'tiers.coupons': {
    says: 'What the inviter gets besides: at most 5 kinds of coupons.',
    example: tier.coupons,
  },
  'coupons.count': { says: 'How many coupons of the template.', example: 1 },
  reviewDevice: {
    says: 'Whether a friend waits for somebody to look who registered on a phone where another member was seen.',
    example: true,
  },
  reviewAddress: {
    says: 'Whether a friend waits for somebody to look who registered at an address where another member was seen.',
    example: true,
  },
};
