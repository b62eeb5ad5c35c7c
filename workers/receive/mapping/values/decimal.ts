/** 精确小数: decimal text to whole units by moving the point; no float ever touches money. */

export type Rounding = 'half_up' | 'down' | 'up';

export type Whole =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly why: string };

export type Exactness = {
  /** How many decimals one unit has: 2 makes fen of yuan, 3 makes milli of pieces. */
  readonly places: number;
  /** More decimals than this are the sender's error, even if they are zeros. */
  readonly decimalsMax: number;
  /** Without it, a non-zero remainder smaller than the unit is refused. */
  readonly rounding?: Rounding | undefined;
};

/** `1,234.50`, `-22.000`, `1.23456789E7` (as Java prints a double), `.5`. */
const shape = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d{1,24})?(?:\.(\d{0,24}))?(?:[eE]([+-]?\d{1,2}))?$/;

/** The same number in whole units. */
export function wholeUnits(text: string, exactness: Exactness): Whole {
  const [, whole, fraction = ''] = plain.exec(text) ?? [];
  const { places, decimalsMax } = exactness;
  if (whole !== undefined && places <= 6 && fraction.length <= Math.min(places, decimalsMax)) {
    return { ok: true, value: Number(whole + fraction) * 10 ** (places - fraction.length) };
  }
  return anyUnits(text, exactness);
}

/** The form of nearly every amount; its digits stay within the safe integers. */
const plain = /^(\d{1,9})(?:\.(\d{1,3}))?$/;

function anyUnits(text: string, { places, decimalsMax, rounding }: Exactness): Whole {
  const read = shape.exec(text);
  const [, sign, grouped = '', fraction = '', exponent = '0'] = read ?? [];
  if (!read || (grouped === '' && fraction === ''))
    return { ok: false, why: `"${clip(text)}" is not a decimal number` };
  const decimals = Math.max(0, fraction.length - Number(exponent));
  if (decimals > decimalsMax && rounding === undefined) {
    return { ok: false, why: `"${clip(text)}" has more than ${decimalsMax} decimals; say how to round it` };
  }
  const digits = grouped.replaceAll(',', '') + fraction;
  const shift = places - fraction.length + Number(exponent);
  const kept = shift >= 0 ? digits + '0'.repeat(shift) : digits.slice(0, Math.max(0, digits.length + shift));
  const dropped = shift >= 0 ? '' : digits.padStart(-shift, '0').slice(shift);
  const isExact = /^0*$/.test(dropped);
  if (!isExact && rounding === undefined) {
    return { ok: false, why: `"${clip(text)}" is finer than the unit; say how to round it` };
  }
  const whole = Number(kept || '0') + (isExact ? 0 : carry(dropped, rounding));
  if (!Number.isSafeInteger(whole)) return { ok: false, why: `"${clip(text)}" is too large` };
  return { ok: true, value: sign === '-' && whole !== 0 ? -whole : whole };
}

/** half_up and up round away from zero, so that a refund is rounded like its sale. */
function carry(dropped: string, rounding: Rounding | undefined): number {
  if (rounding === 'up') return 1;
  return rounding === 'half_up' && Number(dropped[0]) >= 5 ? 1 : 0;
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
