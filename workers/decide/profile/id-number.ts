/** 身份证号 (GB 11643): eighteen places of which the last is reckoned from the others. It is shown to nobody but by its end. */
import { isDay } from '../../../schema/plain/plain.ts';

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checks = '10X98765432';
const shown = 4;

export type IdMiss = 'form' | 'birthday' | 'check';

export const idFaults: Readonly<Record<IdMiss | 'off', string>> = {
  form: 'is eighteen places, the last of them may be X',
  birthday: 'holds a birthday that does not exist',
  check: 'is mistyped: its last place does not fit the others',
  off: 'this shop keeps no identity numbers; memberFile.idNumber of the settings switches it on',
};

/** As it is kept: without gaps, with a large X. */
export const plainIdNumber = (text: string): string => text.replaceAll(/\s/g, '').toUpperCase();

/** Null when it can be somebody's. */
export function idMiss(number: string): IdMiss | null {
  if (!/^[1-9]\d{16}[\dX]$/.test(number)) return 'form';
  if (!isDay(`${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`)) return 'birthday';
  const sum = weights.reduce((all, weight, place) => all + weight * Number(number[place]), 0);
  return checks[sum % checks.length] === number.at(-1) ? null : 'check';
}

export const maskIdNumber = (number: string): string =>
  `${'*'.repeat(Math.max(0, number.length - shown))}${number.slice(-shown)}`;
