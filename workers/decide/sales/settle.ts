/** 结算: brings a member from what a sale earned before to what its kept part earns now, by posting the difference. */
import type { Marks, Sale, SaleLine } from '../../../schema/index.ts';
import { toBasketLines } from './basket.ts';
import { afterReturn } from '../campaigns/after-return.ts';
import { choose } from '../campaigns/choose.ts';
import { timezoneOf } from '../config.ts';
import type { Effect } from '../effects.ts';
import type { Due } from '../campaigns/entitlement.ts';
import { meet } from '../campaigns/evaluate.ts';
import { noLot } from '../money/lots.ts';
import { pointsFor } from '../money/points.ts';
import { isKept, keptFenOf, remainingLines } from './remaining.ts';
import type { Position, Settlement } from './settlement.ts';
import { settlers } from './settlers/index.ts';
import type { GrantContext } from '../coupons/issue-coupon.ts';
import { changesOf } from '../campaigns/grant-changes.ts';
import { settleGrants, type SettledGrants } from '../campaigns/settle-grants.ts';
import { tellTexts } from '../campaigns/tell-texts.ts';
import { wearsApart } from '../tags/wears.ts';
import { saleCause } from '../plain/causes.ts';
import { recallPackets } from '../money/recalls.ts';
import { isLongAgo, openidOf, type World } from '../world.ts';

export const nothing: Position = { lines: [], keptFen: 0, isKept: false, points: 0, growth: 0 };

/** History counts, and earns nothing. A level's factor is for points: growth decides of levels, and does not feed itself. */
export function positionOf(
  { isHistory, pointsPercent }: Pick<Sale, 'isHistory' | 'pointsPercent'>,
  lines: readonly SaleLine[],
): Position {
  const signed = lines.map((line) =>
    line.kind === 'exchange_in' ? { ...line, earningFen: -line.earningFen } : line,
  );
  const [points, growth] = isHistory ? [0, 0] : [pointsFor(signed, pointsPercent), pointsFor(signed)];
  return { lines, keptFen: keptFenOf(lines), isKept: isKept(lines), points, growth };
}

/** The position of a stored sale: what was last posted, and the lines that are still kept. */
export function storedPosition(world: World, sale: Sale): Position {
  const lines = world.lines.get(sale.id) ?? [];
  const kept = positionOf(sale, remainingLines(sale, lines, world.refunds.get(sale.id) ?? []));
  return { ...kept, keptFen: sale.keptFen, points: sale.points, growth: sale.growth };
}

export type SettledSale = {
  readonly effects: readonly Effect[];
  /** The sum of the sale's postings without campaigns: its entitlement, and what could not be taken back. */
  readonly points: number;
  readonly growth: number;
  readonly marks: Marks;
};

export function settle(world: World, settlement: Settlement): SettledSale {
  const { sale, member, before, after, cause, at, occasion } = settlement;
  const context: GrantContext = {
    cause: saleCause(sale.id),
    seedOf: sale.id,
    memberId: member.id,
    saleId: sale.id,
    storeId: sale.storeId,
    occurredAt: sale.occurredAt,
    on: sale.occurredOn,
  };
  const held = world.grants.get(context.cause) ?? [];
  const changes = changesOf(held, after.isKept ? duesOf(world, settlement, context) : []);
  const granted = settleGrants(world, context, changes, {
    cause,
    at,
    storeId: settlement.storeId ?? sale.storeId,
    base: { points: after.points - before.points, growth: after.growth - before.growth },
    isMoved: occasion === 'moved',
    marks: sale.marks,
    lot: sale.pointsLot ?? noLot,
  });
  const effects: Effect[] = [...granted.effects];
  effects.push(...recallPackets(world, sale, granted, 'returned'));
  for (const settler of settlers) effects.push(...settler(world, settlement, effects));
  // History wakes nobody, and neither does what happened long ago.
  const isToldOf = !sale.isHistory && !isLongAgo(world, sale.occurredAt);
  if (isToldOf && occasion === 'sale') effects.push(...tell(world, settlement, granted.given));
  if (isToldOf && (occasion === 'sale' || occasion === 'correction'))
    effects.push(...tellTexts(world, { memberId: member.id, cause, at: sale.occurredAt }, changes));
  return {
    effects,
    points: after.points + (granted.baseShort.points ?? 0),
    growth: after.growth + (granted.baseShort.growth ?? 0),
    marks: granted.marks,
  };
}

function duesOf(world: World, settlement: Settlement, context: GrantContext): readonly Due[] {
  const { sale, member, before, after, campaigns, occasion } = settlement;
  const met = meet(campaigns, toBasketLines(after.lines), {
    storeId: sale.storeId,
    at: sale.occurredAt,
    timezone: timezoneOf(world.config, sale.storeId),
    member,
    wears: wearsApart(world, {
      memberId: member.id,
      on: sale.occurredOn,
      lines: before.lines,
      held: world.grants.get(context.cause) ?? [],
    }),
    ordersBefore: sale.ordersBefore,
  });
  // An exchange for something dearer counts as a purchase.
  const isLess = occasion === 'return' && after.keptFen <= before.keptFen;
  return choose(world, isLess ? afterReturn(world, met, context, campaigns) : met, context).dues;
}

function tell(
  world: World,
  { sale, member, after, cause }: Settlement,
  given: SettledGrants['given'],
): Effect[] {
  if (!world.config.settings.tellSale || openidOf(world, member.id) === null) return [];
  const payload = {
    storeId: sale.storeId,
    paidFen: sale.paidFen,
    earned: { ...given, points: after.points + (given['points'] ?? 0) },
    at: sale.occurredAt,
  };
  const note = {
    cause: `${cause}/told`,
    kind: 'sale-earned',
    memberId: member.id,
    associateId: null,
    payload,
    dueAt: world.now,
  };
  return [{ type: 'message.queue', note }];
}
