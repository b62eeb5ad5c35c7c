/**
 * 会员码: twenty digits that say for a minute who stands at a till. `97`, then eight that name the member for a day, then ten that
 * only the member's phone and the shop can compute for this minute. The phone runs this very file, without a network.
 */

/** No code of WeChat Pay (10 to 15), Alipay (25 to 30), 数字人民币 (01) or 银联 (62), nor a barcode of goods (13 digits) begins or looks like it. */
const prefix = '97';
export const placeDigits = 8;
const tagDigits = 10;
/** Leading digits of tags are no less likely than others: of 64 bits, ten digits leave a bias of one in a thousand million. */
const tagSize = 10n ** BigInt(tagDigits);

export const minuteMs = 60_000;
const minutesADay = 1440;
export const minuteOf = (at: number): number => Math.floor(at / minuteMs);
/** As UTC counts them: nobody sees it but the code. */
export const dayOf = (minute: number): number => Math.floor(minute / minutesADay);

/** What a phone is given for a day: where the member stands that day, and a secret that is worth nothing on another. */
export type DayPass = { readonly day: number; readonly place: number; readonly secret: string };

export type MemberCode = { readonly place: number; readonly tag: string };

const shape = new RegExp(`^${prefix}(\\d{${placeDigits}})(\\d{${tagDigits}})$`);

/** As it is scanned or typed; null where it is something else. */
export function memberCodeRead(typed: string): MemberCode | null {
  const [, place, tag] = shape.exec(typed.normalize('NFKC').replaceAll(/[\s-]/g, '')) ?? [];
  return place === undefined || tag === undefined ? null : { place: Number(place), tag };
}

const algorithm = { name: 'HMAC', hash: 'SHA-256' };
const encoder = new TextEncoder();

/** The first 64 bits of HMAC-SHA256. */
export async function drawn(key: Uint8Array<ArrayBuffer>, text: string): Promise<bigint> {
  const signing = await crypto.subtle.importKey('raw', key, algorithm, false, ['sign']);
  return new DataView(await crypto.subtle.sign('HMAC', signing, encoder.encode(text))).getBigUint64(0);
}

export const bytesOfHex = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

export async function tagOf(secret: string, minute: number): Promise<string> {
  const tag = (await drawn(bytesOfHex(secret), `minute ${minute}`)) % tagSize;
  return String(tag).padStart(tagDigits, '0');
}

export async function memberCodeOf({ place, secret }: DayPass, minute: number): Promise<string> {
  return `${prefix}${String(place).padStart(placeDigits, '0')}${await tagOf(secret, minute)}`;
}
