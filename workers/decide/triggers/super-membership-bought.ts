/** 开通超级会员: a membership was bought, the first or one more; undone or paid back, what it brought is taken back. */
import { defaultTimezone } from '../../../schema/index.ts';
import { spanOf } from '../super/spans.ts';
import { defineTrigger, ofMember } from './define.ts';

export const superMembershipBought = defineTrigger({
  kind: 'super_membership.bought',
  label: '会员开通或续超级会员（哪个方案，在条件里选；撤销、退款就收回）',
  gift: '超级会员开通礼',
  brings: [...ofMember, 'plan'],
  word: 'super',
  isNamed: true,
  reversedBy: 'super_membership.ended',
  // By then she is one.
  tried: {
    as: (member, { plan: name }, { at, settings }) => {
      const plan = settings.superMembership.plans.find((one) => one.name === name);
      return plan
        ? { ...member, superUntil: spanOf(plan, member.superUntil, at, defaultTimezone).untilAt }
        : member;
    },
  },
});
