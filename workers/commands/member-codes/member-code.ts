/** 会员码: given to a member's phone for two days, and read at a till within a minute of when it was shown. */
import { membersAt, numberOf, type Numbered } from '../../db/member-codes/numbers.ts';
import { countWrong, readWrong } from '../../db/member-codes/wrong.ts';
import { readMember, type MemberHoldings } from '../../db/members/members.ts';
import type { Engine } from '../../engine/engine.ts';
import type { IdentityKey } from '../../../schema/index.ts';
import {
  dayOf,
  memberCodeOf,
  memberCodeRead,
  minuteOf,
  tagOf,
  type DayPass,
  type MemberCode,
} from '../../platform/member-code.ts';
import { dayKeys, opened, placesMax, sealed, secretOf } from './seal.ts';

/** A page that stays open goes on without a network until the day after is over. */
const daysGiven = 2;

export type OwnCode = {
  readonly name: string | null;
  readonly passes: readonly DayPass[];
  /** Of this minute; null where there are more members than places. */
  readonly code: string | null;
};

/** Null for nobody. */
export async function ownCode(engine: Engine, key: IdentityKey, now: number): Promise<OwnCode | null> {
  const own = await numberOf(engine.db, key);
  if (!own) return null;
  const minute = minuteOf(now);
  const passes = own.number < placesMax ? await passesOf(engine, own, dayOf(minute)) : [];
  const [today] = passes;
  return { name: own.name, passes, code: today ? await memberCodeOf(today, minute) : null };
}

async function passesOf(engine: Engine, { number, id }: Numbered, today: number): Promise<DayPass[]> {
  const days = Array.from({ length: daysGiven }, (_, place) => today + place);
  const keys = [...(await dayKeys(engine, new Set(days)))];
  return Promise.all(
    keys.map(async ([day, key]) => ({
      day,
      place: await sealed(key, number),
      secret: await secretOf(key, id),
    })),
  );
}

/** A phone's clock and ours may be so far apart. */
const driftMinutes = 1;
/** What was right so lately is over, and no guess. */
const overMinutes = 30;
/** So many wrong ones of one asker in so long a time, and the right ones have to wait as well. */
const wrongMax = 20;
const wrongForMs = 10 * 60_000;

export type CodeRead =
  | { readonly found: MemberHoldings }
  | { readonly wrong: 'no-code' | 'over' | 'unknown' }
  | { readonly wrong: 'too-many'; readonly until: number };

/** `by` is who asks: their wrong codes count together. */
export async function memberByCode(
  engine: Engine,
  { typed, by }: { readonly typed: string; readonly by: string },
  now: number,
): Promise<CodeRead> {
  const code = memberCodeRead(typed);
  if (!code) return { wrong: 'no-code' };
  const { count, since } = await readWrong(engine.db, by, now - wrongForMs);
  if (count >= wrongMax) return { wrong: 'too-many', until: since + wrongForMs };
  const minute = minuteOf(now);
  const near = Array.from({ length: 2 * driftMinutes + 1 }, (_, place) => minute - driftMinutes + place);
  const owner = await ownerOf(engine, code, near);
  const found = owner && (await readMember(engine.db, owner.id));
  if (found) return { found };
  const past = Array.from({ length: overMinutes }, (_, place) => minute - driftMinutes - 1 - place);
  if (await ownerOf(engine, code, past)) return { wrong: 'over' };
  await engine.db.batch([countWrong(by, now, now - wrongForMs)]);
  return { wrong: 'unknown' };
}

/** Whose code it is in one of these minutes: on each of their days, one place is one look into the table. */
async function ownerOf(
  engine: Engine,
  { place, tag }: MemberCode,
  minutes: readonly number[],
): Promise<Numbered | null> {
  const keys = await dayKeys(engine, new Set(minutes.map(dayOf)));
  const days = await Promise.all(
    [...keys].map(async ([day, key]) => ({ day, key, number: await opened(key, place) })),
  );
  const there = await membersAt(
    engine.db,
    days.map(({ number }) => number),
  );
  for (const { day, key, number } of days) {
    const member = there.find((one) => one.number === number);
    if (!member) continue;
    const secret = await secretOf(key, member.id);
    const own = minutes.filter((minute) => dayOf(minute) === day);
    const tags = await Promise.all(own.map((minute) => tagOf(secret, minute)));
    if (tags.includes(tag)) return member;
  }
  return null;
}
