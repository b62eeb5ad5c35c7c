/** 用储值付一张单, and its undoing: the same receipt, however often, is one; after it was undone it may be paid anew. */
import type { MemberId, StoredMoveId, StoredSpendData } from '../../../schema/index.ts';
import { countUndone, readStoredMove } from '../../db/stored/stored-value.ts';
import type { Engine } from '../../engine/engine.ts';
import { refundStored, spendingIdOf, spendStored, type StoredAnswer } from './stored.ts';

/** A receipt that was undone so often is left to a person. */
const turnsMax = 20;
const nothing = { principalFen: 0, bonusFen: 0 };

/** `known` is as the source's receipts are known. No namespace has a slash. */
type Bill = { readonly memberId: MemberId; readonly known: string };

/** 第几次: each time has a number of its own; the ones before it were undone. */
async function turnsOf({ db }: Engine, known: string) {
  const turns = Array.from({ length: turnsMax }, (_, turn) => (turn === 0 ? known : `${turn + 1}/${known}`));
  const undone = await countUndone(db, turns.map(spendingIdOf));
  return { standing: turns[undone], undone: undone > 0 ? turns[undone - 1] : undefined };
}

/** What the receipt is paid with now. */
export async function standingSpending(engine: Engine, known: string): Promise<StoredMoveId> {
  const { standing = known } = await turnsOf(engine, known);
  return spendingIdOf(standing);
}

export async function payBill(
  engine: Engine,
  { memberId, known, data }: Bill & { readonly data: StoredSpendData },
  now: number,
): Promise<StoredAnswer> {
  const { standing } = await turnsOf(engine, known);
  if (standing === undefined) return { miss: { reason: 'NUMBER_TAKEN' } };
  return spendStored(engine, { memberId, number: standing, data }, now);
}

export async function undoBill(
  engine: Engine,
  { memberId, known, data }: Bill & { readonly data: Pick<StoredSpendData, 'store' | 'spendNo'> },
  now: number,
): Promise<StoredAnswer> {
  const { standing = known, undone } = await turnsOf(engine, known);
  const spendingId = spendingIdOf(standing);
  const asked = {
    memberId,
    number: `undo/${spendingId}`,
    spendingId,
    data: { ...data, refundNo: data.spendNo },
  };
  const answer = await refundStored(engine, asked, now);
  if (!('miss' in answer)) return answer;
  // All of it came back with the goods before.
  if (answer.miss.reason === 'MORE_THAN_SPENT') {
    const spent = await readStoredMove(engine.db, spendingId);
    return spent ? { done: { ...spent, moved: { ...spent.moved, ...nothing } } } : answer;
  }
  if (answer.miss.reason !== 'UNKNOWN_SPENDING' || undone === undefined) return answer;
  const before = await readStoredMove(engine.db, `refunded:undo/${spendingIdOf(undone)}` as StoredMoveId);
  return before?.moved.memberId === memberId ? { done: before } : answer;
}
