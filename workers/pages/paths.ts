/** 去哪里: where a login may return to, and who invited a newcomer. */

const pathLengthMax = 512;
/** Stands for our own host while a path is parsed. */
const here = 'https://here.invalid';

/** A path below /m/ or /a/ on this host that is not the login itself; anything else becomes the member's page. */
export function safePath(to: string | undefined): string {
  if (to === undefined || to.length > pathLengthMax || !/^\/[am]\//.test(to)) return homePath;
  // Parsed as a browser would: backslashes, dots, tabs and all.
  const url = URL.canParse(to, here) ? new URL(to, here) : null;
  if (!url || url.origin !== here || !/^\/[am]\//.test(url.pathname)) return homePath;
  if (url.pathname.startsWith(loginPath)) return homePath;
  return url.pathname + url.search;
}

export const homePath = '/m/';
export const associateHome = '/a/';
export const associateRedeemPath = '/a/redeem';
export const logoutOf = (home: string): string => `${home}logout`;
export const loginPath = '/m/login';
export const registerPath = '/m/register';
export const codePath = '/m/register/code';
export const phonePath = '/m/phone';
export const phoneCodePath = '/m/phone/code';
export const leavePath = '/m/leave';
export const privacyPath = '/m/privacy';
export const couponPath = '/m/coupon';
/** 转给朋友, and what the friend opens. */
export const passPath = '/m/coupon/pass';
export const giftPath = '/m/gift';
export const pastCouponsPath = '/m/coupons';
/** 输入券码; with an id behind it, the page of a link. */
export const claimPath = '/m/claim';
export const claimPathOf = (batchId: string, placement: number | null = null): string =>
  `${claimPath}/${encodeURIComponent(batchId)}${placement === null ? '' : `?at=${placement}`}`;
export const claimPathOfCode = (code: string): string => `${claimPath}?code=${encodeURIComponent(code)}`;
/** Only a page where something waits to be claimed is returned to. */
export function claimPathIn(to: string | null): string | null {
  const path = safePath(to ?? undefined);
  return path.startsWith(`${giftPath}/`) ||
    path === claimPath ||
    path.startsWith(`${claimPath}/`) ||
    path.startsWith(`${claimPath}?`)
    ? path
    : null;
}
export const couponAt = ({ issuedAt, place }: { issuedAt: number; place: number }): string =>
  `${couponPath}?of=${issuedAt}-${place}`;
export const passAt = ({ issuedAt, place }: { issuedAt: number; place: number }): string =>
  `${passPath}?of=${issuedAt}-${place}`;
/** 会员码. */
export const memberCodePath = '/m/code';
export const checkInPath = '/m/check-in';
export const invitePath = '/m/invite';
/** 我的奖励. */
export const inviteRewardsPath = '/m/invite/rewards';
export const levelPath = '/m/level';
export const superPath = '/m/super';
export const shopPath = '/m/shop';
export const drawPath = '/m/draw';
/** What came of one draw, with the code to be shown in the shop. */
export const drawResultPath = '/m/draw/result';
export const drawResultAt = (id: string): string => `${drawResultPath}?of=${encodeURIComponent(id)}`;
export const offersPath = '/m/offers';
export const pushPath = '/a/push';
export const pushesPath = '/a/pushes';
export const ownMembersPath = '/a/members';
export const ownMemberPath = '/a/members/one';
export const ownPurchasesPath = '/a/members/purchases';
export const ownEditPath = '/a/members/edit';
export const ownUsesPath = '/a/members/uses';
export const ownMemberAt = (path: string, id: string): string =>
  `${path}?${new URLSearchParams({ of: id }).toString()}`;
export const tagsPath = '/a/tags';
export const pointsPath = '/m/points';
export const walletPath = '/m/wallet';
export const storedPath = '/m/stored';
export const packagesPath = '/m/packages';
export const purchasesPath = '/m/purchases';
export const purchasePath = '/m/purchases/one';
export const purchaseAt = (saleId: string): string => `${purchasePath}?of=${encodeURIComponent(saleId)}`;
export const transferPath = (outBillNo: string): string => `/m/transfers/${outBillNo}`;

export const loginTo = (to: string): string => `${loginPath}?to=${encodeURIComponent(to)}`;

/** 邀请: the associate whose link it was, or the code of the member, where the link was found, and what the newcomer came to claim. */
export type Invitation = {
  readonly by: string | null;
  readonly guide: string | null;
  readonly source: string | null;
  readonly claim: string | null;
};

const guideShape = /^[\w.-]{1,64}$/;
/** As `member/invite/invite-code.ts` writes them. */
const inviterShape = /^[\w-]{1,64}\.[0-9a-f]{20}$/;
const sourceShape = /^[\p{L}\p{N}_.:-]{1,64}$/u;

/** A value that is not in our form is dropped, because it would be stored and shown to the merchant. */
export function invitationOf(given: URLSearchParams): Invitation {
  const guide = given.get('guide') ?? '';
  const source = given.get('src') ?? '';
  const by = given.get('by') ?? '';
  return {
    by: inviterShape.test(by) ? by : null,
    guide: guideShape.test(guide) ? guide : null,
    source: sourceShape.test(source) ? source : null,
    claim: claimPathIn(given.get('claim')),
  };
}

export function registerWith({ by, guide, source, claim }: Invitation): string {
  const query = new URLSearchParams();
  if (by !== null) query.set('by', by);
  if (guide !== null) query.set('guide', guide);
  if (source !== null) query.set('src', source);
  if (claim !== null) query.set('claim', claim);
  return query.size === 0 ? registerPath : `${registerPath}?${query.toString()}`;
}

/** The form's path, with the invitation it carried. */
export const backToForm = (form: URLSearchParams): string => registerWith(invitationOf(form));

/** Plain http is only for local development, where a cookie cannot be Secure. */
export const isLoopback = ({ protocol, hostname }: URL): boolean =>
  protocol === 'http:' && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
