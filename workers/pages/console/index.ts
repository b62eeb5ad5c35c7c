/** 后台的页面: every screen there is. A new one is its file, its line here and, if it stands in the navigation, its line there. */
import type { Page } from '../page.ts';
import type { ConsolePage } from './kit/screen.ts';
import { connectScreens } from './access/connect.tsx';
import { rotateScreen } from './access/rotate.tsx';
import { sourceScreens } from './access/sources.tsx';
import { tokenScreens } from './access/tokens.tsx';
import { channelsScreen } from './connections/channels.tsx';
import { testTextScreen } from './connections/test-text.tsx';
import { wechatScreen } from './connections/wechat.tsx';
import { findCouponScreen } from './coupons/find.tsx';
import { grantScreen } from './coupons/grant.tsx';
import { jobScreens } from './coupons/job.tsx';
import { jobListScreens } from './coupons/jobs.tsx';
import { couponScreen } from './coupons/life.tsx';
import { redemptionScreens } from './coupons/redemptions.tsx';
import { revokeCouponScreen } from './coupons/revoke.tsx';
import { eventReplay, eventScreen } from './events/event.tsx';
import { eventCsv, eventList } from './events/list.tsx';
import { memberCouponsScreen } from './members/held-coupons.tsx';
import { memberActScreens } from './members/acts.tsx';
import { correctionScreens } from './members/corrections.tsx';
import { fileScreens } from './profile/file.tsx';
import { usesScreen } from './profile/uses.tsx';
import { memberCsv, memberList } from './members/list.tsx';
import { mergingScreens } from './members/merging.tsx';
import { memberScreen } from './members/profile.tsx';
import { rebindingScreens } from './members/rebinding.tsx';
import { ledgerScreen, salesScreen } from './members/rows.tsx';
import { storedScreens } from './stored/acts.tsx';
import { storedOfficeScreens } from './stored/office-acts.tsx';
import { superScreens } from './super/acts.tsx';
import { voucherScreens } from './members/vouchers.tsx';
import { packageActScreens } from './packages/acts.tsx';
import { packageTemplateScreens } from './packages/templates.tsx';
import { batchCsv } from './batches/batch-codes.tsx';
import { batchPoster } from './batches/batch-places.tsx';
import { oneBatchScreens } from './batches/batch.tsx';
import { batchScreens } from './batches/batches.tsx';
import { templateScreen } from './coupons/template.tsx';
import { redeemScreen } from './counter/redeem.tsx';
import { campaignScreens } from './promotions/campaigns.tsx';
import { comingScreens } from './promotions/coming.tsx';
import { couponScreens } from './promotions/coupons.tsx';
import { takebackScreens } from './takebacks/takeback.tsx';
import { massList } from './mass/list.tsx';
import { massOne, massStop } from './mass/one.tsx';
import { massForm } from './mass/write.tsx';
import { pushScreen } from './promotions/pushes.tsx';
import { planScreens } from './promotions/plans.tsx';
import { lotteryScreens } from './draws/lotteries.tsx';
import { winnerScreens } from './draws/winners.tsx';
import { exchangeItemScreens } from './points/items.tsx';
import { receiptScreen } from './sales/receipts.tsx';
import { referralScreens } from './referrals/referrals.tsx';
import { exchangeScreens } from './points/exchanges.tsx';
import { auditScreens } from './settings/audit.tsx';
import { systemScreens } from './health/system.tsx';
import { importScreens } from './imports/imports.tsx';
import { meScreens } from './settings/me.tsx';
import { peopleScreens } from './settings/people.tsx';
import { settingsScreens } from './settings/settings.tsx';
import { associateCodeScreens } from './shop/associate-codes.tsx';
import { associateScreens } from './shop/associates.tsx';
import { codeChange } from './shop/code-change.tsx';
import { codeScreens } from './shop/codes.tsx';
import { leavingScreens as associateLeavingScreens } from './shop/leaving.tsx';
import { storeScreens } from './shop/stores.tsx';
import { linkPage } from './sign-in/link.tsx';
import { openingPage } from './sign-in/opening.tsx';
import { signInPage, waitPages } from './sign-in/sign-in.tsx';
import { signOut } from './sign-in/sign-out.ts';
import { mappingScreen } from './labs/mapping/mapping.tsx';
import { replayScreen } from './labs/replay.tsx';
import { signatureScreen } from './labs/signature.tsx';
import { menuScreens } from './talk/menu.tsx';
import { takeOver } from './talk/take-over.tsx';
import { messageScreens } from './talk/messages.tsx';
import { tryScreen } from './talk/try.tsx';
import { talkList, talkScreen } from './talk/talks.tsx';
import { owedScreen } from './owed/owed.tsx';
import { owedScreens } from './owed/rows.tsx';
import { payoutListScreens } from './payouts/list.tsx';
import { payoutScreen } from './payouts/one.tsx';
import { dayListScreens } from './reconciliation/days.tsx';
import { dayScreen } from './reconciliation/day.tsx';
import { enterScreen } from './reconciliation/enter.tsx';
import { tagDefinitionScreens } from './tags/definitions.tsx';
import { tagManyScreens } from './tags/many.tsx';
import { memberTagScreen } from './tags/member-tags.tsx';
import { home } from './today/home.tsx';

