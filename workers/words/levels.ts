/** 等级的话: what somebody is and until when, and what is missing to the next. */
import type { Progress } from '../decide/levels/progress.ts';
import { yuanFigure } from '../decide/plain/yuan.ts';

export function levelWords({ level, lastOn, isManual }: Progress): string | null {
  if (level === null) return null;
  const until = lastOn === null ? '' : `，到 ${lastOn}`;
  return `${level}${until}${isManual ? '（店里定的）' : ''}`;
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
