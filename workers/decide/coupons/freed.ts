/** 占用的名额: whose places a coupon takes, and which of them it gives up when it is taken back. */
import type { Coupon, StoreId } from '../../../schema/index.ts';
import { timezoneOf } from '../config.ts';
import type { Effect } from '../effects.ts';
import { localDate } from '../plain/dates.ts';
import type { World } from '../world.ts';
import { countTemplate } from './issue-coupon.ts';

type Passed = Pick<Coupon, 'memberId' | 'templateId' | 'storeId'>;

/** The day on which a friend's counts, by the clock of the store where it is good. */
export const dayOf = (world: World, { storeId }: Pick<Coupon, 'storeId'>, at: number): string =>
  localDate(at, timezoneOf(world.config, storeId ?? ('' as StoreId)));

/**
 * 每人限领 counts for the friend who took it as well. The stock and the day are nobody's: it left them when it was given, and so did
 * the place of who passed it on.
 */
export function countFriend(world: World, coupon: Passed, at: number, times: 1 | -1): Effect[] {
  const { memberId, templateId } = coupon;
  const template = world.config.templates.get(templateId);
  if (template?.perMember == null && template?.perMemberPerDay == null) return [];
  return [{ type: 'member.count', memberId, subject: templateId, times, on: dayOf(world, coupon, at) }];
}

/** What was taken back from a friend gives up the friend's place too; of a coupon that was never passed on nothing is due. */
export const freeFriend = (world: World, coupon: Coupon): Effect[] =>
  coupon.passedAt === null ? [] : countFriend(world, coupon, coupon.passedAt, -1);

/** Where nobody asks who was given it first: of a coupon that was passed on, the place of whoever did it stays used. */
export function freed(world: World, coupon: Coupon, on: string): Effect[] {
  const { memberId, templateId, passedAt } = coupon;
  const back = countTemplate(world, { memberId, on }, templateId, -1);
  if (passedAt === null) return back;
  return [...back.filter(({ type }) => type !== 'member.count'), ...freeFriend(world, coupon)];
}
