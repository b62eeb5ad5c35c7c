/** 转换: a till's values become ours exactly or not at all. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  fenOfYuan,
  toBool,
  toDate,
  toFen,
  toId,
  toInstant,
  toMemberId,
  toPhone,
  toQuantity,
  toText,
  wordFor,
  type Converted,
} from '../../../workers/receive/mapping/values/convert.ts';
import { decimalText, timesMilli, wholeUnits } from '../../../workers/receive/mapping/values/decimal.ts';

const given = <Value>(converted: Converted<Value>): Value | null | 'refused' =>
  converted.ok ? converted.value : 'refused';

describe('yuan', () => {
  test.each([
    ['19.99', 1999],
    ['-22.000', -2200],
    ['20', 2000],
    ['.5', 50],
    ['1,234.50', 123450],
    ['¥12.30', 1230],
    ['￥ 12.3', 1230],
    ['1.23456789E7', 1234567890],
    ['1e2', 10000],
    ['0.0000', 0],
    ['-0.00', 0],
    ['', null],
    ['  ', null],
    [null, null],
    [undefined, null],
  ])('%s is %s fen', (text, fen) => {
    expect(given(fenOfYuan(text))).toBe(fen);
  });
  test.each([
    '19.999',
    '0.001',
    '12.3元',
    '1,23.4',
    '--1',
    '1.2.3',
    'NaN',
    'Infinity',
    '0x10',
    '1e99',
    '9'.repeat(25),
  ])('%s is refused, not guessed at', (text) => {
    expect(given(fenOfYuan(text))).toBe('refused');
  });
  test('with a rounding that was asked for, the smaller part goes where it was sent', () => {
    expect(
      ['0.005', '0.0049', '-0.005', '12.299999999999'].map((text) =>
        given(fenOfYuan(text, { rounding: 'half_up' })),
      ),
    ).toEqual([1, 0, -1, 1230]);
    expect(given(fenOfYuan('0.019', { rounding: 'down' }))).toBe(1);
    expect(given(fenOfYuan('0.011', { rounding: 'up' }))).toBe(2);
  });
  test('a sign can be dropped or turned', () => {
    expect(given(fenOfYuan('-7.80', { sign: 'abs' }))).toBe(780);
    expect(given(fenOfYuan('7.80', { sign: 'negate' }))).toBe(-780);
    expect(given(fenOfYuan('0.00', { sign: 'negate' }))).toBe(0);
  });
  test('a list or an object is no amount', () => {
    expect(given(fenOfYuan(['1']))).toBe('refused');
    expect(given(fenOfYuan({ amount: '1' }))).toBe('refused');
  });
  test('every amount of fen that is written as yuan comes back, to the fen', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10_000_000_000, max: 10_000_000_000 }), (fen) => {
        const text = `${fen < 0 ? '-' : ''}${Math.trunc(Math.abs(fen) / 100)}.${String(Math.abs(fen) % 100).padStart(2, '0')}`;
        expect(given(fenOfYuan(text)) === fen || (fen === 0 && given(fenOfYuan(text)) === 0)).toBe(true);
      }),
    );
  });
});

test('fen are whole, whatever zeros follow them; 厘 are moved by a scale', () => {
  expect(['8000', '8000.00', '-1200', '80.5'].map((text) => given(toFen(text)))).toEqual([
    8000,
    8000,
    -1200,
    'refused',
  ]);
  expect(given(toFen('12300', { scale: -1 }))).toBe(1230);
});

test('quantities are decimal text with at most three places', () => {
  expect(['2', '2.000', '0.515', '1,000', '0.5150', '0.0001'].map((text) => given(toQuantity(text)))).toEqual(
    ['2', '2', '0.515', '1000', '0.515', 'refused'],
  );
  expect([2000, 515, -10, 0].map((milli) => decimalText(milli, 3))).toEqual(['2', '0.515', '-0.01', '0']);
});

test('price times weight rounds to the nearest fen', () => {
  expect(timesMilli(1280, 810)).toBe(1037);
  expect(timesMilli(999_999_999, 999_999_999)).toBe(999_999_998_000_000);
  expect(wholeUnits('1', { places: 20 }).ok).toBe(false);
});

test('an id keeps its digits, and one that has lost them is refused', () => {
  expect(given(toId(' 411391574328276013 '))).toBe('411391574328276013');
  expect(given(toId('007'))).toBe('007');
  expect(given(toId('4.11391574328276E17'))).toBe('refused');
  expect(given(toId('x'.repeat(129)))).toBe('refused');
});

test.each(['0', ' 0 ', '', '-1', 'NULL', null, undefined])('%s is nobody', (id) => {
  expect(given(toMemberId(id))).toBeNull();
});

describe('a time', () => {
  const instant = (text: string, format?: 'text' | 's' | 'ms' | 's2012', zone = 'Asia/Shanghai') =>
    given(toInstant(text, zone, format));
  test.each([
    ['2026-11-22 14:59:00', '2026-11-22T14:59:00+08:00'],
    ['2026/11/22 14:59', '2026-11-22T14:59:00+08:00'],
    ['2026-1-2 3:04:05', '2026-01-02T03:04:05+08:00'],
    ['20261122145900', '2026-11-22T14:59:00+08:00'],
    ['20261122', '2026-11-22T00:00:00+08:00'],
    ['2026年11月22日 14:59:00', '2026-11-22T14:59:00+08:00'],
    ['2026年11月22日 14时59分', '2026-11-22T14:59:00+08:00'],
    ['2026-11-22 下午2:59', '2026-11-22T14:59:00+08:00'],
    ['2026/11/22 2:59:00 PM', '2026-11-22T14:59:00+08:00'],
    ['2026-11-22T06:59:00Z', '2026-11-22T14:59:00+08:00'],
    ['2026-11-22T06:59:00.123456Z', '2026-11-22T14:59:00.123+08:00'],
    ['2026-11-22T01:59:00-0500', '2026-11-22T14:59:00+08:00'],
    ['1795330740', '2026-11-22T14:59:00+08:00'],
    ['1795330740000', '2026-11-22T14:59:00+08:00'],
  ])('%s is %s', (text, expected) => {
    expect(instant(text)).toBe(expected);
  });
  test('seconds since 2012 are what 旺店通 counts', () => {
    expect(instant('469983540', 's2012')).toBe('2026-11-22T14:59:00+08:00');
  });
  test.each([
    '0000-00-00 00:00:00',
    '0000-00-00',
    '0001-01-01T00:00:00',
    '1900-01-01 00:00:00',
    '1970-01-01 08:00:00',
  ])('%s is no time', (text) => {
    expect(instant(text)).toBeNull();
  });
  test('a count of nothing is no time', () => {
    expect([instant('0', 's'), instant('0', 'ms'), instant('-1', 's')]).toEqual([null, null, null]);
  });
  test.each([
    '2026-02-30 10:00:00',
    '2026-13-01 10:00:00',
    '2026-11-22 24:00:00',
    '2026-11-22 10:61:00',
    'yesterday',
    '14:59',
    '22/11/2026',
  ])('%s is refused', (text) => {
    expect(instant(text)).toBe('refused');
  });
  test('a zone with summer time is reckoned on both sides of the change', () => {
    expect(instant('2026-07-01 12:00:00', undefined, 'America/New_York')).toBe('2026-07-01T12:00:00-04:00');
    expect(instant('2026-12-01 12:00:00', undefined, 'America/New_York')).toBe('2026-12-01T12:00:00-05:00');
  });
  test('a date is the day in the zone', () => {
    expect(given(toDate('1795368600', 'Asia/Shanghai'))).toBe('2026-11-23');
    expect(given(toDate('2026-11-22', 'Asia/Shanghai'))).toBe('2026-11-22');
  });
});

test.each([
  ['13912345487', '13912345487'],
  ['+86 139-1234-5487', '13912345487'],
  ['008613912345487', '13912345487'],
  ['139****5487', null],
  ['$enc$1$ZmFrZQ==', null],
  ['13800000000,1234', null],
  ['13800000000_1234', null],
  ['02012345678', null],
  ['95013700000000', null],
  ['', null],
])('%s as a phone is %s', (text, phone) => {
  expect(given(toPhone(text))).toBe(phone);
});

test('yes and no are known in the words that tills use', () => {
  expect(
    ['1', 'true', 'Y', '是', '0', 'FALSE', '否', 'maybe', ''].map((text) => given(toBool(text))),
  ).toEqual([true, true, true, true, false, false, false, 'refused', null]);
});

test('words are compared without case, width or padding', () => {
  const kinds = { sale: ['SELL', '销售'], refund: ['SELL_RETURN'] };
  expect(
    ['sell ', 'ＳＥＬＬ', '销售  ', 'sell_return', 'void', null].map((text) => wordFor(text, kinds)),
  ).toEqual(['sale', 'sale', 'sale', 'refund', null, null]);
});

test('a name that is too long is cut between characters, not within one', () => {
  expect(given(toText('奶'.repeat(300)))).toBe('奶'.repeat(200));
  expect(given(toText('👶'.repeat(3), 3))).toBe('👶');
});
