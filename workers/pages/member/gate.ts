/** 会员才看得到: whoever is no member is led to the registration. */
import type { IdentityKey } from '../../../schema/index.ts';
import { findMembers, type MemberHoldings } from '../../db/members/members.ts';
import type { Gate, Visit } from '../page.ts';
import { registerPath } from '../paths.ts';

export type MemberVisit = Visit & { readonly key: IdentityKey };

export const keyOf = ({ session }: Visit): IdentityKey => `openid:${session.openid}` as IdentityKey;

/** Asks what `holdingsOf` asks: a page that goes on to look at them has them already. */
export const memberOnly: Gate<MemberVisit> = async (visit) => {
  const key = keyOf(visit);
  const { length } = await findMembers(visit.deps.engine.db, key);
  return length > 0 ? { visit: { ...visit, key } } : { refused: visit.context.redirect(registerPath) };
};

export async function holdingsOf({ deps, key }: MemberVisit): Promise<MemberHoldings> {
  const [holdings] = await findMembers(deps.engine.db, key);
  if (!holdings) throw new Error('the gate admits members only');
  return holdings;
}
