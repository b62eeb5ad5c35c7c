/** 我的等级: what a member is today, until when, what it brings, and what is missing to the next. */
import type { LevelRule, LevelSettings, Member, MemberStanding } from '../../../schema/index.ts';
import { shopDay } from '../money/lots.ts';
import { historyOn, isReached, isRuled, missingTo, rankOf, type Missing } from './rules.ts';
import { levelNow, noStanding } from './standing.ts';

export type Levelled = {
  readonly member: Member;
  readonly growth: number;
  readonly standing: MemberStanding | undefined;
  readonly levels: LevelSettings;
};

export type Progress = {
  readonly level: string | null;
  /** What the level brings; null where no rule has its name. */
  readonly rule: LevelRule | null;
  readonly sinceOn: string | null;
  /** The last day on which it stands by itself. */
  readonly lastOn: string | null;
  readonly isManual: boolean;
  /** Null at the top, and where tills decide. `missing` is null where the next purchase alone brings it. */
  readonly next: { readonly rule: LevelRule; readonly missing: Missing | null } | null;
};

export function progressOf({ member, growth, standing, levels }: Levelled, now: number): Progress {
  const today = shopDay(now);
  const present = levelNow(levels, { ...member, growth }, standing, today);
  const rank = rankOf(levels, present.level);
  const rule = levels.list[rank] ?? null;
  const known = present.standing ?? noStanding(member, levels);
  const stands = isRuled(levels) && present.level !== null;
  const isEnding = known.isManual || levels.keeping.mode === 'months';
  return {
    level: present.level,
    rule,
    sinceOn: stands && known.sinceOn !== '' ? known.sinceOn : null,
    lastOn: stands && isEnding ? known.lastOn : null,
    isManual: stands && known.isManual,
    next: nextOf(levels, rank, (next) => historyOn(next, levels, { ...member, ...known, growth }, today)),
  };
}

function nextOf(
  levels: LevelSettings,
  rank: number,
  historyFor: (rule: LevelRule) => Parameters<typeof isReached>[1],
): Progress['next'] {
  const rule = isRuled(levels) ? levels.list[rank + 1] : undefined;
  if (!rule) return null;
  const history = historyFor(rule);
  return { rule, missing: isReached(rule, history) ? null : missingTo(rule, history) };
}
