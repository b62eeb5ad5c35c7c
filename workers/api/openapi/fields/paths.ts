/** 路径里的号: the `{id}` behind each noun, and what lists are looked through by. */
import type { FieldDictionary } from './define.ts';

export const pathFields: FieldDictionary = {
  'members.id': { says: 'The member: id of an answer of /members.', example: 'm_4k7q2m9x8w1z6b3f' },
  'stores.id': { says: 'The store’s number, the same in every system of the shop.', example: '8005' },
  'associates.id': { says: 'The associate’s number, as tills send it.', example: 'g7' },
  'products.sku': { says: 'The article’s number, as tills send it.', example: '6901234567892' },
  'exchange-items.id': {
    says: 'The item: id of an answer of /exchange-items.',
    example: 'x_3j5m7p9r1t2v4x6z',
  },
  'exchanges.id': { says: 'The exchange: id of its answer.', example: '5K7QZ2M8VX3RTN' },
  'scenes.id': { says: 'The code’s scene: your own choice of letters and digits.', example: 'store-8005' },
  'coupon-grant-jobs.id': { says: 'The job: id of its answer.', example: 'gj_7n9q1s3u5w2y4a6c' },
  'coupon-batches.id': {
    says: 'The batch: id of an answer of /coupon-batches.',
    example: 'b_2h6n8r4t0v5y7c9e',
  },
  'coupon-templates.id': {
    says: 'The template: id of an answer of /coupon-templates.',
    example: 't_8f3k2m9q7w1x4z6b',
  },
  'campaigns.id': { says: 'The campaign: id of an answer of /campaigns.', example: 'c_6m8p0r2t4v1x3z5b' },
  'coupon-pushes.id': {
    says: 'The offer: id of an answer of /coupon-pushes.',
    example: 'pp_1k3n5q7s9u2w4y6a',
  },
  'reminder-plans.id': {
    says: 'The plan: id of an answer of /reminder-plans.',
    example: 'p_9s1u3w5y7a2c4e6g',
  },
  'events.id': {
    says: 'The event: eventId of the answer to whoever sent it.',
    example: 'ev_0k2m4p6r8t1v3x5z7b9d0f2h4j6l8n0q2s4u6w8y',
  },
  'messages.id': { says: 'The message: id of an answer of /messages.', example: '1042' },
  'transfers.id': { says: 'The transfer: id of an answer of /transfers.', example: 'TX20261122000042' },
  'mass-messages.id': {
    says: 'The mass message: id of an answer of /mass-messages.',
    example: 'mm_4v6x8z0b2d1f3h5j',
  },
  'sources.id': {
    says: 'The source’s name: small letters, digits and hyphens; it stands in its webhook address.',
    example: 'till',
  },
  'tokens.id': {
    says: 'The token: id of an answer of /tokens, which opens nothing.',
    example: 'tk_2w4y6a8c0e1g3j5m',
  },
  account: {
    says: 'Which account: points, growth, wallet, principal, bonus, or prepaid.',
    example: 'points',
  },
  'fans.associate': { says: 'Only followers of this associate, by their number.', example: 'g7' },
  'conversations.associate': { says: 'Only people of this associate, by their number.', example: 'g7' },
  'coupon-pushes.associate': { says: 'Only offers of this associate, by their number.', example: 'g7' },
  'transfers.member': {
    says: 'Only transfers of this member, by the id of an answer of /members.',
    example: 'm_4k7q2m9x8w1z6b3f',
  },
  'events.state': { says: 'Only events in this state.', example: 'parked' },
  'messages.state': { says: 'Only messages in this state.', example: 'parked' },
  'transfers.state': { says: 'Only transfers in this state.', example: 'failed' },
  'check-ins.month': { says: 'The calendar month; the present one unless given.', example: '2026-11' },
  'owed.month': { says: 'The calendar month; the present one unless given.', example: '2026-11' },
};
