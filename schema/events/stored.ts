/** 储值的事件: of a till that tells what was done, and of whoever waits at a counter. */
import type {
  CashOutData,
  RechargeData,
  RechargeReversalData,
  StoredRefundData,
  StoredSpendData,
} from '../canonical/stored.ts';
import type { EventBase } from './base.ts';
import type { Formerly } from '../sources/numberings.ts';
import type { MemberId, RechargeId, StoredMoveId } from '../plain/ids.ts';

type OfStored = EventBase & {
  /** Whom a colleague has before her; a till names the member in its data. */
  readonly memberId?: MemberId;
  /** Somebody waits for the answer; where nobody does, what cannot be is left for a person to look at. */
  readonly isAsked?: true;
  /** 余额以收银系统为准: the till's word counts, and its balance is followed. */
  readonly keeper?: string;
};
export type StoredValueRecharged = OfStored & {
  readonly type: 'stored_value.recharged';
  readonly rechargeId: RechargeId;
  readonly formerly?: Formerly<RechargeId>;
  readonly data: RechargeData;
};
export type StoredValueSpent = OfStored & {
  readonly type: 'stored_value.spent';
  readonly moveId: StoredMoveId;
  readonly formerly?: Formerly<StoredMoveId>;
  readonly data: StoredSpendData;
};
/** 退回储值: goods came back that were paid with it. */
export type StoredValueRefunded = OfStored & {
  readonly type: 'stored_value.refunded';
  readonly moveId: StoredMoveId;
  readonly formerly?: Formerly<StoredMoveId>;
  readonly spendingId: StoredMoveId | null;
  readonly spendingFormerly?: Formerly<StoredMoveId>;
  readonly data: StoredRefundData;
};
/** 充值冲正: the recharge never was. */
export type StoredValueReversed = OfStored & {
  readonly type: 'stored_value.reversed';
  readonly moveId: StoredMoveId;
  readonly rechargeId: RechargeId;
  /** Of the recharge. */
  readonly formerly?: Formerly<RechargeId>;
  readonly data: RechargeReversalData;
};
/** 更正储值 by the office, with a reason that stands in the audit; of either sign. */
export type StoredValueCorrected = EventBase & {
  readonly type: 'stored_value.corrected';
  readonly memberId: MemberId;
  readonly moveId: StoredMoveId;
  readonly principalFen: number;
  readonly bonusFen: number;
};
/** 储值退款: principal is paid out, and its part of the bonus is given up. */
export type StoredValueCashedOut = OfStored & {
  readonly type: 'stored_value.cashed_out';
  readonly moveId: StoredMoveId;
  readonly formerly?: Formerly<StoredMoveId>;
  readonly data: CashOutData;
};
