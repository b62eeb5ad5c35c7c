/** 等级的话: what somebody is and until when, what is missing to the next, how each is reached and what it brings. */
import type { LevelRule, LevelSettings } from '../../schema/index.ts';
import type { CashBack } from '../decide/levels/cash-back.ts';
import type { Progress } from '../decide/levels/progress.ts';
import type { Journey, Tenure } from '../decide/levels/journey.ts';
import { yuanFigure } from '../decide/plain/yuan.ts';

export function levelWords({ level, lastOn, isManual }: Progress, isMovedIn = false): string | null {
  if (level === null) return null;
  const until = lastOn === null ? '' : `，到 ${lastOn}`;
  const how = isMovedIn ? '（从旧系统转入）' : '（店里定的）';
  return `${level}${until}${isManual ? how : ''}`;
}

/** Null where there is no next. */
export function nextLevelWords({ next }: Progress): string | null {
  if (!next) return null;
  const { rule, missing } = next;
  if (!missing) return `下次消费后就是${rule.name}`;
  const within = rule.withinDays === null ? '' : `${String(rule.withinDays)} 天内`;
  const ways = [
    ...(missing.amountFen === null ? [] : [`${within}再消费 ${yuanFigure(missing.amountFen)} 元`]),
    ...(missing.orders === null ? [] : [`${within}再买 ${String(missing.orders)} 次`]),
    ...(missing.singleFen === null ? [] : [`一次买满 ${yuanFigure(missing.singleFen)} 元`]),
    ...(missing.growth === null ? [] : [`再得 ${String(missing.growth)} 成长值`]),
  ];
  return `${ways.join('，或')}，就是${rule.name}`;
}

/** 9折, 8.5折. */
export const discountWords = (payPercent: number): string => `${String(payPercent / 10)}折`;

/** 1.5 of 150. */
export const timesFigure = (percent: number): string => String(percent / 100);

/** What a level brings, one line each; `list` says whether having no ceiling is anything to speak of. */
export function benefitWords(rule: LevelRule, { list }: Pick<LevelSettings, 'list'>): string[] {
  const { payPercent, pointsPercent, walletMonthFen, withdrawDayFen } = rule;
  const isCapped = list.some((one) => one.walletMonthFen !== null);
  return [
    ...(payPercent < 100 ? [`买东西 ${discountWords(payPercent)}`] : []),
    ...(pointsPercent > 100 ? [`消费得 ${timesFigure(pointsPercent)} 倍积分`] : []),
    ...(isCapped ? [ceilingWords(walletMonthFen)] : []),
    ...(withdrawDayFen === null ? [] : [`每天最多提现 ${yuanFigure(withdrawDayFen)} 元`]),
  ];
}

function ceilingWords(fen: number | null): string {
  if (fen === null) return '活动红包每月不封顶';
  return fen === 0 ? '活动不送红包' : `活动红包每月最多 ${yuanFigure(fen)} 元`;
}

/** How a level is reached: where levels end, only purchases of one such period count. */
export function reachWords(
  { amountFen, orders, withinDays, singleFen, growth }: LevelRule,
  { keeping }: Pick<LevelSettings, 'keeping'>,
): string {
  const whole = keeping.mode === 'months' ? `${String(keeping.months)} 个月内` : '累计';
  const within = withinDays === null ? whole : `${String(withinDays)} 天内`;
  const ways = [
    ...(amountFen === null ? [] : [`${within}消费满 ${yuanFigure(amountFen)} 元`]),
    ...(orders === null ? [] : [`${within}买满 ${String(orders)} 次`]),
    ...(singleFen === null ? [] : [`一次买满 ${yuanFigure(singleFen)} 元`]),
    ...(growth === null ? [] : [`成长值满 ${String(growth)}`]),
  ];
  return ways.length === 0 ? '第一次消费就有' : ways.join('，或');
}

/** 本月返现. Nobody can say any more what a month brought that is long over. */
export const cashBackWords = ({ capFen, usedFen }: CashBack): string =>
  `这个月已得活动红包 ${yuanFigure(usedFen ?? capFen)} 元，最多 ${yuanFigure(capFen)} 元`;

export const journeyNames: Readonly<Record<Journey, string>> = {
  visitor: '访客（没留电话，也没问过）',
  enquirer: '咨询过（还没留电话）',
  potential: '潜客（留了电话，还没买过）',
  buyer: '新客（买过一次）',
  repeat: '回头客',
  loyal: '忠实客户',
};

/** 新老会员. */
export function tenureWords({ sinceOn, months, isOld }: Tenure): string {
  const years = Math.floor(months / 12);
  const rest = months % 12;
  const long = [...(years > 0 ? [`${years} 年`] : []), ...(rest > 0 ? [`${rest} 个月`] : [])].join('零 ');
  return `${isOld ? '老会员' : '新会员'}，${sinceOn} 入会${long === '' ? '' : `，满 ${long}`}`;
}
