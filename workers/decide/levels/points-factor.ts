/** 积分倍数 of a level: what applied when a sale was first told of its buyer stays with the sale, so that a return takes back what was earned. */
import type { LevelSettings, Member, Sale } from '../../../schema/index.ts';
import type { World } from '../world.ts';
import { ruleOf } from './rules.ts';

/** A member without a level earns as everybody does. */
export const pointsPercentOf = (levels: LevelSettings, level: string | null): number =>
  ruleOf(levels, level)?.pointsPercent ?? 100;

/** The level from before the sale counts: one that the sale itself brings begins with the next. */
export function pointsPercentFor(world: World, known: Sale | undefined, member: Member | null): number {
  if (known?.memberId != null) return known.pointsPercent;
  return member ? pointsPercentOf(world.config.settings.levels, member.level) : 100;
}