/** For people who are signed in; each says for whom. */
export const consoleScreens: readonly ConsolePage[] = [
  home,
  signOut,
  eventList,
  eventCsv,
  eventScreen,
  eventReplay,
  memberList,
  memberCsv,
  ...tagManyScreens,
  memberScreen,
  ledgerScreen,
  salesScreen,
  memberCouponsScreen,
  redeemScreen,
  receiptScreen,
  ...memberActScreens,
  ...correctionScreens,
  ...fileScreens,
  usesScreen,
  memberTagScreen,
  ...tagDefinitionScreens,
  ...rebindingScreens,
  ...mergingScreens,
  ...voucherScreens,
  ...superScreens,
  ...packageActScreens,
  ...storedScreens,
  ...storedOfficeScreens,
  owedScreen,
  ...owedScreens,
  ...campaignScreens,
  ...takebackScreens,
  ...couponScreens,
  templateScreen,
  ...packageTemplateScreens,
  ...exchangeItemScreens,
  ...lotteryScreens,
  ...winnerScreens,
  ...exchangeScreens,
  ...referralScreens,
  ...batchScreens,
  ...oneBatchScreens,
  batchPoster,
  batchCsv,
  findCouponScreen,
  grantScreen,
  couponScreen,
  revokeCouponScreen,
  ...redemptionScreens,
  ...jobListScreens,
  ...jobScreens,
  ...comingScreens,
  pushScreen,
  ...planScreens,
  massList,
  massForm,
  massOne,
  massStop,
  talkList,
  tryScreen,
  talkScreen,
  ...messageScreens,
  ...menuScreens,
  takeOver,
  ...storeScreens,
  ...associateScreens,
  ...associateCodeScreens,
  ...associateLeavingScreens,
  ...codeScreens,
  codeChange,
  ...settingsScreens,
  ...meScreens,
  ...peopleScreens,
  ...auditScreens,
  ...systemScreens,
  // `connect` is no source’s id: it stands before them.
  ...connectScreens,
  ...sourceScreens,
  mappingScreen,
  signatureScreen,
  replayScreen,
  rotateScreen,
  ...tokenScreens,
  ...importScreens,
  wechatScreen,
  channelsScreen,
  testTextScreen,
  ...payoutListScreens,
  payoutScreen,
  ...dayListScreens,
  dayScreen,
  enterScreen,
];

/** For a browser that nobody is signed in with. */
const doors: readonly Page[] = [signInPage, ...waitPages, openingPage, linkPage];

export const consolePages: readonly Page[] = [...doors, ...consoleScreens];
