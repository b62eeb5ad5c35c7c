/** 群发回执 in the database, kept by WeChat's number: it may come before that number has been written beside its page. */
import { massReceipts, type MassCounts } from '../../../schema/index.ts';
import type { Statement } from '../db.ts';
import { upsertSet } from '../set.ts';

type Arrived = { readonly receipt: string; readonly mass?: MassCounts };

export function noteMassReceipts(arrivals: readonly Arrived[], at: number): Statement[] {
  const receipts = arrivals.flatMap(({ receipt, mass }) => (mass ? [{ msgId: receipt, ...mass, at }] : []));
  return receipts.length > 0 ? [upsertSet(massReceipts, receipts)] : [];
}
