/**
 * 从前的单号: a source may say late that its numbers begin again. What it told before stays under the number it was told by, and is
 * found there by what it says of its place; everything else is known by the new one.
 */
import type {
  Formerly,
  NumberPlace,
  RefundCompleted,
  Sale,
  SaleId,
  SaleVoided,
  SaleCompleted,
  SalePaid,
  StoredValueRecharged,
} from '../../../../schema/index.ts';
import { orphanSaleId } from '../../plain/causes.ts';
import type { World } from '../../world.ts';
import { numbered } from '../refunds.ts';

export const withRefundNo = (event: RefundCompleted, refundNo: string): RefundCompleted => ({
  ...event,
  data: { ...event.data, refundNo },
});

/** The event itself, unless its sale is kept under a former number. */
export function ofKeptSale<Event extends SaleCompleted | SaleVoided | SalePaid | RefundCompleted>(
  world: World,
  event: Event,
): Event {
  const { saleId, formerly } = event;
  if (!formerly || saleId === null || world.sales.has(saleId)) return event;
  const kept = formerly.ids.find((id) => isAt(world.sales.get(id), formerly));
  return kept === undefined ? event : { ...event, saleId: kept };
}

/** A part that the kept sale does not have is no proof: then the new number counts. */
function isAt(sale: Sale | undefined, { place }: Formerly<SaleId>): boolean {
  if (!sale) return false;
  const { storeId, terminal, businessOn, occurredOn } = sale;
  const own: NumberPlace = { store: storeId, terminal, day: businessOn ?? occurredOn };
  const parts = Object.keys(place) as (keyof NumberPlace)[];
  return parts.every((part) => own[part] === place[part]);
}

/** A return is never another than the one of the same moment. */
export function ofKeptRefund(world: World, told: RefundCompleted): RefundCompleted {
  const event = ofKeptSale(world, told);
  const { saleId, data, refundNosFormerly = [] } = event;
  const isKept = (id: SaleId, refundNo: string): boolean =>
    numbered(world.refunds.get(id) ?? [], refundNo)?.occurredAt === event.occurredAt;
  if (saleId !== null && isKept(saleId, data.refundNo)) return event;
  const kept = refundNosFormerly.find(
    (refundNo) =>
      (saleId !== null && isKept(saleId, refundNo)) ||
      isKept(orphanSaleId(withRefundNo(event, refundNo)), refundNo),
  );
  return kept === undefined ? event : withRefundNo(event, kept);
}

/** So it is with a recharge, of which neither the terminal nor the business day is kept. */
export function ofKeptRecharge(world: World, event: StoredValueRecharged): StoredValueRecharged {
  const { rechargeId, formerly, occurredAt } = event;
  if (!formerly || world.recharges.has(rechargeId)) return event;
  const kept = formerly.ids.find((id) => {
    const known = world.recharges.get(id);
    return known?.storeId === formerly.place.store && known?.occurredAt === occurredAt;
  });
  return kept === undefined ? event : { ...event, rechargeId: kept };
}
