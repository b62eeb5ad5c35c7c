/** 拒绝: what a command may be refused for, with its numbers. Worded for people in words of their own, elsewhere. */

export type Refusal =
  /** The number belongs to a member who answers to another WeChat account. */
  | { readonly code: 'PHONE_TAKEN' }
  /** Nobody follows the account under this name, so nothing can be written to them. */
  | { readonly code: 'NOT_REACHABLE' }
  /** The member has another associate (一对一专属). */
  | { readonly code: 'NOT_YOURS' }
  /** WeChat lets the account speak only while the member's own last act keeps the window open. */
  | { readonly code: 'WINDOW_CLOSED'; readonly alternatives: readonly ('sms' | 'phone')[] }
  /** 提现 is not switched on, or there are no keys to pay with. */
  | { readonly code: 'PAYOUT_OFF' }
  | { readonly code: 'BELOW_MIN'; readonly amountFen: number; readonly minFen: number }
  | { readonly code: 'ABOVE_MAX'; readonly amountFen: number; readonly maxFen: number }
  | { readonly code: 'INSUFFICIENT'; readonly amountFen: number; readonly balanceFen: number }
  | {
      readonly code: 'DAY_LIMIT';
      readonly whose: 'member' | 'shop';
      readonly amountFen: number;
      readonly limitFen: number;
      readonly usedFen: number;
    };
