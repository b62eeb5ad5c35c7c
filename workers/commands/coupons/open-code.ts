/** 认码: which batch and number a printed code is, told apart from a slip of the pen and from guessing. */
import type { CouponBatch } from '../../../schema/index.ts';
import { countMiss, readGuessed, type Guesser } from '../../db/coupons/batch-codes.ts';
import {
  printedCode,
  printedIn,
  secretOfCode,
  seedCauseOfCode,
  type Typo,
} from '../../decide/coupons/batch-codes.ts';
import type { Engine } from '../../engine/engine.ts';

/** 每位会员每小时猜错 10 次, 每个网络地址 50 次: a family at home shares one, and a shop's guests as well. */
export const wrongCodesPerHour = { member: 10, address: 50 } as const;

export type Opened =
  | { readonly batch: CouponBatch; readonly number: number }
  | Typo
  /** It has the form of a code, and is none. */
  | { readonly isUnknown: true }
  | { readonly isBarred: true };

/** A slip shows in the check character before anything is looked up, and is not counted. */
export async function openCode(
  engine: Engine,
  typed: string,
  guessers: readonly Guesser[],
  now: number,
): Promise<Opened> {
  const printed = printedIn(typed);
  if ('typo' in printed) return printed;
  const { seq, number, secret } = printed;
  const { batch, isBarred } = await readGuessed(engine.db, { seq, guessers }, now);
  if (isBarred) return { isBarred: true };
  const isGenuine =
    batch?.definition.kind === 'codes' &&
    number < batch.definition.count &&
    secret === (await secretsOf(engine, batch, [number])).get(number);
  if (isGenuine) return { batch, number };
  return (await countMiss(engine.db, guessers, now)) ? { isBarred: true } : { isUnknown: true };
}

async function secretsOf(
  engine: Engine,
  { id }: Pick<CouponBatch, 'id'>,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const seeds = await engine.seeds(new Set(numbers.map((number) => seedCauseOfCode(id, number))));
  return new Map(
    numbers.flatMap((number) => {
      const seed = seeds.get(seedCauseOfCode(id, number));
      return seed ? [[number, secretOfCode(seed, number)]] : [];
    }),
  );
}

/** As they are printed, from one number on. */
export async function printCodes(
  engine: Engine,
  batch: CouponBatch,
  { from, count }: { readonly from: number; readonly count: number },
): Promise<readonly { readonly number: number; readonly code: string }[]> {
  const secrets = await secretsOf(
    engine,
    batch,
    Array.from({ length: count }, (_, place) => from + place),
  );
  return [...secrets].map(([number, secret]) => ({ number, code: printedCode(batch.seq, number, secret) }));
}
