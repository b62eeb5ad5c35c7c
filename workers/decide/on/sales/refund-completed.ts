/** 退货: the remaining basket is decided again and the difference posted; a second telling changes nothing. */
import type { Refund, RefundCompleted, Sale, StoreId } from '../../../../schema/index.ts';
import { campaignsAt } from '../../campaigns/campaigns-at.ts';
import { giveBack } from '../../coupons/use/give-back.ts';
import { accept, ignore, park, type Decision, type Effect } from '../../effects.ts';
import { memberOf, settleMember } from '../../members/who/identities.ts';
import { orphanSaleId, paymentNoIn } from '../../plain/causes.ts';
import { pointsPercentOf } from '../../levels/points-factor.ts';
import { pointsFor } from '../../money/points.ts';
import { afterBack, giveBackSpent } from '../../points/given-back.ts';
import { askForUsed } from '../../points/on-receipt.ts';
import { leftFen } from '../../sales/paid-back.ts';
import { ofPaidSale } from '../../sales/numbers/paid-by.ts';
import { ofKeptRefund, withRefundNo } from '../../sales/numbers/former-numbers.ts';
import { isSame, numbered, toldAgain, toRefund } from '../../sales/refunds.ts';
import { keptFenOf, remainingLines } from '../../sales/remaining.ts';
import { toLine } from '../../sales/sale-lines.ts';
import { positionOf, settle, storedPosition } from '../../sales/settle.ts';
import { refundOfAnother } from '../../sales/numbers/which-sale.ts';
import { post } from '../../money/take-back.ts';
import type { On } from '../define.ts';
import { headOf, type World } from '../../world.ts';

export const refundCompleted: On<RefundCompleted> = {
  needs(event, ask) {
    const { data, saleId } = event;
    ask.identify(event, data.member);
    // Looked up even when the sale is named: the refund may have come before without naming it.
    ask.sale(orphanSaleId(event));
    if (saleId !== null) {
      ask.sale(saleId);
      if (paymentNoIn(saleId) !== null) ask.rows('salePayments', saleId);
    }
    for (const id of event.formerly?.ids ?? []) ask.sale(id);
    for (const refundNo of event.refundNosFormerly ?? [])
      ask.sale(orphanSaleId(withRefundNo(event, refundNo)));
    for (const id of [saleId, ...(event.formerly?.ids ?? [])]) if (id !== null) askForUsed(id, ask);
    for (const { sku } of data.lines) ask.product(sku);
    ask.deep();
  },
  asKept: (world, event) => ofKeptRefund(world, ofPaidSale(world, event)),
  decide: onRefundCompleted,
};

function onRefundCompleted(world: World, told: RefundCompleted): Decision {
  // Its sale may have been told in this very group.
  const event = ofPaidSale(world, told);
  const { saleId, data } = event;
  if (saleId === null || data.scope === 'no_original') return onRefundWithoutOriginal(world, event);
  const sale = world.sales.get(saleId);
  if (!sale) return { verdict: 'waiting', saleId };
  const another = refundOfAnother(world, sale, event);
  if (another) return park(another);
  const orphans = world.refunds.get(orphanSaleId(event)) ?? [];
  if (numbered(orphans, data.refundNo)) {
    // The refund was already posted without its sale.
    return park({ code: 'REFUND_TAKEN_BEFORE', refundNo: data.refundNo, orderNo: sale.orderNo });
  }
  const refunds = world.refunds.get(saleId) ?? [];
  const refund = toRefund(world.products, event, saleId, sale.memberId);
  const known = numbered(refunds, data.refundNo);
  const settled = known ? toldAgain(known, refund) : null;
  if (settled) return settled;
  const others = refunds.filter((one) => one !== known);
  const tooMuch = exceeds(world, sale, others, refund);
  if (tooMuch) return tooMuch;
  const cause = `refund:${saleId}/${data.refundNo}`;
  return takeBack(world, sale, {
    refunds: [...others, refund],
    voidedAt: sale.voidedAt,
    effects: [{ type: 'refund.put', refund }],
    cause: known ? `${cause}@${refund.version}` : cause,
    at: event.occurredAt,
    storeId: (data.store?.id as StoreId | undefined) ?? sale.storeId,
  });
}

/** What was never paid cannot be paid back: somebody has to see which of the two is wrong. */
function exceeds(world: World, sale: Sale, others: readonly Refund[], refund: Refund): Decision | null {
  const lines = world.lines.get(sale.id) ?? [];
  if (leftFen(sale, lines, [...others, refund]) >= 0) return null;
  const { refundNo, refundedFen } = refund;
  const { orderNo } = sale;
  return park({
    code: 'REFUND_EXCEEDS',
    refundNo,
    orderNo,
    refundedFen,
    leftFen: leftFen(sale, lines, others),
  });
}

