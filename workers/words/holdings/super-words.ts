/** 超级会员 in words: how one stands, until when, and what is paid back. */
import type { SuperMembership, SuperPlan } from '../../../schema/index.ts';
import type { SuperStanding } from '../../decide/super/standing.ts';
import { yuanFigure } from '../../decide/plain/yuan.ts';

export const superStandingNames: Readonly<Record<SuperStanding, string>> = {
  running: '有效',
  coming: '还没开始',
  over: '到期了',
  undone: '已撤销',
  refunded: '已退款',
};

export const lastsWords = ({ days, months }: Pick<SuperPlan, 'days' | 'months'>): string =>
  months === null ? `${days ?? 0} 天` : `${months} 个月`;

/** 年卡：199 元，12 个月 */
export const planWords = (plan: SuperPlan): string =>
  `${plan.name}：${yuanFigure(plan.priceFen)} 元，${lastsWords(plan)}`;

export function refundRuleWords({
  refund,
  refundWithinDays,
}: Pick<SuperMembership, 'refund' | 'refundWithinDays'>): string {
  if (refund === 'by-days') return '可以退，按剩下的整天算';
  return refund === 'if-unused' ? `${refundWithinDays} 天内、送的券没用过，可以全退` : '不退款';
}
