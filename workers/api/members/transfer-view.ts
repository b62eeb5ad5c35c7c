/** A transfer as the API shows it: without the openid and without the package. */
import * as z from 'zod';
import { transferKinds, transferStates } from '../../../schema/index.ts';
import type { TransferRow } from '../../db/members/transfers.ts';
import { failReasonWords, transferStateWords } from '../../words/transfer-words.ts';
import { namedAnswer } from '../call/define.ts';
import { At, instant, instantOrNull } from '../call/shapes.ts';

export const TransferAnswer = namedAnswer(
  'Transfer',
  z.strictObject({
    id: z.string().meta({ description: '商户单号: the number WeChat Pay knows it by.' }),
    memberId: z.string(),
    kind: z.enum(transferKinds),
    saleId: z.string().nullable(),
    amountFen: z.int(),
    state: z.enum(transferStates).meta({
      description:
        'paid, failed, cancelled and expired are final; only after paid has the money left the shop.',
    }),
    stateText: z.string().meta({ description: 'For people to read, in Chinese.' }),
    failReason: z.string().nullable().meta({ description: 'WeChat Pay’s word.' }),
    failText: z.string().nullable(),
    transferBillNo: z
      .string()
      .nullable()
      .meta({ description: '微信转账单号: the number that WeChat Pay gave it; null: it has none yet.' }),
    cancelAskedAt: At.nullable(),
    askedAt: At,
    endedAt: At.nullable(),
    attempts: z.int(),
    lastError: z.string().nullable(),
  }),
);
export type TransferAnswer = z.infer<typeof TransferAnswer>;

export const viewTransfer = (transfer: TransferRow): TransferAnswer => ({
  id: transfer.outBillNo,
  memberId: transfer.memberId,
  kind: transfer.kind,
  saleId: transfer.saleId,
  amountFen: transfer.amountFen,
  state: transfer.state,
  stateText: transferStateWords[transfer.state],
  failReason: transfer.failReason,
  failText: failReasonWords(transfer.failReason),
  transferBillNo: transfer.transferBillNo,
  cancelAskedAt: instantOrNull(transfer.cancelAskedAt),
  askedAt: instant(transfer.askedAt),
  endedAt: instantOrNull(transfer.endedAt),
  attempts: transfer.attempts,
  lastError: transfer.lastError,
});
