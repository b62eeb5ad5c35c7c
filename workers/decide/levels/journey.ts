/**
 * 成长路径 and 新老会员: how far somebody has come with the shop, worked out of what is known of her now. None of it is stored, so a
 * return moves her back by itself.
 */
import { defaultTimezone, type LevelSettings, type Member } from '../../../schema/index.ts';
import { addMonths, localDate } from '../plain/dates.ts';

/**
 * visitor 访客: the shop has seen her, and nothing more. enquirer 咨询过: she wrote to the shop, or a call or a visit was noted.
 * potential 潜客: the shop has her phone. buyer 新客: one purchase of which something was kept. repeat 回头客: two or more. loyal
 * 忠实客户: as many as the shop says.
 */
export const journeys = ['visitor', 'enquirer', 'potential', 'buyer', 'repeat', 'loyal'] as const;
export type Journey = (typeof journeys)[number];

type Known = Pick<Member, 'orders' | 'phone' | 'joinedAt'> & { readonly hasAsked: boolean };

export function journeyOf(
  { orders, phone, joinedAt, hasAsked }: Known,
  { journey }: Pick<LevelSettings, 'journey'>,
): Journey {
  if (orders >= journey.loyalOrders) return 'loyal';
  if (orders > 0) return orders > 1 ? 'repeat' : 'buyer';
  if (phone !== null || joinedAt !== null) return 'potential';
  return hasAsked ? 'enquirer' : 'visitor';
}

/** 入会: since she registered, or since a till or a file knows her, whichever was first. */
export const memberSince = ({ createdAt, joinedAt }: Pick<Member, 'createdAt' | 'joinedAt'>): number =>
  Math.min(createdAt, joinedAt ?? createdAt);

export type Tenure = {
  readonly sinceOn: string;
  /** Whole months. */
  readonly months: number;
  /** 老会员. */
  readonly isOld: boolean;
};

export function tenureOf(
  member: Pick<Member, 'createdAt' | 'joinedAt'>,
  { journey }: Pick<LevelSettings, 'journey'>,
  now: number,
): Tenure {
  const sinceOn = localDate(memberSince(member), defaultTimezone);
  const months = monthsFrom(sinceOn, localDate(now, defaultTimezone));
  return { sinceOn, months, isOld: months >= journey.oldMonths };
}

/** A clock that was set back makes nobody a member of the future. */
function monthsFrom(from: string, to: string): number {
  const months = monthNumber(to) - monthNumber(from);
  return Math.max(0, addMonths(from, months) > to ? months - 1 : months);
}

const monthNumber = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
