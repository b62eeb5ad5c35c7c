/** 会员码: given to a member's phone for two days, and read at a till within a minute of when it was shown. */
import { numberOf, type Numbered } from '../../db/member-codes/numbers.ts';
import { countWrong, readWrong } from '../../db/member-codes/wrong.ts';
import { readMember, type MemberHoldings } from '../../db/members/members.ts';
import type { Engine } from '../../engine/engine.ts';
import type { IdentityKey } from '../../../schema/index.ts';
import { dayOf, memberCodeOf, memberCodeRead, minuteOf, type DayPass } from '../../platform/member-code.ts';
import { dayKeys, placesMax, sealed, secretOf } from '../../engine/member-codes/seal.ts';
import { codesShown } from '../../engine/member-codes/shown.ts';

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
  const past = Array.from({ length: overMinutes }, (_, place) => minute - driftMinutes - 1 - place);
  const [shown] = await codesShown(engine, [{ code, minutes: [...near, ...past] }]);
  if (shown && !near.includes(shown.minute)) return { wrong: 'over' };
  const found = shown && (await readMember(engine.db, shown.owner.id));
  if (found) return { found };
  await engine.db.batch([countWrong(by, now, now - wrongForMs)]);
  return { wrong: 'unknown' };
}
