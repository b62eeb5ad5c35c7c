/** 版本: which of two tellings of one document is the later one. Stored as it was told, compared as what it means. */

export type Version =
  /** A moment: whole seconds, and the digits after them without idle zeros. */
  | { readonly form: 'moment'; readonly seconds: number; readonly fraction: string }
  /** `3`, `1.10`, `V9`: numbers from left to right, without idle zeros at the end. */
  | { readonly form: 'numbers'; readonly numbers: readonly bigint[] }
  /** Anything else; the digits in it count as numbers. */
  | { readonly form: 'text'; readonly text: string };

/** `unknown`: one is a moment and the other a number, and nobody can say which was written first. */
export type Order = 'earlier' | 'same' | 'later' | 'unknown';

/** Whether `told` is earlier or later than `known`. */
export function compareVersions(told: string, known: string): Order {
  if (told === known) return 'same';
  const order = orderOf(versionOf(told), versionOf(known));
  if (order === null) return 'unknown';
  return order === 0 ? 'same' : order < 0 ? 'earlier' : 'later';
}

export function versionOf(given: string): Version {
  const written = given.trim();
  return momentIn(written) ?? numbersIn(written) ?? { form: 'text', text: written };
}

const dashed =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)? ?(Z|[+-]\d{2}:?\d{2})?$/i;
/** 20261122145900, and with thousandths. */
const joined = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{3})?$/;
/** Tills that write no zone write Chinese time. */
const usualOffset = '+08:00';

function momentIn(written: string): Version | null {
  const found = dashed.exec(written) ?? joined.exec(written);
  if (!found) return null;
  const [, year, month, day, hour, minute, second = '00', fraction = '', zone = usualOffset] = found;
  const clock = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const naive = Date.parse(`${clock}Z`);
  // February 30 is no moment; Date.parse makes March of it.
  if (Number.isNaN(naive) || new Date(naive).toISOString().slice(0, clock.length) !== clock) return null;
  const offset = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  const minutes = offset ? Number(`${offset[1]}1`) * (Number(offset[2]) * 60 + Number(offset[3])) : 0;
  return { form: 'moment', seconds: naive / 1000 - minutes * 60, fraction: fraction.replace(/0+$/, '') };
}

function numbersIn(written: string): Version | null {
  const found = /^v?(\d+(?:\.\d+)*)$/i.exec(written);
  if (!found) return null;
  const numbers = (found[1] ?? '').split('.').map(BigInt);
  while (numbers.length > 1 && numbers.at(-1) === 0n) numbers.pop();
  return { form: 'numbers', numbers };
}

/** Null between two forms. */
function orderOf(one: Version, other: Version): number | null {
  if (one.form === 'moment' && other.form === 'moment')
    return compare(one.seconds, other.seconds) || compare(one.fraction, other.fraction);
  if (one.form === 'numbers' && other.form === 'numbers') return compareLists(one.numbers, other.numbers);
  if (one.form === 'text' && other.form === 'text')
    return compareLists(partsOf(one.text), partsOf(other.text)) || compare(one.text, other.text);
  return null;
}

const compare = <Value extends string | number | bigint>(one: Value, other: Value): number =>
  one === other ? 0 : one < other ? -1 : 1;

/** `rev-9b` is `rev-`, 9, `b`: letters stand at even places and digits at odd ones. */
const partsOf = (text: string): (string | bigint)[] =>
  text.split(/(\d+)/).map((part, place) => (place % 2 === 1 ? BigInt(part) : part));

/** The first difference decides, and what ends first is earlier. Like places hold like values. */
function compareLists(some: readonly (string | bigint)[], others: readonly (string | bigint)[]): number {
  for (const [place, one] of some.entries()) {
    const other = others[place];
    if (other === undefined) return 1;
    const order = compare(one, other);
    if (order !== 0) return order;
  }
  return compare(some.length, others.length);
}
