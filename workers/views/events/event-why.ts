/** 为什么: what became of an event, in words for the merchant. */
import type { InboxEvent, PointsDifference } from '../../../schema/index.ts';
import { childYearsMax } from '../../decide/members/children.ts';
import type { WrongCode } from '../../engine/engine.ts';
import type { Declined } from '../../decide/coupons/use/may-use.ts';
import { couponMissWords } from '../../words/misses/coupon-misses.ts';
import { timesFigure } from '../../words/levels.ts';
import { pointsDifferenceWords } from '../../words/misses/point-spend-misses.ts';
import { reasonWords } from '../../words/reasons.ts';
import { maskText } from '../mask.ts';

export function whyOf(event: InboxEvent): string {
  const { state, note, outcome } = event;
  switch (state) {
    case 'received':
      return '已收到，正在排队处理。';
    case 'done':
      return doneWords(event) + besides(outcome);
    case 'ignored':
    case 'parked':
    case 'waiting':
      return note === null ? '没有留下原因。' : maskText(reasonWords(note));
    default:
      return state satisfies never;
  }
}

/** What somebody has to hear of an event that was decided, beside what it brought. */
export const besides = (outcome: InboxEvent['outcome']): string =>
  [voidedWords, factorWords, phoneWords, codeWords, childWords, couponWords, pointsWords]
    .map((said) => said(outcome))
    .join('');

/** What goes with its person takes along what its sender called it; what has become old keeps that. */
function doneWords({ body, senderId }: InboxEvent): string {
  if (body !== '') return '已处理完成。';
  return senderId === ''
    ? '已处理。当事人已取消关注或注销，原始内容已清空，不能再次处理。'
    : '已处理。原始内容已按保留期限清空，不能再次处理。';
}

const voidedWords = (outcome: InboxEvent['outcome']): string =>
  outcome?.['isVoided'] === true ? '这张订单之前已经作废，不再计积分。' : '';

const factorWords = (outcome: InboxEvent['outcome']): string => {
  const percent: unknown = outcome?.['pointsPercent'];
  return typeof percent === 'number' ? `积分按会员等级的 ${timesFigure(percent)} 倍算。` : '';
};

function childWords(outcome: InboxEvent['outcome']): string {
  const unlikely: unknown = outcome?.['unlikelyChildren'];
  return typeof unlikely === 'number'
    ? `其中 ${unlikely} 个宝宝的生日或预产期不合常理（已满 ${childYearsMax} 岁，或预产期太远、早已过去），没有记下。`
    : '';
}

/** The till may have taken something off for them, and here they still stand as they were. */
function couponWords(outcome: InboxEvent['outcome']): string {
  const declined: unknown = outcome?.['couponsDeclined'];
  if (!Array.isArray(declined) || declined.length === 0) return '';
  // As the decision wrote them.
  const words = (declined as Declined[]).map((one) => `${one.code}：${couponMissWords(one)}`);
  return `小票上有 ${words.length} 个券码没有核销，这些券还是原来的样子（${words.join('')}）。`;
}

function pointsWords(outcome: InboxEvent['outcome']): string {
  const differ: unknown = outcome?.['pointsDiffer'];
  // As the decision wrote them.
  return Array.isArray(differ) ? (differ as PointsDifference[]).map(pointsDifferenceWords).join('') : '';
}

/** A phone that cannot be read is not looked for, and the sale stands without it: somebody has to hear of it. */
function phoneWords(outcome: InboxEvent['outcome']): string {
  const fields: unknown = outcome?.['unreadPhones'];
  return Array.isArray(fields)
    ? `其中的手机号（${fields.join('、')}）不是完整的 11 位手机号，没有按它查找会员。`
    : '';
}

const wrongCodes: Readonly<Record<WrongCode, string>> = {
  'no-code': '单上的会员码不是会员码（97 开头的 20 位数字），没有按它记会员。',
  over: '单上的会员码早就过期了，或者这一单晚了一天以上才传来，没有按它记会员。',
  unknown: '没有认出单上的会员码，没有按它记会员。',
};

function codeWords(outcome: InboxEvent['outcome']): string {
  const wrong: unknown = outcome?.['wrongMemberCode'];
  return wrong === 'no-code' || wrong === 'over' || wrong === 'unknown' ? wrongCodes[wrong] : '';
}
