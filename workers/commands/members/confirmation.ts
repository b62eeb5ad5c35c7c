/** 确认收款: what a member's WeChat needs to ask for their confirmation. */
import type { MemberId } from '../../../schema/index.ts';
import type { Db } from '../../db/db.ts';
import { readTransfer } from '../../db/members/transfers.ts';

/** For `requestMerchantTransfer`. */
export type Confirmation = { readonly mchId: string; readonly appId: string; readonly package: string };

/** Only for the member whose transfer it is; null when there is nothing to confirm. */
export async function confirmationOf(
  db: Db,
  account: { readonly mchId: string; readonly appId: string },
  memberId: MemberId,
  outBillNo: string,
): Promise<Confirmation | null> {
  const transfer = await readTransfer(db, outBillNo);
  if (transfer?.memberId !== memberId || transfer.endedAt !== null) return null;
  if (transfer.packageInfo === null || transfer.cancelAskedAt !== null) return null;
  return { ...account, package: transfer.packageInfo };
}
