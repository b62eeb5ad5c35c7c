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

/** A group of sales asks for the same few days again and again; writing one out costs more than finding it. */
const dayTexts = new Map<number, string>();
const dayTextsMax = 1000;

/** YYYY-MM-DD of the day in which this instant lies in UTC. */
function dayText(ms: number): string {
  const day = Math.floor(ms / dayMs);
  const known = dayTexts.get(day);
  if (known !== undefined) return known;
  const text = new Date(ms).toISOString().slice(0, 10);
  if (dayTexts.size >= dayTextsMax) dayTexts.clear();
  dayTexts.set(day, text);
  return text;
}

export function localDate(at: number, timezone: string): string {
  return dayText(at + offsetMs(at, timezone));
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
  return dayText(Date.parse(`${date}T00:00:00Z`) + days * dayMs);
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
