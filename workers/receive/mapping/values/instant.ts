/** 时间: a till's time as an instant with its offset; a zero date means "no time". */
import { spelledTime } from './spelled-time.ts';

export const timeFormats = ['text', 's', 'ms', 's2012'] as const;
/** `text` is a written date, `s` and `ms` count from 1970, `s2012` counts seconds from 2012-01-01 (旺店通). */
export type TimeFormat = (typeof timeFormats)[number];

/** `value` null: the sender wrote "no time". */
export type InstantRead =
  | { readonly ok: true; readonly value: string | null }
  | { readonly ok: false; readonly why: string };

const written =
  /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?:[T ]?\s*(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/;

/** 2012-01-01 00:00 in Shanghai. */
const epoch2012 = Date.parse('2011-12-31T16:00:00Z');
/** What databases write for "no date": 0000, 0001 (.NET), 1899 and 1900 (SQL Server), 1970-01-01. */
const isNoYear = (year: number): boolean => year < 1901;

export function readInstant(text: string, format: TimeFormat | undefined, zone: string): InstantRead {
  const isCount = /^-?\d+(\.\d+)?$/.test(text);
  if (format === 'text' || (!format && !(isCount && (text.length === 10 || text.length === 13)))) {
    return readWritten(text, zone);
  }
  if (!isCount) return { ok: false, why: `"${text.slice(0, 40)}" is not a count of seconds` };
  const count = Number(text);
  if (count <= 0) return { ok: true, value: null };
  const isMs = format === 'ms' || (!format && text.length === 13);
  const at = format === 's2012' ? epoch2012 + count * 1000 : isMs ? count : count * 1000;
  return inRange(at) ? { ok: true, value: withOffset(Math.trunc(at), zone) } : outOfRange(text);
}

function readWritten(text: string, zone: string): InstantRead {
  const parts = written.exec(text) ?? written.exec(spelledTime(text) ?? '');
  if (!parts) return { ok: false, why: `"${text.slice(0, 40)}" is not a time such as 2026-11-22 14:59:00` };
  const [, year = '', month = '', day = '', hour = '0', minute = '0', second = '0', fraction = '', offset] =
    parts;
  if (isNoYear(Number(year)) || text.startsWith('1970-01-01')) return { ok: true, value: null };
  const ms = Number(fraction.slice(0, 3).padEnd(3, '0'));
  const local = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    ms,
  );
  const isReal = new Date(local).getUTCDate() === Number(day) && Number(month) <= 12 && Number(hour) < 24;
  if (!isReal || Number(minute) > 59 || Number(second) > 59) {
    return { ok: false, why: `"${text.slice(0, 40)}" is not a day and hour that exist` };
  }
  const offsetMs = offset === undefined ? zoneOffsetMs(local, zone) : readOffset(offset);
  return inRange(local - offsetMs)
    ? { ok: true, value: withOffset(local - offsetMs, zone) }
    : outOfRange(text);
}

const inRange = (at: number): boolean => at > Date.UTC(1990, 0) && at < Date.UTC(2100, 0);
const outOfRange = (text: string): InstantRead => ({
  ok: false,
  why: `"${text.slice(0, 40)}" is not a time of our days`,
});

function readOffset(offset: string): number {
  if (offset === 'Z') return 0;
  const sign = offset.startsWith('-') ? -1 : 1;
  return sign * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2))) * 60_000;
}

const shanghai = 'Asia/Shanghai';
const shanghaiOffsetMs = 8 * 3_600_000;

/** How far the zone's clock is ahead of UTC when it shows `local`. */
function zoneOffsetMs(local: number, zone: string): number {
  if (zone === shanghai) return shanghaiOffsetMs;
  // Twice: the first guess may lie on the other side of a change of clocks.
  const guess = offsetAt(local - offsetAt(local, zone), zone);
  return offsetAt(local - guess, zone);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function offsetAt(at: number, zone: string): number {
  if (zone === shanghai) return shanghaiOffsetMs;
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    formatters.set(zone, formatter);
  }
  const name = formatter.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  return name === 'GMT' ? 0 : readOffset(name.slice('GMT'.length));
}

function withOffset(at: number, zone: string): string {
  const offsetMs = offsetAt(at, zone);
  const minutes = Math.abs(offsetMs) / 60_000;
  const local = new Date(at + offsetMs).toISOString().replace('.000', '').slice(0, -1);
  const pad = (part: number): string => String(Math.trunc(part)).padStart(2, '0');
  return `${local}${offsetMs < 0 ? '-' : '+'}${pad(minutes / 60)}:${pad(minutes % 60)}`;
}

export function isZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en-US', { timeZone: zone }));
  } catch {
    return false;
  }
}
