/** 等级 of a group as they stand now: what was over since it was written counts for no decision. */
import type { LevelSettings, Member } from '../../../schema/index.ts';
import { isRuled } from '../../decide/levels/rules.ts';
import { levelNow } from '../../decide/levels/standing.ts';
import { shopDay } from '../../decide/money/lots.ts';
import type { Rows } from '../../decide/slices/index.ts';
import { pairKey, type Head } from '../../decide/world.ts';

type Read = {
  readonly members: readonly Member[];
  readonly rows: Rows;
  readonly heads: ReadonlyMap<string, Head>;
};

export function levelsNow(
  { members, rows, heads }: Read,
  settings: LevelSettings,
  now: number,
): readonly Member[] {
  if (!isRuled(settings)) return members;
  const today = shopDay(now);
  return members.map((member) => {
    const growth = heads.get(pairKey(member.id, 'growth'))?.balance ?? 0;
    const { level, standing } = levelNow(
      settings,
      { ...member, growth },
      rows.standings.get(member.id),
      today,
    );
    if (standing) rows.standings.set(member.id, standing);
    return level === member.level ? member : { ...member, level };
  });
}
