/** 券码清单: the printed codes of a batch by number, and how each stands. */
import type { CouponBatch } from '../../../schema/index.ts';
import { readClaimed, type ClaimedCode } from '../../db/coupons/batch-codes.ts';
import type { Engine } from '../../engine/engine.ts';
import { printCodes } from './open-code.ts';

/**
 * printed: nobody has claimed it. called-off, closed: nor can anybody any more. gone: claimed by somebody who has been forgotten.
 * The others are those of its coupon.
 */
export const codeStates = [
  'printed',
  'called-off',
  'closed',
  'held',
  'used',
  'revoked',
  'over',
  'gone',
] as const;
export type CodeState = (typeof codeStates)[number];

export type ListedCode = {
  readonly number: number;
  readonly code: string;
  readonly state: CodeState;
  readonly claimedAt: number | null;
};

export async function listCodes(
  engine: Engine,
  batch: CouponBatch,
  { from, limit }: { readonly from: number; readonly limit: number },
  now: number,
): Promise<{ readonly items: readonly ListedCode[]; readonly next: number | null }> {
  const all = batch.definition.kind === 'codes' ? batch.definition.count : 0;
  const count = Math.max(0, Math.min(limit, all - from));
  const [codes, claimed] = await Promise.all([
    printCodes(engine, batch, { from, count }),
    readClaimed(engine.db, batch.id, { from, count }, now),
  ]);
  const items = codes.map(({ number, code }): ListedCode => {
    const one = claimed.get(number);
    return { number: number + 1, code, state: stateOf(batch, one, now), claimedAt: one?.claimedAt ?? null };
  });
  return { items, next: from + count < all ? from + count : null };
}

function stateOf(batch: CouponBatch, claimed: ClaimedCode | undefined, now: number): CodeState {
  return claimed ? (claimed.state ?? 'gone') : unclaimedState(batch, now);
}

/** How all stand that nobody has claimed. */
export function unclaimedState(
  { endedAt, definition: { to } }: CouponBatch,
  now: number,
): 'printed' | 'called-off' | 'closed' {
  if (endedAt !== null) return 'called-off';
  return to !== null && Date.parse(to) <= now ? 'closed' : 'printed';
}
