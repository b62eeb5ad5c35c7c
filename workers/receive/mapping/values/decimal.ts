/** 精确小数: decimal text to whole units by moving the point; no float ever touches money. */

export type Rounding = 'half_up' | 'down' | 'up';

export type Whole =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly why: string };

export type Exactness = {
  /** How many decimals one unit has: 2 makes fen of yuan, 3 makes milli of pieces. */
  readonly places: number;
  /** Without it, a remainder that is more than noise is refused. */
  readonly rounding?: Rounding | undefined;
};

/** `1,234.50`, `-22.000`, `1.23456789E7` (as Java prints a double), `.5`, and a double written out to its last binary digit. */
const shape = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d{1,24})?(?:\.(\d{0,80}))?(?:[eE]([+-]?\d{1,2}))?$/;

/**
 * What a till that reckons in doubles misses a whole unit by, at most a millionth of it: 19.990000000000002 yuan are 19.99. These are
 * the decimals behind the unit.
 */
const noiseAbove = /^0{0,6}$|^0{6}|^0{5}10*$/;
const noiseBelow = /^9{6}/;

/** The same number in whole units. */
export function wholeUnits(text: string, exactness: Exactness): Whole {
  const [, whole, fraction = ''] = plain.exec(text) ?? [];
  const { places } = exactness;
  if (whole !== undefined && places <= 6 && fraction.length <= places) {
    return { ok: true, value: Number(whole + fraction) * 10 ** (places - fraction.length) };
  }
  return anyUnits(text, exactness);
}

/** The form of nearly every amount; its digits stay within the safe integers. */
const plain = /^(\d{1,9})(?:\.(\d{1,3}))?$/;

function anyUnits(text: string, { places, rounding }: Exactness): Whole {
  const read = shape.exec(text);
  const [, sign, grouped = '', fraction = '', exponent = '0'] = read ?? [];
  if (!read || (grouped === '' && fraction === ''))
    return { ok: false, why: `"${clip(text)}" is not a decimal number` };
  const digits = grouped.replaceAll(',', '') + fraction;
  const shift = places - fraction.length + Number(exponent);
  const kept = shift >= 0 ? digits + '0'.repeat(shift) : digits.slice(0, Math.max(0, digits.length + shift));
  const dropped = shift >= 0 ? '' : digits.padStart(-shift, '0').slice(shift);
  const carried = carry(dropped, rounding);
  if (carried === null)
    return { ok: false, why: `"${clip(text)}" is finer than the unit; say how to round it` };
  const whole = Number(kept || '0') + carried;
  if (!Number.isSafeInteger(whole)) return { ok: false, why: `"${clip(text)}" is too large` };
  return { ok: true, value: sign === '-' && whole !== 0 ? -whole : whole };
}

/** half_up and up round away from zero, so that a refund is rounded like its sale. Null when nobody said how to round. */
function carry(dropped: string, rounding: Rounding | undefined): 0 | 1 | null {
  if (noiseAbove.test(dropped)) return 0;
  if (noiseBelow.test(dropped)) return 1;
  switch (rounding) {
    case 'up':
      return 1;
    case 'down':
      return 0;
    case 'half_up':
      return Number(dropped[0]) >= 5 ? 1 : 0;
    case undefined:
      return null;
    default:
      return rounding satisfies never;
  }
}

/** Whole units as decimal text, shortest first: 2000 milli are `2`, 515 are `0.515`. */
export function decimalText(units: number, places: number): string {
  const digits = String(Math.abs(units)).padStart(places + 1, '0');
  const fraction = digits.slice(digits.length - places).replace(/0+$/, '');
  const text = digits.slice(0, digits.length - places) + (fraction && `.${fraction}`);
  return units < 0 ? `-${text}` : text;
}

/** A value times a quantity in thousandths, to the nearest unit and away from zero in the middle. */
export function timesMilli(value: number, milli: number): number {
  const product = value * milli;
  if (Math.abs(product) < 2 ** 52) return Math.sign(product) * Math.floor((Math.abs(product) + 500) / 1000);
  const exact = BigInt(value) * BigInt(milli);
  return Number((exact + (exact < 0n ? -500n : 500n)) / 1000n);
}

const clip = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
