/** Every page there is. A new one is its file and its line here. */
import { associatePage } from './associate/associate.tsx';
import { associateRedeemPage } from './associate/redeem.tsx';
import { domainFile } from './domain-files.ts';
import { loginPage, loginReturn } from './login/login.tsx';
import { associateLogout, memberLogout } from './login/logout.tsx';
import { linkPage, printedCodePage } from './member/coupons/claim.tsx';
import { checkInPage } from './points/check-in.tsx';
import { pointsPage } from './points/points.tsx';
import { shopItemPage, shopPage } from './points/shop.tsx';
import { drawResultPage, drawsPage } from './draws/draws.tsx';
import { lotteryPage } from './draws/lottery.tsx';
import { codePage } from './member/code.tsx';
import { couponPage } from './member/coupons/coupon.tsx';
import { giftPage } from './member/coupons/gift.tsx';
import { invitePage } from './member/invite/invite.tsx';
import { inviteRewardsPage } from './member/invite/rewards.tsx';
import { leavePage } from './member/leave.tsx';
import { levelPage } from './member/level.tsx';
import { superPage } from './member/super.tsx';
import { memberPage } from './member/member.tsx';
import { offersPage } from './member/coupons/offers.tsx';
import { passPage } from './member/coupons/pass.tsx';
import { pastCouponsPage } from './member/coupons/past-coupons.tsx';
import { packagesPage } from './member/packages/packages.tsx';
import { phoneCode, phonePage } from './member/phone.tsx';
import { privacyPage } from './member/privacy.tsx';
import { purchasePage } from './member/rooms/purchase.tsx';
import { purchasesPage } from './member/rooms/purchases.tsx';
import { storedPage } from './member/rooms/stored.tsx';
import { walletPage } from './member/rooms/wallet.tsx';
import { transferPage } from './member/transfer.tsx';
import { phonePage as consolePhonePage } from './console/sign-in/phone.tsx';
import type { Page } from './page.ts';
import { ownEditPage } from './associate/members/edit.tsx';
import { ownMembersPage } from './associate/members/list.tsx';
import { ownMemberPage } from './associate/members/member.tsx';
import { ownPurchasesPage } from './associate/members/purchases.tsx';
import { ownUsesPage } from './associate/members/uses.tsx';
import { pushPage } from './associate/push.tsx';
import { pushesPage } from './associate/pushes.tsx';
import { associateTagsPage } from './associate/tags.tsx';
import { codeButton } from './register/register-code.ts';
import { registerPage } from './register/register.tsx';

export const table: readonly Page[] = [
  loginPage,
  loginReturn,
  memberLogout,
  associateLogout,
  registerPage,
  codeButton,
  memberPage,
  printedCodePage,
  linkPage,
  codePage,
  couponPage,
  passPage,
  giftPage,
  pastCouponsPage,
  offersPage,
  checkInPage,
  invitePage,
  inviteRewardsPage,
  levelPage,
  superPage,
  shopPage,
  shopItemPage,
  drawsPage,
  // `result` is no lottery’s id: it stands before them.
  drawResultPage,
  lotteryPage,
  phonePage,
  phoneCode,
  leavePage,
  privacyPage,
  transferPage,
  pointsPage,
  walletPage,
  storedPage,
  packagesPage,
  purchasesPage,
  purchasePage,
  associatePage,
  associateRedeemPage,
  pushPage,
  pushesPage,
  ownMembersPage,
  ownMemberPage,
  ownPurchasesPage,
  ownEditPage,
  ownUsesPage,
  associateTagsPage,
  consolePhonePage,
  domainFile,
];
