/** 销售: a sale is stored and earns; the same sale told again with a higher version is corrected. */
import type {
  AssociateId,
  Member,
  Sale,
  SaleCompleted,
  SaleLine,
  StoreId,
} from '../../../../schema/index.ts';
import { standIn } from '../../members/stand-in.ts';
import { campaignsAt } from '../../campaigns/campaigns-at.ts';
import { timezoneOf } from '../../config.ts';
import { localDate } from '../../plain/dates.ts';
import { compareVersions } from '../../plain/versions.ts';
import { newPlaces } from '../../sales/new-store.ts';
import { accept, park, type Decision, type Effect } from '../../effects.ts';
import { pointsPercentFor } from '../../levels/points-factor.ts';
import { saleLot } from '../../money/lots.ts';
import { askToUse, useOn } from '../../points/on-receipt.ts';
import { packetOf } from '../../money/transfers.ts';
import { memberOf, settleMember } from '../../members/who/identities.ts';
import type { Born } from '../../members/who/new-member.ts';
import { ofKeptSale } from '../../sales/numbers/former-numbers.ts';
import { paidBy } from '../../sales/numbers/paid-by.ts';
import { ordersBefore } from '../../sales/orders-before.ts';
import { remainingLines } from '../../sales/remaining.ts';
import { repeatedLineNo, saleLines } from '../../sales/sale-lines.ts';
import { nothing, positionOf, settle, storedPosition } from '../../sales/settle.ts';
import type { Position } from '../../sales/settlement.ts';
import { saleToldAgain } from '../../sales/told-again.ts';
import type { On } from '../define.ts';
import type { World } from '../../world.ts';

export const saleCompleted: On<SaleCompleted> = {
  needs(event, ask) {
    const { data, saleId } = event;
    ask.identify(event, data.member);
    if (event.shownBy !== undefined) ask.member(event.shownBy);
    ask.sale(saleId);
    for (const id of event.formerly?.ids ?? []) {
      ask.sale(id);
      ask.waiters(id);
    }
    for (const payment of event.payments ?? []) ask.rows('salePayments', payment);
    for (const { sku } of data.lines) ask.product(sku);
    if (data.associate) ask.associate(data.associate.id);
    askToUse(event, ask);
  },
  asKept: ofKeptSale,
  decide: onSaleCompleted,
  tells: ({ saleId, payments = [] }) => [saleId, ...payments],
};

function onSaleCompleted(world: World, event: SaleCompleted): Decision {
  const { data, saleId } = event;
  const known = world.sales.get(saleId);
  const lines = saleLines(saleId, data, world.products, world.config.settings.pointsAsMoney);
  const repeated = repeatedLineNo(lines);
  if (repeated !== null) return park({ code: 'LINE_REPEATED', lineNo: repeated });

  if (known) {
    const unheard = saleToldAgain(world, known, event, lines);
    if (unheard) return unheard;
  }

  const settled = settleMember(world, event, data.member, { born: bornOf(world, data) });
  if ('unsettled' in settled) return settled.unsettled;
  // A correction that names nobody says nothing of the buyer: many a till leaves the member out, or masks them, later on.
  const named = settled.member ?? shownIn(world, event);
  const member = named ?? (known?.memberId == null ? null : memberOf(world, known.memberId));

  // The corrected sale names another member: the first one gives everything back, then the sale is decided again.
  if (known?.memberId != null && known.memberId !== member?.id) return disown(world, known, event);

  const { sale, sold } = standing(world, event, { known, member, lines });
  const after = positionOf(sale, remainingLines(sale, sold, world.refunds.get(saleId) ?? []));
  const kept: Sale = { ...sale, keptFen: after.keptFen };
  const effects: Effect[] = [
    ...newPlaces(world, event),
    ...paidBy(world, event.payments ?? [], saleId),
    ...useOn(world, event, member?.id ?? null),
  ];
  if (!member) return accept([...effects, { type: 'sale.put', sale: kept, lines: sold }]);
  const {
    effects: earned,
    points,
    growth,
    marks,
  } = settle(world, {
    sale,
    member,
    before: known?.memberId == null ? nothing : storedPosition(world, known),
    after,
    campaigns: campaignsAt(world, 'sale.completed', sale),
    cause: known ? `sale:${saleId}@${data.version}` : `sale:${saleId}`,
    at: event.occurredAt,
    occasion: isFirstOf(known, after) ? 'sale' : 'correction',
  });
  effects.push({ type: 'sale.put', sale: { ...kept, points, growth, marks }, lines: sold }, ...earned);
  return accept(effects, packetOf(event, member.id, earned));
}

