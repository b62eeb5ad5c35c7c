/** 日期: business days and local hours, in the zone of the store. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, atHour, isTimezone, localDate, localHour } from '../../../workers/decide/plain/dates.ts';

test.each([
  ['2026-11-21T15:59:59Z', 'Asia/Shanghai', '2026-11-21', 23],
  ['2026-11-21T16:00:00Z', 'Asia/Shanghai', '2026-11-22', 0],
  ['2026-11-21T18:00:00Z', 'Asia/Urumqi', '2026-11-22', 0],
  ['2026-07-01T03:59:59Z', 'America/New_York', '2026-06-30', 23],
  ['2026-01-01T04:59:59Z', 'America/New_York', '2025-12-31', 23],
  ['2026-03-08T07:00:00Z', 'America/New_York', '2026-03-08', 3],
])('%s is, in %s, on %s at %d o’clock', (instant, timezone, date, hour) => {
  const at = Date.parse(instant);
  expect([localDate(at, timezone), localHour(at, timezone)]).toEqual([date, hour]);
});

test.each([
  ['2026-11-22', 9, 'Asia/Shanghai', '2026-11-22T01:00:00Z'],
  ['2026-11-22', 0, 'Asia/Shanghai', '2026-11-21T16:00:00Z'],
  ['2026-03-08', 0, 'America/New_York', '2026-03-08T05:00:00Z'],
  ['2026-03-08', 9, 'America/New_York', '2026-03-08T13:00:00Z'],
  ['2026-11-01', 9, 'America/New_York', '2026-11-01T14:00:00Z'],
])('%s %d:00 in %s is %s', (date, hour, timezone, instant) => {
  expect(new Date(atHour(date, hour, timezone)).toISOString()).toBe(new Date(instant).toISOString());
});

test('days are added by the calendar, over months, years and leap days', () => {
  expect([
    addDays('2026-11-28', 7),
    addDays('2026-12-31', 1),
    addDays('2028-02-28', 1),
    addDays('2026-03-01', -1),
  ]).toEqual(['2026-12-05', '2027-01-01', '2028-02-29', '2026-02-28']);
});

test('nine in the morning is on its own day at nine, in every zone, on every day', () => {
  const zone = fc.constantFrom(
    'Asia/Shanghai',
    'Asia/Urumqi',
    'America/New_York',
    'Europe/Berlin',
    'Australia/Sydney',
    'UTC',
  );
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20_000 }), zone, (days, timezone) => {
      const date = addDays('1990-01-01', days);
      const nine = atHour(date, 9, timezone);
      expect([localDate(nine, timezone), localHour(nine, timezone)]).toEqual([date, 9]);
    }),
  );
});

test('a zone nobody knows is no zone', () => {
  expect([isTimezone('Asia/Shanghai'), isTimezone('Europe/Paris'), isTimezone('Mars/Olympus')]).toEqual([
    true,
    true,
    false,
  ]);
});
