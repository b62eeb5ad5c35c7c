/** 客户阶段: 孕期, 0-12个月, 13-36个月 and above, derived from the member's children on a given day. */
import type { Child } from '../../../schema/index.ts';
import { overdueDaysMax } from './children.ts';
import { addDays, addMonths } from '../plain/dates.ts';

export const stages = ['pregnant', 'months-0-12', 'months-13-36', 'months-over-36'] as const;
export type Stage = (typeof stages)[number];

/** Exactly twelve months is still the first stage; the day after is not. */
function stageOf({ born, isExpected }: Child, today: string): Stage {
  // A child expected long ago has been born, even when nobody told us.
  if (isExpected && today <= addDays(born, overdueDaysMax)) return 'pregnant';
  if (today <= addMonths(born, 12)) return 'months-0-12';
  return today <= addMonths(born, 36) ? 'months-13-36' : 'months-over-36';
}

/** In order of age, each once; empty without children. */
export function stagesOf(children: readonly Child[] | null, today: string): Stage[] {
  const found = new Set((children ?? []).map((child) => stageOf(child, today)));
  return stages.filter((stage) => found.has(stage));
}
