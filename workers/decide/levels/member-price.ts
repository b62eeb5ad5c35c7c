/** 会员价: what a member pays less for each line, before any coupon: the lowest of the level's discount and the prices of the moment. */
import type { LevelSettings, MemberPrice } from '../../../schema/index.ts';
import type { CartLine } from '../coupons/use/cart.ts';
import { localDate, localHour } from '../plain/dates.ts';
import { isInScope } from '../sales/scope.ts';
import { ruleOf } from './rules.ts';

export type MemberOff = { readonly lineNo: string; readonly offFen: number; readonly name: string };

type Asked = {
  readonly levels: LevelSettings;
  readonly prices: readonly MemberPrice[];
  /** What the member is today; null is a member without a level. */
  readonly level: string | null;
  readonly isSuper: boolean;
  readonly at: number;
  readonly timezone: string;
};

/** One price for a line, never one on top of another. */
export function memberOffs(lines: readonly CartLine[], asked: Asked): MemberOff[] {
  const { levels, level, prices } = asked;
  const rule = ruleOf(levels, level);
  const current = prices.filter((price) => isNow(price, asked) && isFor(price, asked));
  return lines.flatMap((line) => {
    const byLevel = rule ? [{ name: rule.name, fen: share(line.amountFen, rule.payPercent) }] : [];
    const byPrice = current
      .filter(({ scope }) => isInScope(line, scope))
      .map((price) => ({ name: price.name, fen: priceOf(price, line) }));
    const [lowest] = [...byLevel, ...byPrice].toSorted((one, other) => one.fen - other.fen);
    const offFen = lowest ? line.amountFen - lowest.fen : 0;
    return lowest && offFen > 0 ? [{ lineNo: line.lineNo, offFen, name: lowest.name }] : [];
  });
}

const isFor = ({ levels, superOnly }: MemberPrice, { level, isSuper }: Asked): boolean =>
  (!superOnly || isSuper) && (levels.length === 0 || (level !== null && levels.includes(level)));

function isNow({ fromOn, toOn, fromHour, toHour }: MemberPrice, { at, timezone }: Asked): boolean {
  const day = localDate(at, timezone);
  const hour = localHour(at, timezone);
  return (
    (fromOn === null || day >= fromOn) &&
    (toOn === null || day <= toOn) &&
    (fromHour === null || hour >= fromHour) &&
    (toHour === null || hour < toHour)
  );
}

/** In the member's favour by less than a fen. */
const share = (fen: number, percent: number): number => Math.floor((fen * percent) / 100);

const priceOf = ({ priceFen, payPercent }: MemberPrice, { amountFen, quantityMilli }: CartLine): number =>
  priceFen === null ? share(amountFen, payPercent ?? 100) : Math.floor((priceFen * quantityMilli) / 1000);
