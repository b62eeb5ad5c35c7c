/** 收银员说了不算: what a till's token may not say of a member, with the field that goes too far and what to do instead. */
import type { Token } from '../../db/shop/tokens.ts';
import type { Refusal } from '../../decide/refusals.ts';
import type { Problem } from '../../platform/problem.ts';

/** A WeChat opens a member's page, and level and membership are worth money. */
export const officeFields = ['openid', 'unionid', 'level', 'superUntil'] as const;

type Told = Readonly<Record<string, unknown>>;

/** Null when the token may say all of it. */
export function beyondTill({ scopes }: Token, told: Told): Problem | null {
  if (scopes.includes('admin')) return null;
  const field = officeFields.find((name) => told[name] != null);
  return field === undefined ? null : forbidden(field, 'a till may say who somebody is, not let somebody in');
}

/** Of two numbers that lead to two members, the weaker one is named. */
export function refusedToTill(refusal: Refusal, told: Told): Problem {
  if (refusal.code === 'NOT_YOURS') {
    return forbidden('associateId', 'the member has another associate');
  }
  if (refusal.code === 'WOULD_LET_IN') {
    const field = ['phone', 'cardNo', 'externalId'].find((name) => told[name] != null) ?? 'phone';
    return forbidden(field, 'it belongs to another member, and one of the two has a WeChat');
  }
  throw new Error(`registering a member was refused with ${refusal.code}`);
}

const forbidden = (field: string, why: string): Problem => ({
  status: 403,
  code: 'insufficient_scope',
  detail: `${field} needs the scope admin: ${why}`,
  field,
});
