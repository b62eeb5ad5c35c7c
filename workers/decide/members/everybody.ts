/** 散客卡: a number that a till sends for everybody is noticed by its buyers: no person buys so often in an hour. */
import {
  defaultTimezone,
  type Alert,
  type IdentityKey,
  type Member,
  type Sale,
} from '../../../schema/index.ts';
import { hourMs, localDate } from '../plain/dates.ts';
import type { World } from '../world.ts';
import { isOfTill, isOpenid, keysOfMember, valueOf } from './who/identity-keys.ts';

/** With the eighth sale in one hour of the clock it is no person any more. */
export const salesPerHourMax = 7;

const hourOf = (at: number): number => Math.floor(at / hourMs);

/** With this sale. One that is told late belongs to an hour that is not counted any more. */
export function salesInHour(
  { lastAt, salesInHour: known }: Pick<Member, 'lastAt' | 'salesInHour'>,
  { occurredAt }: Pick<Sale, 'occurredAt'>,
): number {
  if (lastAt === null || hourOf(occurredAt) > hourOf(lastAt)) return 1;
  return hourOf(occurredAt) === hourOf(lastAt) ? known + 1 : known;
}

/** Once a day for each member, so that a shop that lets it be is not flooded. */
export function soldToEverybody(world: World, member: Member, sale: Sale): Alert | null {
  if (salesInHour(member, sale) !== salesPerHourMax + 1) return null;
  const numbers = keysOfMember(world, member.id).filter((key) => !isOpenid(key));
  const ofTill = numbers.filter(isOfTill);
  const named = (ofTill.length > 0 ? ofTill : numbers).map((key) => `“${shown(key)}”`);
  const day = localDate(sale.occurredAt, defaultTimezone);
  return {
    id: `everybody/${member.id}/${day}`,
    kind: 'member.everybody',
    sourceId: sale.id.slice(0, sale.id.indexOf(':')),
    text: `会员 ${member.id}（收银系统里的号码${named.join('、')}）在一小时内有 ${salesPerHourMax} 笔以上的消费，很可能是收银系统给散客通用的号码，不是一位顾客。如果是，请把这个号码加到设置的“散客号码”（nobody）里，以后带这个号码的单据就按散客处理，不再积分。`,
    at: world.now,
  };
}

/** A word is nobody's; of a number that may be somebody's, only its ends are kept. */
function shown(key: IdentityKey): string {
  const value = valueOf(key);
  const isSomebodys = /\d/.test(value) && new Set(value).size > 1;
  return isSomebodys && value.length > 4 ? `${value.slice(0, 2)}****${value.slice(-2)}` : value;
}
