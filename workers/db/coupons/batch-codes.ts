/** 印刷码 in the database: which were claimed and what became of them, and how often somebody has guessed. */
import { codeMisses, couponBatches, type BatchId, type CouponBatch } from '../../../schema/index.ts';
import { codeKey } from '../../decide/coupons/batch-codes.ts';
import { hourMs } from '../../decide/plain/dates.ts';
import { rowsAt, statement, type Db, type Statement } from '../db.ts';
import { decodeAll, list, selectList } from '../set.ts';
import { stateOfCoupon, type ClaimedState } from './batches.ts';

/** A code that was claimed; `state` is null once its owner has been forgotten. */
export type ClaimedCode = { readonly claimedAt: number; readonly state: ClaimedState | null };

/** By number, of the codes from one number on. */
export async function readClaimed(
  db: Db,
  batchId: BatchId,
  { from, count }: { readonly from: number; readonly count: number },
  now: number,
): Promise<ReadonlyMap<number, ClaimedCode>> {
  const keys = Array.from({ length: count }, (_, place) => codeKey(batchId, from + place));
  const results = await db.batch([
    statement(
      `SELECT j.key AS place, c.claimed_at AS "claimedAt", iif(t.id IS NULL, NULL, ${stateOfCoupon}) AS state
       FROM json_each(?1) AS j CROSS JOIN coupon_codes AS c ON c.id = j.value LEFT JOIN coupons AS t ON t.id = c.coupon_id`,
      list(keys),
      now,
    ),
  ]);
  return new Map(
    rowsAt(results, 0).map(({ place, claimedAt, state }) => [
      from + Number(place),
      // As the CASE has it.
      { claimedAt: Number(claimedAt), state: state as ClaimedState | null },
    ]),
  );
}

/** 注销: what was claimed stays taken; whose it became, nobody can find from the paper any more. Deletions are rare: no index. */
export const eraseCodes = (memberIds: readonly string[]): Statement =>
  statement(
    `UPDATE coupon_codes SET coupon_id = NULL WHERE coupon_id IN (SELECT c.id FROM json_each(?1) AS j
       CROSS JOIN coupons AS c ON c.member_id = j.value OR c.passed_by = j.value WHERE c.batch_id IS NOT NULL)`,
    list(memberIds),
  );

/** 猜码的人, under a digest, and how often they may be wrong in an hour. */
export type Guesser = { readonly key: string; readonly missesMax: number };

const hourOf = (now: number): number => Math.floor(now / hourMs);
const idsOf = (guessers: readonly Guesser[], now: number): (readonly [string, number])[] =>
  guessers.map(({ key, missesMax }) => [`${key}/${hourOf(now)}`, missesMax]);

/** The batch of a code, and whether one of the guessers has been wrong too often: one round trip. */
export async function readGuessed(
  db: Db,
  { seq, guessers }: { readonly seq: number; readonly guessers: readonly Guesser[] },
  now: number,
): Promise<{ readonly batch: CouponBatch | null; readonly isBarred: boolean }> {
  const results = await db.batch([
    statement(`SELECT ${selectList(couponBatches, 't')} FROM coupon_batches AS t WHERE t.seq = ?1`, seq),
    statement(
      `SELECT m.id FROM json_each(?1) AS j CROSS JOIN code_misses AS m ON m.id = j.value ->> 0
       WHERE m.misses >= j.value ->> 1`,
      list(idsOf(guessers, now)),
    ),
  ]);
  return {
    batch: decodeAll(couponBatches, rowsAt(results, 0))[0] ?? null,
    isBarred: rowsAt(results, 1).length > 0,
  };
}

/** One wrong guess of each; true where one of them has used up the hour. */
export async function countMiss(db: Db, guessers: readonly Guesser[], now: number): Promise<boolean> {
  const results = await db.batch([
    // Nothing older is ever asked for.
    forgetMisses(now - hourMs),
    statement(
      `INSERT INTO code_misses (id, hour, misses)
       SELECT value ->> 0, CAST(?2 AS INTEGER), 1 FROM json_each(?1) WHERE true
       ON CONFLICT (id) DO UPDATE SET misses = misses + 1 RETURNING ${selectList(codeMisses, 'code_misses')}`,
      list(idsOf(guessers, now)),
      hourOf(now),
    ),
  ]);
  const caps = new Map(idsOf(guessers, now));
  return decodeAll(codeMisses, rowsAt(results, 1)).some(({ id, misses }) => misses > (caps.get(id) ?? 0));
}

const forgetMisses = (before: number): Statement =>
  statement(`DELETE FROM code_misses WHERE hour < ?1`, hourOf(before));
