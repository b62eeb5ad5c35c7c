/**
 * 储值单从前的单号: what a source told of stored value before it said that its numbers begin again. Of a move neither the terminal nor
 * the business day is kept: the same one is known by its store and its moment, and one that is only named by its store and its day.
 */
import type {
  Formerly,
  StoredMove,
  StoredMoveId,
  StoredValueCashedOut,
  StoredValueRefunded,
  StoredValueReversed,
  StoredValueSpent,
} from '../../../../schema/index.ts';
import { timezoneOf } from '../../config.ts';
import { localDate } from '../../plain/dates.ts';
import type { World } from '../../world.ts';

type OfOwnNumber = StoredValueSpent | StoredValueRefunded | StoredValueCashedOut;

/** Told again under its new number, it is not done a second time. */
export function ofKeptMove<Event extends OfOwnNumber>(world: World, event: Event): Event {
  const { moveId, formerly, occurredAt } = event;
  if (!formerly || world.storedMoves.has(moveId)) return event;
  const kept = formerly.ids.find((id) => {
    const known = world.storedMoves.get(id);
    return known?.storeId === formerly.place.store && known?.occurredAt === occurredAt;
  });
  return kept === undefined ? event : { ...event, moveId: kept };
}

/** What came back, of a spending that may be kept under a former number. */
export function ofKeptSpending(world: World, told: StoredValueRefunded): StoredValueRefunded {
  const event = ofKeptMove(world, told);
  const { spendingId, spendingFormerly } = event;
  if (spendingId === null || !spendingFormerly || world.storedMoves.has(spendingId)) return event;
  const kept = spendingFormerly.ids.find((id) => isAt(world, world.storedMoves.get(id), spendingFormerly));
  return kept === undefined ? event : { ...event, spendingId: kept };
}

function isAt(world: World, known: StoredMove | undefined, { place }: Formerly<StoredMoveId>): boolean {
  if (known?.storeId == null || known.storeId !== place.store) return false;
  const day = localDate(known.occurredAt, timezoneOf(world.config, known.storeId));
  return place.day == null || place.day === day;
}

/** The recharge that never was; calling it off has its number. */
export function ofKeptReversal(world: World, event: StoredValueReversed): StoredValueReversed {
  const { rechargeId, formerly } = event;
  if (!formerly || world.recharges.has(rechargeId)) return event;
  const kept = formerly.ids.find((id) => {
    const known = world.recharges.get(id);
    if (!known || known.storeId !== formerly.place.store) return false;
    const day = localDate(known.occurredAt, timezoneOf(world.config, known.storeId));
    return formerly.place.day == null || formerly.place.day === day;
  });
  if (kept === undefined) return event;
  return { ...event, rechargeId: kept, moveId: `reversed:${kept}` as StoredMoveId };
}