/** 会员码: it leads to somebody who is there, and makes nobody a member nor anybody's number hers. */
function shownIn(world: World, { shownBy }: SaleCompleted): Member | null {
  const member = shownBy === undefined ? undefined : world.members.get(shownBy);
  return member && member.mergedInto === null && member.deletedAt === null ? member : null;
}

/** Checked against the form of an id at the edge; here they only change their name. */
const placeOf = ({ store, associate }: SaleCompleted['data']) => ({
  storeId: store.id as StoreId,
  associateId: (associate?.id ?? null) as AssociateId | null,
});

/** Whoever is named late is told of the sale as everybody is, unless it is all over. */
const isFirstOf = (known: Sale | undefined, after: Position): boolean =>
  !known || (known.memberId === null && after.isKept);

/** 无主会员: whoever serves somebody new is only suggested to them. */
function bornOf(world: World, data: SaleCompleted['data']): Born {
  const { storeId, associateId } = placeOf(data);
  const sellerId = standIn(world, associateId);
  return { storeId, sellerId, associateId: world.config.settings.firstSellerOwns ? sellerId : null };
}

type Before = { readonly known: Sale | undefined; readonly member: Member | null };

/** The sale with its lines, before anything is earned by it: as it is told, or as a later telling has it that left the buyer out. */
function standing(
  world: World,
  event: SaleCompleted,
  { known, member, lines }: Before & { readonly lines: readonly SaleLine[] },
): { readonly sale: Sale; readonly sold: readonly SaleLine[] } {
  const isOutdated = known && compareVersions(event.data.version, known.version) === 'earlier';
  if (!isOutdated || !member) return { sale: unearned(world, event, { known, member }), sold: lines };
  const sale: Sale = {
    ...known,
    memberId: member.id,
    ordersBefore: ordersBefore(known, member),
    pointsPercent: pointsPercentFor(world, known, member),
    rev: known.rev + 1,
  };
  return { sale, sold: world.lines.get(known.id) ?? [] };
}

/** The sale as it was told, before anything is earned by it. */
function unearned(
  world: World,
  { data, saleId, occurredAt, isHistory }: SaleCompleted,
  { known, member }: Before,
): Sale {
  const { storeId, associateId } = placeOf(data);
  const occurredOn = localDate(occurredAt, timezoneOf(world.config, storeId));
  return {
    id: saleId,
    memberId: member?.id ?? null,
    orderNo: data.orderNo,
    version: data.version,
    storeId,
    terminal: data.terminal ?? null,
    associateId,
    channel: data.channel,
    occurredAt,
    occurredOn,
    paidFen: data.amounts.paidFen,
    keptFen: 0,
    voidedAt: known?.voidedAt ?? null,
    evaluatedAt: known?.evaluatedAt ?? world.now,
    isHistory: known?.isHistory ?? isHistory === true,
    points: 0,
    growth: 0,
    marks: known?.marks ?? {},
    rev: (known?.rev ?? 0) + 1,
    pointsLot: known ? known.pointsLot : saleLot(world.config.settings.points, occurredOn),
    businessOn: data.businessDate ?? null,
    ordersBefore: member ? ordersBefore(known, member) : 0,
    pointsPercent: pointsPercentFor(world, known, member),
  };
}

function disown(world: World, known: Sale, event: SaleCompleted): Decision {
  if (known.memberId === null) throw new Error(`sale ${known.id} has no member to be taken from`);
  const given = settle(world, {
    sale: known,
    member: memberOf(world, known.memberId),
    before: storedPosition(world, known),
    after: nothing,
    campaigns: campaignsAt(world, 'sale.completed', known),
    cause: `sale:${known.id}@${event.data.version}/moved`,
    at: event.occurredAt,
    occasion: 'moved',
  });
  const sale: Sale = { ...known, memberId: null, points: 0, growth: 0, rev: known.rev + 1 };
  return accept([{ type: 'sale.put', sale, lines: null }, ...given.effects], [event]);
}
