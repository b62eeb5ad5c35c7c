/**
 * 商家转账: pays money into a person's WeChat wallet, once they have confirmed.
 *
 * Source: pay.weixin.qq.com/doc/v3/merchant/4012716434 (create), 4012716437 (query), 4012716458 (cancel).
 */
import * as z from 'zod';
import { callPay, loadKeys, type PayKeys } from './call.ts';
import { sealRsa } from './rsa.ts';
import type {
  CancelledTransfer,
  CreatedTransfer,
  Transfer,
  TransferBill,
  TransferClient,
  TransferSettings,
  TransferState,
} from './types.ts';

export type * from './types.ts';

const root = '/v3/fund-app/mch-transfer/transfer-bills';

/** A bill number or an amount that could never be right throws, and so do keys that cannot be read. */
export function transferClient(settings: TransferSettings): TransferClient {
  let loading: Promise<PayKeys> | null = null;
  const keys = (): Promise<PayKeys> => (loading ??= loadKeys(settings));
  return {
    create: async (bill) => {
      const loaded = await keys();
      const body = await bodyOf(bill, loaded);
      const schema = createdReply(checked(bill.outBillNo));
      return await callPay(settings, loaded, { method: 'POST', path: root, body, schema });
    },
    query: async (outBillNo) => {
      const path = `${root}/out-bill-no/${checked(outBillNo)}`;
      return await callPay(settings, await keys(), { method: 'GET', path, schema: transferReply(outBillNo) });
    },
    cancel: async (outBillNo) => {
      const path = `${root}/out-bill-no/${checked(outBillNo)}/cancel`;
      return await callPay(settings, await keys(), {
        method: 'POST',
        path,
        schema: cancelledReply(outBillNo),
      });
    },
  };
}

/** It stands in a path, and in whatever the merchant compares with later. */
function checked(outBillNo: string): string {
  if (!/^[A-Za-z0-9]{1,32}$/.test(outBillNo)) throw new Error('A bill number is 1 to 32 letters and digits.');
  return outBillNo;
}

async function bodyOf(bill: TransferBill, { sealing }: PayKeys): Promise<object> {
  if (!Number.isSafeInteger(bill.amountFen) || bill.amountFen <= 0) {
    throw new Error('An amount is a whole number of fen above 0.');
  }
  const { userName, notifyUrl, perception, style } = bill;
  return {
    appid: bill.appId,
    out_bill_no: bill.outBillNo,
    transfer_scene_id: bill.sceneId,
    openid: bill.openid,
    // JSON leaves out what is undefined.
    user_name: userName === undefined ? undefined : await sealRsa(sealing.key, userName),
    transfer_amount: bill.amountFen,
    transfer_remark: bill.remark,
    notify_url: notifyUrl,
    user_recv_perception: perception,
    transfer_scene_report_infos: bill.sceneReports.map(({ type, content }) => ({
      info_type: type,
      info_content: content,
    })),
    user_recv_style: style === undefined ? undefined : { type: style },
  };
}

const states: ReadonlySet<string> = new Set<TransferState>([
  'ACCEPTED',
  'PROCESSING',
  'WAIT_USER_CONFIRM',
  'TRANSFERING',
  'SUCCESS',
  'FAIL',
  'CANCELING',
  'CANCELLED',
]);

const isState = (word: string): word is TransferState => states.has(word);
const state = z.string().transform((word): TransferState => (isState(word) ? word : 'UNKNOWN'));
const optionalText = z
  .string()
  .nullish()
  .transform((text) => text || null);
const moment = z
  .string()
  .nullish()
  .transform((text) => (Number.isNaN(Date.parse(text ?? '')) ? null : Date.parse(text ?? '')));

/** Of the bill that was asked about: a signed answer about another one proves nothing about this. */
const common = (outBillNo: string) => ({
  out_bill_no: z.literal(outBillNo),
  transfer_bill_no: z.string().min(1),
  state,
});

const createdReply = (asked: string): z.ZodType<CreatedTransfer> =>
  z.object({ ...common(asked), package_info: optionalText }).transform((body) => ({
    outBillNo: body.out_bill_no,
    transferBillNo: body.transfer_bill_no,
    state: body.state,
    packageInfo: body.package_info,
  }));

const transferReply = (asked: string): z.ZodType<Transfer> =>
  z
    .object({
      ...common(asked),
      transfer_amount: z.int().positive(),
      openid: optionalText,
      fail_reason: optionalText,
      update_time: moment,
    })
    .transform((body) => ({
      outBillNo: body.out_bill_no,
      transferBillNo: body.transfer_bill_no,
      state: body.state,
      amountFen: body.transfer_amount,
      openid: body.openid,
      failReason: body.fail_reason,
      updatedAt: body.update_time,
    }));

const cancelledReply = (asked: string): z.ZodType<CancelledTransfer> =>
  z.object(common(asked)).transform((body) => ({
    outBillNo: body.out_bill_no,
    transferBillNo: body.transfer_bill_no,
    state: body.state,
  }));
