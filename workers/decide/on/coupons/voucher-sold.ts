/**
 * 卖预售券: paid for in advance, within its window, once for each number. Like a recharge it is no sale: it earns no points and counts
 * as no purchase; what is paid beside the voucher on its day does.
 */
import type { MemberId, StoreId, VoucherMiss, VoucherSale, VoucherSold } from '../../../../schema/index.ts';
import { timezoneOf } from '../../config.ts';
import { countTemplate, newCoupon, type GrantContext } from '../../coupons/issue-coupon.ts';
import { couponKindOf } from '../../coupons/kinds/index.ts';
import type { Offer } from '../../coupons/kinds/define.ts';
import { roomFor } from '../../coupons/room.ts';
import { accept, ignore, park, refuse, type Decision, type Effect } from '../../effects.ts';
import { settleMember, type SettledMember } from '../../members/who/identities.ts';
import { keysThatCount } from '../../members/who/identity-keys.ts';
import { localDate } from '../../plain/dates.ts';
import { newStore } from '../../sales/new-store.ts';
import type { On } from '../define.ts';
import type { World } from '../../world.ts';

export const voucherSold: On<VoucherSold> = {
  needs(event, ask) {
    if (event.memberId !== undefined) ask.member(event.memberId);
    ask.identify(event, event.data.member);
    ask.rows('voucherSales', event.voucherSaleId);
  },
  decide: onVoucherSold,
};

/** Whoever waits is told; otherwise the money is in the till already, and a person has to look. */
export const missed = ({ isAsked, data }: AskedOrTold, miss: VoucherMiss): Decision =>
  isAsked ? refuse({ code: 'VOUCHER', miss }) : park({ code: 'VOUCHER', saleNo: data.saleNo, miss });
type AskedOrTold = Pick<VoucherSold, 'isAsked'> & { readonly data: { readonly saleNo: string } };

export const voucherCause = ({ voucherSaleId }: Pick<VoucherSold, 'voucherSaleId'>): string =>
  `voucher:${voucherSaleId}`;

function onVoucherSold(world: World, event: VoucherSold): Decision {
  const { data, voucherSaleId } = event;
  const known = world.voucherSales.get(voucherSaleId);
  if (known) return toldAgain(world, known, event);
  // Before a member is made or joined for it: what follows such a step cannot be refused any more.
  const offer = offerOf(world, event);
  if ('reason' in offer) return missed(event, offer);
  const left = leftFor(world, event);
  if (left < data.count) return missed(event, { reason: 'NONE_LEFT', left });
  const settled = buyerOf(world, event);
  if ('unsettled' in settled) return settled.unsettled;
  const { member } = settled;
  if (!member)
    return event.isAsked
      ? refuse({ code: 'NO_MEMBER' })
      : park({ code: 'IDENTITY_MISSING', field: 'data.member' });
  const context = contextOf(world, event, member.id);
  const { storeId } = context;
  const coupons = Array.from({ length: data.count }, (_, place) => ({
    ...newCoupon(world, context, null, data.templateId, place),
    paidFen: offer.priceFen,
  }));
  const row: VoucherSale = {
    id: voucherSaleId,
    memberId: member.id,
    storeId,
    templateId: data.templateId,
    couponIds: coupons.map(({ id }) => id),
    paidFen: offer.priceFen * data.count,
    soldAt: event.occurredAt,
    refundedIds: [],
  };
  return accept([
    ...newStore(world, data.store),
    { type: 'member.put', member },
    ...coupons.map((coupon): Effect => ({ type: 'coupon.issue', coupon })),
    { type: 'voucher-sale.put', row },
    {
      type: 'ledger.post',
      memberId: member.id,
      account: 'prepaid',
      delta: row.paidFen,
      cause: context.cause,
      at: event.occurredAt,
      overdraft: false,
      storeId,
    },
    ...countTemplate(world, context, data.templateId, data.count),
  ]);
}

function offerOf(world: World, { data, occurredAt }: VoucherSold): Offer | VoucherMiss {
  const definition = world.config.templates.get(data.templateId);
  const offer = definition ? couponKindOf(definition).offer(definition) : null;
  if (!offer) return { reason: 'NOT_FOR_SALE' };
  const { from, to, priceFen } = offer;
  if (occurredAt < from || occurredAt >= to) return { reason: 'SALE_CLOSED', from, to };
  const dueFen = priceFen * data.count;
  const toldFen = data.paidFen ?? dueFen;
  return toldFen === dueFen ? offer : { reason: 'AMOUNT_DIFFERS', toldFen, dueFen };
}

const contextOf = (world: World, event: VoucherSold, memberId: MemberId): GrantContext => {
  const storeId = event.data.store.id as StoreId;
  return {
    cause: voucherCause(event),
    seedOf: event.id,
    memberId,
    saleId: null,
    storeId,
    occurredAt: event.occurredAt,
    on: localDate(event.occurredAt, timezoneOf(world.config, storeId)),
  };
};

/** Somebody who is not known yet has none. */
const nobodyYet = '' as MemberId;

function leftFor(world: World, event: VoucherSold): number {
  const owners = ownersOf(world, event);
  const rooms = (owners.length > 0 ? owners : [nobodyYet]).map(
    (memberId) => roomFor(world, contextOf(world, event, memberId), event.data.templateId).left,
  );
  return Math.min(...rooms);
}

function ownersOf(world: World, { data, memberId, namespace }: VoucherSold): MemberId[] {
  if (memberId !== undefined) return [memberId];
  return keysThatCount(world, data.member, namespace).flatMap((key) => world.identities.get(key) ?? []);
}

function buyerOf(world: World, event: VoucherSold): SettledMember {
  const { memberId, data } = event;
  if (memberId === undefined)
    return settleMember(world, event, data.member, { born: { storeId: data.store.id as StoreId } });
  const member = world.members.get(memberId);
  return { member: member && member.mergedInto === null && member.deletedAt === null ? member : null };
}

function toldAgain(world: World, known: VoucherSale, event: VoucherSold): Decision {
  const { data } = event;
  const owners = ownersOf(world, event);
  const isSame =
    known.templateId === data.templateId &&
    known.couponIds.length === data.count &&
    known.storeId === data.store.id &&
    (owners.length === 0 || owners.includes(known.memberId));
  return isSame
    ? ignore({ code: 'VOUCHER_KNOWN', saleNo: data.saleNo })
    : missed(event, { reason: 'NUMBER_TAKEN' });
}
