/** The domain events. A new one is its type in schema/, its file, its line here and its test; one that is forgotten does not compile. */
import type { DomainEvent } from '../../../schema/index.ts';
import type { EventOf, EventType, On } from './define.ts';
import { couponClaimed } from './coupons/coupon-claimed.ts';
import { couponGranted } from './coupons/coupon-granted.ts';
import { couponPassed } from './coupons/coupon-passed.ts';
import { couponPresented } from './coupons/coupon-presented.ts';
import { voucherLapsed } from './coupons/voucher-lapsed.ts';
import { voucherRefunded } from './coupons/voucher-refunded.ts';
import { voucherSold } from './coupons/voucher-sold.ts';
import { couponRevoked } from './coupons/coupon-revoked.ts';
import { lotteryDrawn } from './draws/lottery-drawn.ts';
import { prizeCollected } from './draws/prize-collected.ts';
import { fanClicked, fanFollowed, fanScanned } from './fans/fan-acts.ts';
import { fanRevoked, fanUnfollowed } from './fans/fan-leaves.ts';
import { fanPermitted } from './fans/fan-permitted.ts';
import { fanSaid } from './fans/fan-said.ts';
import { messageArrived } from './fans/message-arrived.ts';
import { memberCheckedIn } from './members/member-checked-in.ts';
import { associateWrote } from './members/associate-wrote.ts';
import { customerAdded } from './members/customer-added.ts';
import { memberEdited } from './members/member-edited.ts';
import { memberRecounted } from './members/member-recounted.ts';
import { memberTagged } from './members/member-tagged.ts';
import { memberJoined } from './members/member-joined.ts';
import { memberRebound } from './members/member-rebound.ts';
import { memberDeleted, memberMerged, memberTold } from './members/members.ts';
import { memberSplit, memberUnited } from './members/merging.ts';
import { reminderDue } from './members/reminder-due.ts';
import { staffSaid } from './members/staff-said.ts';
import { triggerMet } from './members/trigger-met.ts';
import { grantWithdrawn } from './money/grant-withdrawn.ts';
import { pointsCorrected } from './money/points-corrected.ts';
import { exchangeUndone } from './money/exchange-undone.ts';
import { pointsExchanged } from './money/points-exchanged.ts';
import { pointSpendUndone } from './money/point-spend-undone.ts';
import { pointsPaid } from './money/points-paid.ts';
import { pointsDue } from './money/points-due.ts';
import { pointsSpent } from './money/points-spent.ts';
import { transferChanged } from './money/transfer-changed.ts';
import { withdrawalAsked } from './money/withdrawal-asked.ts';
import { packageRedeemed } from './packages/package-redeemed.ts';
import { packageRefunded } from './packages/package-refunded.ts';
import { packageSold } from './packages/package-sold.ts';
import { packageUseUndone } from './packages/package-use-undone.ts';
import { referralDue } from './referral/referral-due.ts';
import { referralReviewed } from './referral/referral-reviewed.ts';
import { ping } from './ping.ts';
import { productRemoved, productUpserted } from './sales/products.ts';
import { refundCompleted } from './sales/refund-completed.ts';
import { saleCompleted } from './sales/sale-completed.ts';
import { salePaid } from './sales/sale-paid.ts';
import { saleVoided } from './sales/sale-voided.ts';
import { superMembershipBought } from './super/bought.ts';
import { superMembershipEnded } from './super/ended.ts';
import { storedValueCashedOut } from './stored/cashed-out.ts';
import { storedValueCorrected } from './stored/corrected.ts';
import { storedValueRecharged } from './stored/recharged.ts';
import { storedValueRefunded } from './stored/refunded.ts';
import { storedValueReversed } from './stored/reversed.ts';
import { storedValueSpent } from './stored/spent.ts';

export const on: { readonly [Type in EventType]: On<EventOf<Type>> } = {
  'sale.completed': saleCompleted,
  'refund.completed': refundCompleted,
  'sale.voided': saleVoided,
  'sale.paid': salePaid,
  'stored_value.recharged': storedValueRecharged,
  'stored_value.spent': storedValueSpent,
  'stored_value.refunded': storedValueRefunded,
  'stored_value.reversed': storedValueReversed,
  'stored_value.cashed_out': storedValueCashedOut,
  'member.created': memberTold,
  'member.updated': memberTold,
  'member.merged': memberMerged,
  'member.united': memberUnited,
  'member.split': memberSplit,
  'member.deleted': memberDeleted,
  'member.rebound': memberRebound,
  'member.edited': memberEdited,
  'member.tagged': memberTagged,
  'member.recounted': memberRecounted,
  'trigger.met': triggerMet,
  'member.joined': memberJoined,
  'product.upserted': productUpserted,
  'product.removed': productRemoved,
  'reminder.due': reminderDue,
  'fan.followed': fanFollowed,
  'fan.scanned': fanScanned,
  'fan.said': fanSaid,
  'fan.clicked': fanClicked,
  'fan.unfollowed': fanUnfollowed,
  'fan.revoked': fanRevoked,
  'fan.permitted': fanPermitted,
  'message.arrived': messageArrived,
  'customer.added': customerAdded,
  'associate.wrote': associateWrote,
  'staff.said': staffSaid,
  'points.corrected': pointsCorrected,
  'grant.withdrawn': grantWithdrawn,
  'points.spent': pointsSpent,
  'points.due': pointsDue,
  'points.exchanged': pointsExchanged,
  'lottery.drawn': lotteryDrawn,
  'prize.collected': prizeCollected,
  'points.paid': pointsPaid,
  'point_spend.undone': pointSpendUndone,
  'exchange.undone': exchangeUndone,
  'member.checked_in': memberCheckedIn,
  'coupon.presented': couponPresented,
  'coupon.granted': couponGranted,
  'voucher.sold': voucherSold,
  'voucher.refunded': voucherRefunded,
  'voucher.lapsed': voucherLapsed,
  'package.sold': packageSold,
  'package.redeemed': packageRedeemed,
  'package_use.undone': packageUseUndone,
  'package.refunded': packageRefunded,
  'coupon.claimed': couponClaimed,
  'coupon.revoked': couponRevoked,
  'coupon.passed': couponPassed,
  'referral.due': referralDue,
  'referral.reviewed': referralReviewed,
  'withdrawal.asked': withdrawalAsked,
  'transfer.changed': transferChanged,
  'stored_value.corrected': storedValueCorrected,
  'super_membership.bought': superMembershipBought,
  'super_membership.ended': superMembershipEnded,
  ping,
};

/** The table maps every type to the kind of that type, so the cast holds. */
export const kindOf = (event: DomainEvent): On<DomainEvent> => on[event.type];
