/** 会员价, of a cart: the member's level, and what each line costs her less. */
import type { MemberId, StoreId } from '../../../schema/index.ts';
import type { Db } from '../../db/db.ts';
import { readMember } from '../../db/members/members.ts';
import { timezoneOf, type Config } from '../../decide/config.ts';
import type { CartLine } from '../../decide/coupons/use/cart.ts';
import { memberOffs } from '../../decide/levels/member-price.ts';
import { progressOf } from '../../decide/levels/progress.ts';
import { isSuper } from '../../decide/super/spans.ts';

type Priced = {
  readonly config: Config;
  readonly lines: readonly CartLine[];
  readonly memberId: MemberId | null;
  readonly storeId: StoreId;
};

/** A shop without levels and prices for members reads nothing for them. */
export async function memberPriced(db: Db, { config, lines, memberId, storeId }: Priced, now: number) {
  const { levels, memberPrices } = config.settings;
  const isAsked = memberId !== null && levels.list.length + memberPrices.length > 0;
  const holdings = isAsked ? await readMember(db, memberId) : null;
  if (!holdings) return { level: null, offs: [] };
  const growth = holdings.balances.get('growth') ?? 0;
  const { level } = progressOf({ ...holdings, growth }, now);
  const timezone = timezoneOf(config, storeId);
  const asked = { levels, prices: memberPrices, level, isSuper: isSuper(holdings.member, now) };
  return { level, offs: memberOffs(lines, { ...asked, at: now, timezone }) };
}
