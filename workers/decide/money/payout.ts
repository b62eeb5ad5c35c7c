/** 提现规则: what the settings allow, once there are keys to pay with. */
import type { MerchantSettings, PayoutSettings, TransferTerms } from '../../../schema/index.ts';

type Transferring = Extract<PayoutSettings, { mode: 'transfer' }>;

export type Payout =
  /** Nothing new is paid out; transfers under way are finished. */
  | { readonly mode: 'wallet' }
  | (Pick<Transferring, 'mode' | 'minFen' | 'maxFen' | 'perMemberDayFen' | 'perDayFen'> & {
      readonly terms: TransferTerms;
    });

const notifyPath = '/hooks/wechat-pay';
const confirmPath = '/m/transfers/';

/** Null without keys: then no transfer is looked up. */
export function payoutOf({ payout, publicUrl }: MerchantSettings, canPay: boolean): Payout | null {
  if (!canPay) return null;
  // Without a page on which to confirm, the money would be under way for a day and then come back.
  if (payout.mode === 'wallet' || publicUrl === null) return { mode: 'wallet' };
  const { mode, minFen, maxFen, perMemberDayFen, perDayFen, sceneId, remark, perception, reports } = payout;
  const root = publicUrl.replace(/\/+$/, '');
  const terms: TransferTerms = {
    sceneId,
    remark,
    perception,
    reports,
    notifyUrl: root.startsWith('https:') ? root + notifyPath : null,
    confirmUrl: root + confirmPath,
  };
  return { mode, minFen, maxFen, perMemberDayFen, perDayFen, terms };
}
