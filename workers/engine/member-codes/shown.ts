/** 谁的会员码: whose code it is and of which minute, for as many as are asked in one look into the table. */
import { membersAt, type Numbered } from '../../db/member-codes/numbers.ts';
import { dayOf, tagOf, type MemberCode } from '../../platform/member-code.ts';
import type { Engine } from '../engine.ts';
import { dayKeys, opened, secretOf, type DayKey } from './seal.ts';

export type Sought = {
  readonly code: MemberCode;
  /** In which it may have been shown, the likeliest first. */
  readonly minutes: readonly number[];
};
export type Shown = { readonly owner: Numbered; readonly minute: number };

type Place = { readonly day: number; readonly key: DayKey; readonly number: number };

export async function codesShown(engine: Engine, sought: readonly Sought[]): Promise<(Shown | null)[]> {
  if (sought.length === 0) return [];
  const keys = await dayKeys(engine, new Set(sought.flatMap(({ minutes }) => minutes.map(dayOf))));
  const places = await Promise.all(sought.map((one) => placesOf(one, keys)));
  const there = await membersAt(
    engine.db,
    places.flat().map(({ number }) => number),
  );
  return Promise.all(sought.map((one, index) => shownAt(one, places[index] ?? [], there)));
}

/** On each of its days the place is another member's. */
async function placesOf(
  { code, minutes }: Sought,
  keys: ReadonlyMap<number, DayKey>,
): Promise<readonly Place[]> {
  const days = new Set(minutes.map(dayOf));
  return Promise.all(
    [...keys]
      .filter(([day]) => days.has(day))
      .map(async ([day, key]) => ({ day, key, number: await opened(key, code.place) })),
  );
}

async function shownAt(
  { code, minutes }: Sought,
  places: readonly Place[],
  there: readonly Numbered[],
): Promise<Shown | null> {
  for (const { day, key, number } of places) {
    const owner = there.find((one) => one.number === number);
    if (!owner) continue;
    const secret = await secretOf(key, owner.id);
    const own = minutes.filter((minute) => dayOf(minute) === day);
    const tags = await Promise.all(own.map((minute) => tagOf(secret, minute)));
    const minute = own[tags.indexOf(code.tag)];
    if (minute !== undefined) return { owner, minute };
  }
  return null;
}
