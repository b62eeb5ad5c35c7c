/** 有没有标签, for conditions: what a receipt itself brought says nothing of whether it is promised anything. */
import type { Grant, MemberId, SaleLine } from '../../../schema/index.ts';
import { shopDay } from '../money/lots.ts';
import { tagsOf } from '../sales/remaining.ts';
import { pairKey, type World } from '../world.ts';
import { holds, ruleRow, withReceipt } from './rules.ts';
import { isWorn } from './worn.ts';

type Wears = (tag: string) => boolean;

export const wearsNow =
  (world: World, memberId: MemberId): Wears =>
  (tag) => {
    const row = world.tags.get(pairKey(memberId, tag));
    return row !== undefined && isWorn(row);
  };

type Receipt = {
  readonly memberId: MemberId;
  readonly on: string;
  /** What is counted of it so far. */
  readonly lines: readonly SaleLine[];
  readonly held: readonly Grant[];
};

export const wearsApart =
  (world: World, { memberId, on, lines, held }: Receipt): Wears =>
  (tag) => {
    const row = world.tags.get(pairKey(memberId, tag));
    if (row === undefined || row.manual || row.off) return row?.manual ?? false;
    const bought = tagsOf(lines).has(tag) ? 1 : 0;
    const given = held.filter(({ awards }) => [awards['tags']].flat().includes(tag)).length;
    const rules = world.config.tags.rules.filter((rule) => {
      const known = rule.tag === tag ? ruleRow(world, memberId, rule) : undefined;
      if (known === undefined || known.met === 0) return false;
      const without = withReceipt(rule, known.dayTotals, { on, before: lines, after: [] });
      return !holds(rule, without, shopDay(world.now));
    });
    return row.support > bought + given + rules.length;
  };
