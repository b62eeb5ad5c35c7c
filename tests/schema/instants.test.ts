/** 时间的写法: RFC 3339 allows more than one way to write a moment, and tills use them all. */
import { expect, test } from 'vitest';
import { Instant } from '../../schema/index.ts';

const moment = Date.parse('2026-11-22T14:59:00+08:00');

test.each([
  '2026-11-22T14:59:00+08:00',
  '2026-11-22T14:59+08:00',
  '2026-11-22 14:59:00+08:00',
  '2026-11-22T14:59:00+0800',
  '2026-11-22T06:59:00Z',
  '2026-11-22T06:59Z',
  '2026-11-22t06:59:00z',
  '2026-11-22T06:59:00.000Z',
  '2026-11-22T06:59:00.000000000Z',
  ' 2026-11-22T14:59:00 +08:00 ',
])('%s is 14:59 in Shanghai', (written) => {
  expect(Date.parse(Instant.parse(written))).toBe(moment);
});

test('a leap second is the moment after it', () => {
  expect(Date.parse(Instant.parse('2016-12-31T23:59:60Z'))).toBe(Date.parse('2017-01-01T00:00:00Z'));
});

test.each([
  ['without an offset', '2026-11-22T14:59:00'],
  ['on the 30th of February', '2026-02-30T14:59:00Z'],
  ['at 25 o’clock', '2026-11-22T25:00:00Z'],
  ['of a date alone', '2026-11-22'],
  ['in words', 'yesterday'],
])('a time %s is refused, with an example', (_, written) => {
  const { error } = Instant.safeParse(written);
  expect(error?.issues[0]?.message).toBe(
    'give a time with its offset, for example 2026-11-22T14:59:00+08:00',
  );
});