/** What refunds and voids share: posts the sale's new position. */
export function takeBack(
  world: World,
  sale: Sale,
  change: {
    refunds: readonly Refund[];
    voidedAt: number | null;
    effects: readonly Effect[];
    cause: string;
    at: number;
    storeId: StoreId;
  },
): Decision {
  const { refunds, voidedAt, cause, at, storeId } = change;
  const lines = world.lines.get(sale.id) ?? [];
  const left = remainingLines({ ...sale, voidedAt }, lines, refunds);
  const changed: Sale = { ...sale, voidedAt, rev: sale.rev + 1 };
  const spent = giveBackSpent(world, { sale: changed, left, cause, at, storeId });
  const effects = [
    ...change.effects,
    ...giveBack(world, { sale: changed, left, cause, at, storeId }),
    ...spent,
  ];
  if (sale.memberId === null) {
    const put: Effect = { type: 'sale.put', sale: { ...changed, keptFen: keptFenOf(left) }, lines: null };
    return accept([...effects, put]);
  }
  const after = positionOf(sale, left);
  const settled = settle(afterBack(world, spent), {
    sale: changed,
    member: memberOf(world, sale.memberId),
    before: storedPosition(world, sale),
    after,
    campaigns: campaignsAt(world, 'sale.completed', sale),
    cause,
    at,
    storeId,
    occasion: 'return',
  });
  const put: Effect = {
    type: 'sale.put',
    sale: { ...changed, keptFen: after.keptFen, points: settled.points, growth: settled.growth },
    lines: null,
  };
  return accept([...effects, put, ...settled.effects]);
}

/** 无原单退货: what the goods earned is unknown, so the points for the refunded money are taken back, under the take-back policy. */
function onRefundWithoutOriginal(world: World, event: RefundCompleted): Decision {
  const { data, occurredAt } = event;
  const { refundNo } = data;
  const saleId = orphanSaleId(event);
  const known = numbered(world.refunds.get(saleId) ?? [], refundNo);
  if (known) {
    if (isSame(known, toRefund(world.products, event, saleId, known.memberId)))
      return ignore({ code: 'REFUND_KNOWN', refundNo });
    // How much the first telling took back is not stored.
    const { refundedFen } = data.amounts;
    return park({ code: 'ORPHAN_REFUND_CHANGED', refundNo, refundedFen, knownFen: known.refundedFen });
  }
  // Who brings goods back is no newcomer: somebody unknown has nothing that could be taken back.
  const settled = settleMember(world, event, data.member, { makes: false });
  if ('unsettled' in settled) return settled.unsettled;
  const { member } = settled;
  const refund = toRefund(world.products, event, saleId, member?.id ?? null);
  const effects: Effect[] = [{ type: 'refund.put', refund }];
  if (!member) return accept(effects);
  const spentFen = Math.max(0, member.spentFen - data.amounts.refundedFen);
  effects.push({ type: 'member.put', member: { ...member, spentFen } });
  // 历史单据: what was bought before brought no points, so none come back.
  if (event.isHistory) return accept(effects);

  const cause = `refund:${saleId}/${data.refundNo}`;
  const lines = data.lines.map((line) =>
    toLine(saleId, line.lineNo ?? '', line, line.amountFen, line.amountFen, world.products),
  );
  const listedFen = data.lines.reduce((sum, { amountFen }) => sum + amountFen, 0);
  const base = { earningFen: data.amounts.refundedFen, pointsFactorMilli: 1000 };
  const earned = listedFen === data.amounts.refundedFen && lines.length > 0 ? lines : [base];
  // What the level was then is unknown: the member's own of today counts.
  const percent = pointsPercentOf(world.config.settings.levels, member.level);
  const owed = { points: pointsFor(earned, percent), growth: pointsFor(earned) };
  for (const account of ['points', 'growth'] as const) {
    const head = headOf(world, member.id, account);
    // Without the sale its points cannot be told from others, so the whole balance is liable.
    const policy =
      account === 'points' && world.config.settings.takeBack === 'unlimited' ? 'unlimited' : 'within_balance';
    const posted = post(
      {
        memberId: member.id,
        account,
        at: occurredAt,
        storeId: (data.store?.id as StoreId | undefined) ?? null,
      },
      [{ cause, delta: -owed[account] }],
      head,
      policy,
      head.credited,
    );
    effects.push(...posted.effects);
  }
  return accept(effects);
}
