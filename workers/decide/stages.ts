/** 客户阶段: 孕期, 0-12个月, 13-36个月 and above, told from the children a member named, day by day. */
import type { Child } from '../../schema/index.ts';
import { addDays } from './dates.ts';

export const stages = ['pregnant', 'months-0-12', 'months-13-36', 'months-over-36'] as const;
export type Stage = (typeof stages)[number];

/** A child expected this long ago has been born, whether or not anyone came back to say so. */
const overdueDays = 28;

/** The same day so many months later; the last day of the month where there is no such day. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0));
  last.setUTCDate(Math.min(date, last.getUTCDate()));
  return last.toISOString().slice(0, 10);
}

/** Exactly twelve months is still the first stage; the day after is not. */
function stageOf({ born, isExpected }: Child, today: string): Stage {
  if (isExpected && today <= addDays(born, overdueDays)) return 'pregnant';
  if (today <= addMonths(born, 12)) return 'months-0-12';
  return today <= addMonths(born, 36) ? 'months-13-36' : 'months-over-36';
}

/** In the order of life, each once; without children there are none. */
export function stagesOf(children: readonly Child[] | null, today: string): Stage[] {
  const found = new Set((children ?? []).map((child) => stageOf(child, today)));
  return stages.filter((stage) => found.has(stage));
}
