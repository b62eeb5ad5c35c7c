/** 券的地址: a coupon stands under its owner, by when it was given and which of that moment: a code in an address could be used by whoever reads it. */
import type { CouponAddress } from '../../../db/coupons/office-coupons.ts';

export const templatesPath = '/console/coupons';
export const templatePath = (id: string): string => `${templatesPath}/${id}`;
export const findCouponPath = '/console/find-coupon';
export const grantJobsPath = '/console/grant-jobs';
export const redemptionsPath = '/console/redemptions';

export const couponPathOf = ({ memberId, issuedAt, place }: CouponAddress): string =>
  `/console/members/${memberId}/coupons/${String(issuedAt)}-${String(place)}`;

/** The job that a coupon given by hand came from, if it came from one. */
export const jobOfCause = (cause: string): string | null => /^grant:(gj_\w+):/.exec(cause)?.[1] ?? null;
