/** 单上的会员码: a sale that names its buyer by the code on her phone is given the member, or the reason why it is not. */
import type { InboxEvent, SaleCompleted } from '../../../schema/index.ts';
import { dayMs } from '../../decide/plain/dates.ts';
import { memberCodeRead, minuteOf, type MemberCode } from '../../platform/member-code.ts';
import type { Engine, Normalised, WrongCode } from '../engine.ts';
import { codesShown, type Shown } from './shown.ts';

/** From the scan until the receipt is paid. */
const checkoutMinutes = 10;
/** A phone's clock and the till's may be so far apart. */
const driftMinutes = 1;
/** What was right so shortly before is over, and no slip. */
const overMinutes = 60;
/** A till without a network tells its sales later; after that nobody can say any more who stood there. */
const toldWithinMs = dayMs;

type Naming = {
  readonly place: number;
  readonly event: SaleCompleted;
  readonly code: MemberCode | null;
  readonly isLate: boolean;
};

/** What names no code costs nothing. */
export async function namedByCode(
  engine: Engine,
  rows: readonly Pick<InboxEvent, 'receivedAt'>[],
  normalised: readonly Normalised[],
): Promise<readonly Normalised[]> {
  const naming = normalised.flatMap((one, place) => namingOf(one, place, rows[place]?.receivedAt ?? 0));
  if (naming.length === 0) return normalised;
  const sought = naming.flatMap(({ code, isLate, event }) =>
    code === null || isLate ? [] : [{ event, code, minutes: minutesOf(event.occurredAt) }],
  );
  const found = await codesShown(engine, sought);
  const shown = new Map(sought.map(({ event }, place) => [event, found[place] ?? null]));
  const named = new Map(naming.map((one) => [one.place, nameIn(one, shown.get(one.event) ?? null)]));
  return normalised.map((one, place) => ({ ...one, ...named.get(place) }));
}

function namingOf(one: Normalised, place: number, receivedAt: number): Naming[] {
  if (!('event' in one) || one.event.type !== 'sale.completed') return [];
  const typed = one.event.data.member?.memberCode;
  if (!typed) return [];
  const isLate = receivedAt - one.event.occurredAt > toldWithinMs;
  return [{ place, event: one.event, code: memberCodeRead(typed), isLate }];
}

/** The likeliest first: nearest to the receipt. */
const minutesOf = (occurredAt: number): number[] =>
  Array.from(
    { length: driftMinutes + 1 + overMinutes },
    (_, place) => minuteOf(occurredAt) + driftMinutes - place,
  );

type Named = { readonly event: SaleCompleted } | { readonly wrongMemberCode: WrongCode };

function nameIn({ event, code, isLate }: Naming, shown: Shown | null): Named {
  if (code === null) return { wrongMemberCode: 'no-code' };
  if (isLate) return { wrongMemberCode: 'over' };
  if (shown === null) return { wrongMemberCode: 'unknown' };
  if (shown.minute < minuteOf(event.occurredAt) - checkoutMinutes) return { wrongMemberCode: 'over' };
  return { event: { ...event, shownBy: shown.owner.mergedInto ?? shown.owner.id } };
}
