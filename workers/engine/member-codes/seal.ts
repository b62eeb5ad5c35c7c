/**
 * 会员码的封印: what leads from a member to their code of a day and back, made of the shop's secret. Nothing is stored for it.
 *
 * The number under which a member is found is the place of their row, sealed anew every day, so that the codes of two days are not
 * known as one person's. The secret is made of the day and the member's id: a place that has come to be somebody else's opens nothing.
 */
import type { MemberId } from '../../../schema/index.ts';
import type { Engine } from '../engine.ts';
import { drawn, placeDigits } from '../../platform/member-code.ts';

export type DayKey = Uint8Array<ArrayBuffer>;

const half = 10 ** (placeDigits / 2);
/** A hundred million. */
export const placesMax = half * half;
const rounds = 6;

/** No cause of a draw begins with this text, so no draw shares a seed with these keys. */
const causeOf = (day: number): string => `key\nmember-code/${day}`;

export async function dayKeys(
  { seeds }: Pick<Engine, 'seeds'>,
  days: ReadonlySet<number>,
): Promise<Map<number, DayKey>> {
  const made = await seeds(new Set([...days].map(causeOf)));
  const keyOf = (day: number): DayKey => {
    const words = new DataView(new ArrayBuffer(32));
    made.get(causeOf(day))?.forEach((word, place) => words.setUint32(place * 4, word));
    return new Uint8Array(words.buffer);
  };
  return new Map([...days].map((day) => [day, keyOf(day)]));
}

/** A Feistel network over two halves of four digits: every number has one place, and only the key leads from one to the other. */
export async function sealed(key: DayKey, number: number): Promise<number> {
  let [left, right] = [Math.floor(number / half), number % half];
  for (let round = 0; round < rounds; round += 1)
    [left, right] = [right, (left + (await shift(key, round, right))) % half];
  return left * half + right;
}

export async function opened(key: DayKey, place: number): Promise<number> {
  let [left, right] = [Math.floor(place / half), place % half];
  for (let round = rounds - 1; round >= 0; round -= 1)
    [left, right] = [(right - (await shift(key, round, left)) + half) % half, left];
  return left * half + right;
}

const shift = async (key: DayKey, round: number, part: number): Promise<number> =>
  Number((await drawn(key, `place ${round} ${part}`)) % BigInt(half));

/** 128 bits, hex. */
export async function secretOf(key: DayKey, memberId: MemberId): Promise<string> {
  const parts = [await drawn(key, `secret 0 ${memberId}`), await drawn(key, `secret 1 ${memberId}`)];
  return parts.map((part) => part.toString(16).padStart(16, '0')).join('');
}
