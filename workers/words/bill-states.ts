/** 单据状态: WeChat Pay's words for a payment, in ours. An unknown word gives null: look again later. */
import type { TransferChanged } from '../../schema/index.ts';

export type BillState = Exclude<TransferChanged['state'], 'never-sent'>;

/** 24 hours without a confirmation. */
const overdue = 'OVERDUE_CLOSE';

/** Source: pay.weixin.qq.com/doc/v3/merchant/4012716437. */
export function billState(word: string, failReason: string | null): BillState | null {
  switch (word) {
    case 'ACCEPTED':
    case 'PROCESSING':
    case 'TRANSFERING':
      return 'sent';
    case 'WAIT_USER_CONFIRM':
      return 'waiting';
    case 'CANCELING':
      return 'cancelling';
    case 'SUCCESS':
      return 'paid';
    case 'FAIL':
      return failReason === overdue ? 'expired' : 'failed';
    case 'CANCELLED':
      return 'cancelled';
    default:
      return null;
  }
}
