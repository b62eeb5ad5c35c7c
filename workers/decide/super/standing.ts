/** How a membership stands at a moment: nothing is written when it begins or ends. */
import type { SuperMembership } from '../../../schema/index.ts';

export const superStandings = ['running', 'coming', 'over', 'undone', 'refunded'] as const;
export type SuperStanding = (typeof superStandings)[number];

export function standingOf(
  { endedAs, fromAt, untilAt }: Pick<SuperMembership, 'endedAs' | 'fromAt' | 'untilAt'>,
  now: number,
): SuperStanding {
  if (endedAs !== null) return endedAs;
  if (now < fromAt) return 'coming';
  return now < untilAt ? 'running' : 'over';
}
