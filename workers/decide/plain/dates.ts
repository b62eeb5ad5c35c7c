/** Business dates and local times in a store's zone; instants are epoch milliseconds, dates are YYYY-MM-DD. */

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** Zones without daylight saving answer without Intl, which costs more than the rest of a decision. */
const fixedOffsetHours: Readonly<Record<string, number>> = {
  'Asia/Shanghai': 8,
  'Asia/Hong_Kong': 8,
  'Asia/Macau': 8,
  'Asia/Taipei': 8,
  'Asia/Urumqi': 6,
  UTC: 0,
};

const formatters = new Map<string, Intl.DateTimeFormat>();

function offsetMs(at: number, timezone: string): number {
  const fixed = fixedOffsetHours[timezone];
  if (fixed !== undefined) return fixed * hourMs;
  let formatter = formatters.get(timezone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(timezone, formatter);
  }
  const parts: Record<string, number> = {};
  for (const { type, value } of formatter.formatToParts(at)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

export function isTimezone(timezone: string): boolean {
  try {
    offsetMs(0, timezone);
    return true;
  } catch {
    return false;
  }
}

export function localDate(at: number, timezone: string): string {
  return new Date(at + offsetMs(at, timezone)).toISOString().slice(0, 10);
}

export function localHour(at: number, timezone: string): number {
  return new Date(at + offsetMs(at, timezone)).getUTCHours();
}

/** The instant at which `date` reads `hour` o'clock in the zone. */
export function atHour(date: string, hour: number, timezone: string): number {
  const naive = Date.parse(`${date}T00:00:00Z`) + hour * hourMs;
  // The offset is computed near the answer and again at the answer: the clocks may change in between.
  const guess = naive - offsetMs(naive, timezone);
  return naive - offsetMs(guess, timezone);
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

export const daysBetween = (one: string, other: string): number =>
  (Date.parse(other) - Date.parse(one)) / dayMs;

/** The same day so many months later; the last day of the month where there is no such day. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0));
  last.setUTCDate(Math.min(date, last.getUTCDate()));
  return last.toISOString().slice(0, 10);
}
