/** 营销活动 and 提醒计划: when something is given, to whom, and how much of it. */
import type { FieldDictionary } from './define.ts';

export const campaignFields: FieldDictionary = {
  'CampaignInput.name': { says: 'What the office and the member’s pages call it.', example: '满188抽红包' },
  'CampaignPatch.name': { says: 'What the office and the member’s pages call it.', example: '满188抽红包' },
  trigger: {
    says: 'What it starts with: a sale, a member who is new, joins, is bound or checks in, a follower, words, a level, a top-up, a package, a super membership, a prize, a birthday.',
    example: 'sale.completed',
  },
  'CampaignInput.status': {
    says: 'Only an active one gives anything; an ended one never does again.',
    example: 'active',
  },
  'CampaignPatch.status': {
    says: 'Only an active one gives anything; an ended one never does again.',
    example: 'paused',
  },
  'CampaignInput.stores': {
    says: 'What happens in these stores only; null is everywhere.',
    example: ['8005'],
  },
  'CampaignPatch.stores': {
    says: 'What happens in these stores only; null is everywhere.',
    example: ['8005'],
  },
  levels: { says: 'Members of these levels only, by name; null is everybody.', example: ['金卡会员'] },
  superMember: { says: 'true is paying members only, false all others, null everybody.', example: null },
  'CampaignInput.from': {
    says: 'From when on; null is from the moment it is active.',
    example: '2026-12-01T00:00:00+08:00',
  },
  'CampaignPatch.from': {
    says: 'From when on; null is from the moment it is active.',
    example: '2026-12-01T00:00:00+08:00',
  },
  'CampaignInput.to': {
    says: 'Until before this moment; null is without end.',
    example: '2026-12-13T00:00:00+08:00',
  },
  'CampaignPatch.to': {
    says: 'Until before this moment; null is without end.',
    example: '2026-12-13T00:00:00+08:00',
  },
  conditions: {
    says: 'All of them have to be met, at most ten; empty is always.',
    example: [{ kind: 'spend', scope: 'order', ids: [], measure: 'amount', atLeast: 18800 }],
  },
  'conditions.kind': { says: 'What is looked at.' },
  'conditions.ids': {
    says: 'Stores, categories, brands or articles by their numbers; none where the whole order is looked at.',
    example: ['01'],
  },
  'conditions.scope': {
    says: 'What of the receipt is looked at: all of it, or what is named in `ids`.',
    example: 'order',
  },
  measure: { says: 'amount counts fen, quantity counts pieces.', example: 'amount' },
  atLeast: { says: 'From so much on: fen or pieces, as `measure` says.', example: 18800 },
  atLeastFen: {
    says: 'From so much on that was paid for the card, in fen, without what the shop adds.',
    example: 50000,
  },
  is: { says: 'true is paying members only, false all others.', example: true },
  'conditions.levels': { says: 'Members of one of these levels, by name.', example: ['金卡会员'] },
  stages: {
    says: 'Members with a child in one of these stages; none is a member who named no child.',
    example: ['months-0-12'],
  },
  unit: { says: 'In what minimum and below are counted.', example: 'months' },
  minimum: { says: 'A member for so long already; null asks for nothing.', example: 12 },
  below: { says: 'And not yet for so long; null asks for nothing.', example: 24 },
  'conditions.days': { says: 'On this day in a row of checking in.', example: 7 },
  every: { says: 'Every time so many days are full, and not only the first time.', example: false },
  words: {
    says: 'One of these words has to be said; width, case and spaces do not matter.',
    example: ['抽奖'],
  },
  match: { says: 'exact is the word alone, contains the word within a longer text.', example: 'exact' },
  'CampaignInput.exclude': {
    says: 'Lines with these goods do not count for the conditions.',
    example: [{ kind: 'brand', ids: ['特价'] }],
  },
  'CampaignPatch.exclude': {
    says: 'Lines with these goods do not count for the conditions.',
    example: [{ kind: 'brand', ids: ['特价'] }],
  },
  repeat: { says: 'Once for what happened, or as many times as the spending is reached.', example: 'once' },
  limits: {
    says: 'How often and for how much it gives; null is no such limit.',
    example: { total: null, perMember: 1, perMemberPerDay: null, budgetFen: 500000 },
  },
  'limits.total': { says: 'How often in all; null is no such limit.', example: 1000 },
  'limits.perMember': { says: 'How often to one member in all; null is no such limit.', example: 1 },
  'limits.perMemberPerDay': {
    says: 'How often to one member in one day; null is no such limit.',
    example: 1,
  },
  budgetFen: { says: 'What it may cost in all, in fen; null is no such limit.', example: 500000 },
  group: {
    says: 'Campaigns of one group choose among themselves, as `pick` says; null stands alone.',
    example: '双十二',
  },
  pick: {
    says: 'Of those in the group that are met: the one that is worth most, the first by priority, or all.',
    example: 'best',
  },
  priority: { says: 'The higher one comes first, from -1000 to 1000.', example: 10 },
  rewards: {
    says: 'What is given, 1 to 10 things.',
    example: [{ kind: 'points', points: 100 }],
  },
  'rewards.kind': { says: 'What is given.' },
  'rewards.count': { says: 'How many coupons of the template.', example: 1 },
  'rewards.points': { says: 'How many points.', example: 100 },
  'rewards.growth': { says: 'How much growth (成长值).', example: 50 },
  growth: { says: 'An amount of growth (成长值).', example: 50 },
  minFen: { says: 'The least that a red packet holds, in fen.', example: 200 },
  maxFen: { says: 'The most that a red packet holds, in fen.', example: 500 },
  tag: { says: 'A tag of members, by its name.', example: '奶粉客' },
  'to.tag': { says: 'Those with this tag.', example: '奶粉客' },
  'rewards.tag': { says: 'The tag that the member is given.', example: '奶粉客' },
  'rewards.text': {
    says: 'What the member is told, at most 600 characters.',
    example: '感谢您的光临，周末到店领小样。',
  },
  happening: {
    says: 'Instead of a sale: what the campaign starts with, happening to a member.',
    example: { memberId: 'm_4k7q2m9x8w1z6b3f' },
  },
  memberId: { says: 'The member by the id of an answer of /members.', example: 'm_4k7q2m9x8w1z6b3f' },
  streakDays: { says: 'Of member.checked_in: how many days in a row.', example: 7 },
  'happening.paidFen': { says: 'Of stored_value.recharged: what was paid, in fen.', example: 50000 },
  said: { says: 'Of fan.said: what was said.', example: '抽奖' },
  'ReminderPlanInput.name': { says: 'What the office calls it.', example: '回访快要喝完奶粉的会员' },
  'ReminderPlanInput.kind': {
    says: 'run-out reminds before what was bought is used up, birthday before a birthday, stage-up before a child needs the next milk or nappies.',
  },
  enabled: { says: 'Whether it is at work.', example: true },
  validFrom: { says: 'At work from this moment on; null is at once.', example: '2026-12-01T00:00:00+08:00' },
  validTo: {
    says: 'At work until before this moment; null is without end.',
    example: '2027-12-01T00:00:00+08:00',
  },
  daysPerUnit: { says: 'How many days one piece lasts.', example: 7 },
  remindBeforeDays: { says: 'So many days before it is reminded.', example: 5 },
  notify: { says: 'Who is told: the associate, the member, or both.', example: ['associate'] },
};
