/** 会员等级: follows from what the member bought by now, this sale included; what comes back is looked at with the next sale. */
import { boundDays, boundTops, addDay, movedTop } from '../../levels/day-totals.ts';
import { isRuled } from '../../levels/rules.ts';
import { afterSale, levelNow, noStanding } from '../../levels/standing.ts';
import { shopDay } from '../../money/lots.ts';
import { isSame } from '../../plain/same.ts';
import type { Effect } from '../../effects.ts';
import { headOf } from '../../world.ts';
import type { Settler } from './define.ts';

export const memberLevel: Settler = (world, { sale, member, before, after, occasion }, effects) => {
  const { levels } = world.config.settings;
  if (!isRuled(levels)) return [];
  const put = effects.findLast((one) => one.type === 'member.put' && one.member.id === member.id);
  const totalled = put?.type === 'member.put' ? put.member : member;
  const growth = headOf(world, member.id, 'growth').balance + growthIn(effects, member.id);
  const today = shopDay(world.now);
  const known = world.standings.get(member.id) ?? noStanding(member, levels);
  const { level, standing = known } = levelNow(levels, { ...member, growth }, known, today);
  const on = sale.occurredOn;
  const days = addDay(standing.dayTotals, [
    on,
    after.keptFen - before.keptFen,
    Number(after.isKept) - Number(before.isKept),
  ]);
  const tops = movedTop(standing.tops, on, { before: before.keptFen, after: after.keptFen });
  const counted = {
    ...standing,
    dayTotals: boundDays(days, levels, today),
    tops: boundTops(tops, levels, today),
  };
  // An exchange for something dearer is a purchase.
  const isBought = after.isKept && (occasion !== 'return' || after.keptFen > before.keptFen);
  const { spentFen, orders } = totalled;
  const ranked = isBought
    ? afterSale(
        levels,
        // A correction that makes the purchase a smaller one takes back, too.
        { spentFen, orders, growth, level, spentBeforeFen: Math.min(member.spentFen, spentFen) },
        counted,
        today > on ? today : on,
      )
    : { level, standing: counted };
  return [
    ...(isSame(ranked.standing, world.standings.get(member.id))
      ? []
      : [{ type: 'standing.put', row: ranked.standing } as const]),
    ...(ranked.level === totalled.level
      ? []
      : [{ type: 'member.put', member: { ...totalled, level: ranked.level } } as const]),
  ];
};

const growthIn = (effects: readonly Effect[], memberId: string): number =>
  effects.reduce(
    (sum, one) =>
      one.type === 'ledger.post' && one.account === 'growth' && one.memberId === memberId
        ? sum + one.delta
        : sum,
    0,
  );
