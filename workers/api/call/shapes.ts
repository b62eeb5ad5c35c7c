/** The values that every answer uses. */
import * as z from 'zod';

/** Answers give instants in UTC. */
export const At = z.iso.datetime().meta({ description: 'RFC 3339, UTC' });

export const instant = (at: number): string => new Date(at).toISOString();
export const instantOrNull = (at: number | null): string | null => (at === null ? null : instant(at));

/** Thousandths as the decimal string they came as: 2000 is "2", 515 is "0.515". */
export function decimal(milli: number): string {
  const part = String(milli % 1000)
    .padStart(3, '0')
    .replace(/0+$/, '');
  return `${Math.trunc(milli / 1000)}${part === '' ? '' : `.${part}`}`;
}
