/** Every call of the API. A new one is its file and its line here. */
import { alerts } from './shop/alerts.ts';
import { associateCodeRoutes } from './shop/associate-codes.ts';
import { referralRoutes } from './referrals/referrals.ts';
import { checkInRoutes } from './points/check-ins.ts';
import { exchangeItemRoutes } from './points/exchange-items.ts';
import { collectRoute } from './draws/collect.ts';
import { drawRoutes } from './draws/draws.ts';
import { lotteryRoutes } from './draws/lotteries.ts';
import { exchangeRoutes } from './points/exchanges.ts';
import { campaignRoutes } from './promotions/campaigns.ts';
import { contactRoutes } from './conversations/contacts.ts';
import { conversationRoutes } from './conversations/conversations.ts';
import { couponTallyRoutes } from './promotions/coupon-tallies.ts';
import { memberFileRoutes } from './profile/member-file.ts';
import { pushRoutes } from './promotions/pushes.ts';
import { couponTemplateRoutes } from './promotions/coupon-templates.ts';
import { batchRoutes } from './coupons/batches.ts';
import { couponClaims } from './coupons/claims.ts';
import { couponGrants } from './coupons/grants.ts';
import { grantJobRoutes } from './coupons/grant-jobs.ts';
import { couponRevocation } from './coupons/revocation.ts';
import { lockRoutes } from './coupons/locks.ts';
import { quotes } from './coupons/quotes.ts';
import { redeemRoutes } from './coupons/redeem.ts';
import { storedHeld } from './stored/held.ts';
import { owedRoute } from './stored/owed.ts';
import { spendRoutes } from './stored/spends.ts';
import { topUpRoutes } from './stored/top-ups.ts';
import { superMembershipRoutes } from './super/memberships.ts';
import { findPackage } from './packages/named.ts';
import { packageRoutes } from './packages/redeem.ts';
import { packageSaleRoutes } from './packages/sales.ts';
import { packageTemplateRoutes } from './packages/templates.ts';
import { voucherRoutes } from './coupons/vouchers.ts';
import type { Route } from './call/define.ts';
import { eventDetail } from './events/event-detail.ts';
import { eventSearchRoutes } from './events/event-search.ts';
import { eventRoutes } from './events/events.ts';
import { fanRoutes } from './members/fans.ts';
import { labRoutes } from './labs/labs.ts';
import { massRoutes } from './promotions/mass-messages.ts';
import { findMember } from './members/find.ts';
import { memberListRoutes } from './members/member-lists.ts';
import { memberRoutes } from './members/members.ts';
import { menuRoutes } from './account/menu.ts';
import { messageRoutes } from './conversations/messages.ts';
import { reconciliationRoutes } from './events/reconciliation.ts';
import { rebindRoutes } from './members/rebind.ts';
import { registerMember } from './members/register-member.ts';
import { reminderPlanRoutes } from './promotions/reminder-plans.ts';
import { replyRoutes } from './account/replies.ts';
import { sceneRoutes } from './shop/scenes.ts';
import { settingsRoutes } from './shop/settings.ts';
import { pointSpendRoutes } from './points/point-spends.ts';
import { spending } from './points/spendings.ts';
import { simulate } from './promotions/simulate.ts';
import { sourceAdapters } from './sources/source-adapters.ts';
import { sourceHealthRoutes } from './sources/source-health.ts';
import { sourceRotation } from './sources/source-rotation.ts';
import { sourceRoutes } from './sources/sources.ts';
import { storeRoutes } from './shop/stores.ts';
import { tagDefinitionRoutes } from './tags/definitions.ts';
import { memberTagRoutes } from './tags/member-tags.ts';
import { tagJobRoutes } from './tags/tag-jobs.ts';
import { takebackRoutes } from './promotions/takebacks.ts';
import { leavingRoutes } from './shop/leaving.ts';
import { tokenRoutes } from './shop/tokens.ts';
import { timeline } from './members/timeline.ts';
import { transferRoutes } from './members/transfers.ts';
import { withdraw } from './members/withdrawals.ts';
import { channelsDiagnosis, wechatDiagnosis } from './account/diagnoses.ts';
import { writeRoutes } from './conversations/write-message.ts';

export const routes: readonly Route[] = [
  registerMember,
  ...memberRoutes,
  ...memberFileRoutes,
  findMember,
  ...memberListRoutes,
  ...rebindRoutes,
  spending,
  ...checkInRoutes,
  ...referralRoutes,
  ...exchangeItemRoutes,
  ...exchangeRoutes,
  ...lotteryRoutes,
  ...drawRoutes,
  collectRoute,
  ...pointSpendRoutes,
  timeline,
  ...storeRoutes,
  ...leavingRoutes,
  ...sceneRoutes,
  ...associateCodeRoutes,
  ...menuRoutes,
  ...replyRoutes,
  ...fanRoutes,
  ...conversationRoutes,
  ...writeRoutes,
  ...contactRoutes,
  ...couponTemplateRoutes,
  couponGrants,
  ...grantJobRoutes,
  ...batchRoutes,
  couponClaims,
  couponRevocation,
  quotes,
  ...lockRoutes,
  ...redeemRoutes,
  ...voucherRoutes,
  ...packageTemplateRoutes,
  ...packageSaleRoutes,
  findPackage,
  ...packageRoutes,
  storedHeld,
  ...superMembershipRoutes,
  ...topUpRoutes,
  ...spendRoutes,
  owedRoute,
  ...campaignRoutes,
  ...tagDefinitionRoutes,
  ...memberTagRoutes,
  ...tagJobRoutes,
  ...takebackRoutes,
  ...couponTallyRoutes,
  ...pushRoutes,
  simulate,
  ...reminderPlanRoutes,
  ...eventSearchRoutes,
  eventDetail,
  ...eventRoutes,
  ...messageRoutes,
  withdraw,
  ...transferRoutes,
  ...massRoutes,
  ...sourceRoutes,
  sourceRotation,
  sourceAdapters,
  ...sourceHealthRoutes,
  ...reconciliationRoutes,
  alerts,
  ...labRoutes,
  wechatDiagnosis,
  channelsDiagnosis,
  ...settingsRoutes,
  ...tokenRoutes,
];
