/** 超级会员: a membership that is paid for. */
import type { FieldDictionary } from './define.ts';

const yearly = { name: '年卡', priceFen: 19900, months: 12, refund: 'by-days' };

export const superFields: FieldDictionary = {
  superMembership: { says: 'What is sold as super membership (超级会员).', example: { plans: [yearly] } },
  'superMembership.plans': { says: 'Plans of the super membership, at most 20.', example: [yearly] },
  'plans.priceFen': { says: 'What it is sold for, in fen.', example: 19900 },
  'plans.days': { says: 'For so many days; null where months is given.', example: 365 },
  'plans.months': { says: 'For so many months; null where days is given.', example: 12 },
  refundWithinDays: { says: 'Of if-unused: for so many times 24 hours.', example: 7 },
  'conditions.plans': { says: 'Who buys one of these plans, by name.', example: ['年卡'] },
  'validity.superMember': { says: 'true is until the super membership ends.', example: true },
  'happening.plan': { says: 'Of super_membership.bought: the plan by its name.', example: '年卡' },
  superOnly: { says: 'true is for super members only.', example: false },
};
