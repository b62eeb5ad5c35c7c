/** 为什么得到, 为什么得不到: the answers of a preview in the merchant's words, with their numbers. */
import { awards } from '../../../../decide/awards/index.ts';
import { owedOf, type Due } from '../../../../decide/campaigns/entitlement.ts';
import type { Explanation } from '../../../../decide/campaigns/explain.ts';
import { barWords } from '../../../../words/misses/coupon-misses.ts';
import { yuanFigure } from '../../../../decide/plain/yuan.ts';

type Miss = NonNullable<Explanation['miss']>;

const amounts: Readonly<Record<string, (amount: unknown) => string>> = {
  points: (amount) => `${String(amount)} 积分`,
  growth: (amount) => `${String(amount)} 成长值`,
  redPacketFen: (amount) => `红包约 ${yuanFigure(Number(amount))} 元（真的发时重新抽）`,
  coupons: (amount) => `${pieces(amount)} 张券`,
  tags: (amount) => `标签 ${names(amount)}`,
  messages: (amount) => `一条消息：${names(amount)}`,
};

const names = (amount: unknown): string => (Array.isArray(amount) ? amount.map(String).join('、') : '');
const pieces = (amount: unknown): number =>
  Array.isArray(amount)
    ? amount.reduce((sum: number, one: { count?: number }) => sum + (one.count ?? 1), 0)
    : 0;

export function dueWords(due: Due): string {
  const parts = awards.flatMap((award) => {
    const amount = owedOf(due, award);
    const isNone = amount === undefined || amount === 0 || (Array.isArray(amount) && amount.length === 0);
    return isNone ? [] : [amounts[award.kind]?.(amount) ?? award.kind];
  });
  return parts.join('，');
}

const limitWords = { total: '活动总次数', perMember: '每人次数', perMemberPerDay: '每人每天次数' } as const;
const statusWords: Readonly<Record<string, string>> = {
  draft: '还是草稿',
  paused: '已暂停',
  ended: '已结束',
};
const conditionWords: Readonly<Record<string, string>> = {
  store: '不在指定的门店',
  level: '不是指定的等级',
  'super-member': '超级会员的要求不符',
  stage: '宝宝阶段不符',
  tag: '标签不符',
  tenure: '入会时间不符',
  'first-purchase': '不是第一次消费',
  condition: '没有买满',
  streak: '连续签到的天数不对',
  'top-up': '没有充满',
  'super-plan': '买的不是这个超级会员方案',
  package: '买的不是这些套餐',
  keyword: '说的不是这些词',
};

export function missWords(miss: Miss): string {
  if (miss.reason === 'condition') {
    const said = conditionWords[miss.code] ?? '条件没有满足';
    return `${said}${shortWords(miss.shortfall)}`;
  }
  if (miss.reason === 'limit') return `${limitWords[miss.limit]}用完了（${miss.used}/${miss.cap}）`;
  if (miss.reason === 'budget')
    return `预算只剩 ${yuanFigure(miss.leftFen)} 元，不够送一份（${yuanFigure(miss.costFen)} 元）`;
  if (miss.reason === 'cash-back')
    return `${miss.level}每月返现最多 ${yuanFigure(miss.capFen)} 元，这个月已经给了 ${yuanFigure(miss.usedFen)} 元`;
  if (miss.reason === 'out-of-stock') return `发不出券：${barWords(miss)}`;
  if (miss.reason === 'status') return statusWords[miss.status] ?? miss.status;
  return fixed[miss.reason] ?? '条件没有满足';
}

const fixed: Readonly<Record<string, string>> = {
  'not-started': '还没开始',
  over: '已经过期',
  outranked: '同组里有更值的活动',
  'no-member': '没有会员',
  trigger: '不是这个时候送的',
  'given-before': '已经送过了，不再送',
  'empty-basket': '没有买东西',
};

function shortWords(shortfall: unknown): string {
  if (typeof shortfall !== 'object' || shortfall === null) return '';
  const [have, need, unit] = ['have', 'need', 'unit'].map((name): unknown => Reflect.get(shortfall, name));
  if (typeof need !== 'number' || typeof have !== 'number') return '';
  return unit === 'fen'
    ? `：要 ${yuanFigure(need)} 元，现在 ${yuanFigure(have)} 元`
    : `：要 ${need} ${unit === 'days' ? '天' : '件'}，现在 ${have} ${unit === 'days' ? '天' : '件'}`;
}
