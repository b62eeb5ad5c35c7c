/** 会员身上发生的事, one line each; and why a number of an account moved. */
import type { Account, Coupon } from '../../../../../schema/index.ts';
import type { Happening } from '../../../../db/members/timeline.ts';
import { change, count, money } from '../../kit/format.ts';
import type { Tone } from '../../kit/parts.tsx';
import { codeOfCoupon, isPassing } from '../../../../decide/coupons/life.ts';
import { causeWords } from '../../../../words/causes.ts';

export const accountNames: Readonly<Record<Account, string>> = {
  points: '积分',
  growth: '成长值',
  wallet: '余额',
  principal: '储值本金',
  bonus: '储值赠送',
  prepaid: '预付',
};

const isMoney = (account: Account): boolean => account !== 'points' && account !== 'growth';
export const amountOf = (account: Account, amount: number): string =>
  isMoney(account) ? `${money(amount)} 元` : count(amount);
export const moved = (account: Account, delta: number): string =>
  isMoney(account) ? `${change(delta, money)} 元` : change(delta);

export function couponStateNames(coupon: Coupon, now: number): { label: string; tone: Tone } {
  const { state, validFrom, validTo, lockedUntil } = coupon;
  if (state === 'used') return { label: '已使用', tone: 'plain' };
  if (state === 'revoked') return { label: '已收回', tone: 'stop' };
  if (validTo <= now) return { label: '已过期', tone: 'plain' };
  if (isPassing(coupon, now)) return { label: '正在转给朋友', tone: 'wait' };
  if (lockedUntil !== null && lockedUntil > now) return { label: '收银台占用中', tone: 'wait' };
  return validFrom > now ? { label: '还没到时间', tone: 'wait' } : { label: '可使用', tone: 'good' };
}

export const messageKindNames: Readonly<Record<string, string>> = {
  'sale-earned': '消费通知',
  'run-out-member': '快用完了（给会员）',
  'run-out-associate': '快用完了（给导购）',
  'birthday-member': '生日祝福',
  'birthday-associate': '生日（给导购）',
  'stage-up-member': '宝宝该换段了（给会员）',
  'stage-up-associate': '宝宝该换段了（给导购）',
  'transfer-waiting': '提现待确认',
  'points-ending': '积分快到期',
  joined: '注册欢迎',
  'taken-back': '活动收回通知',
  text: '活动消息',
  'chat-associate': '会员的话（转给导购）',
  'told-associate': '转话结果（给导购）',
  'associate-changed': '换了导购',
  'coupon-offered': '导购送的券',
  'coupon-given': '券到账通知',
  chat: '回复',
  reply: '自动回复',
  'wecom-welcome': '企业微信欢迎语',
};

const messageStateNames = { pending: '还没发', sent: '已发出', parked: '没发成' } as const;

/** `names`: what coupons are called, by their id. */
export function happeningWords(happening: Happening, names: ReadonlyMap<string, string>): string {
  switch (happening.kind) {
    case 'sale': {
      const { orderNo, paidFen, keptFen } = happening.sale;
      const left = keptFen === paidFen ? '' : `，退后 ${money(keptFen)} 元`;
      return `消费 ${money(paidFen)} 元${left}（单号 ${orderNo}）`;
    }
    case 'posting': {
      const { account, delta, balance, cause } = happening.posting;
      return `${accountNames[account]} ${moved(account, delta)}，之后 ${amountOf(account, balance)}（${causeWords(cause)}）`;
    }
    case 'coupon':
      return `得到一张${names.get(happening.coupon.id) ?? '券'}（${codeOfCoupon(happening.coupon)}）`;
    case 'message': {
      const { kind, state, lastError } = happening.message;
      const why = state === 'parked' && lastError !== null ? `，${lastError}` : '';
      return `${messageKindNames[kind] ?? kind}：${messageStateNames[state]}${why}`;
    }
    case 'reminder':
      return '发了提醒';
    default:
      return happening satisfies never;
  }
}
