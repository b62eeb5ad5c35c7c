/** 超级会员的事件: whoever stands at a counter, or a till, waits for the answer. */
import type { EventBase } from './base.ts';
import type { MemberId, StoreId, SuperMembershipId } from '../plain/ids.ts';

type OfSuperMembership = EventBase & {
  readonly membershipId: SuperMembershipId;
  readonly memberId: MemberId;
};
/** 开通, 续费. */
export type SuperMembershipBought = OfSuperMembership & {
  readonly type: 'super_membership.bought';
  readonly plan: string;
  readonly storeId: StoreId;
  /** What was taken; if told, it has to be the plan's price. */
  readonly paidFen: number | null;
};
/** 撤销, 退款. */
export type SuperMembershipEnded = OfSuperMembership & {
  readonly type: 'super_membership.ended';
  readonly as: 'undone' | 'refunded';
  /** What is paid back; if told, it has to be what is due. */
  readonly backFen: number | null;
};
