import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitField } from '../../workers/wechat/fields.ts';

const fitted = (key: string, value: string) => {
  const result = fitField(key, value);
  return result.ok ? result.value : null;
};

describe('a value that WeChat takes is left alone', () => {
  test.each([
    ['thing1', '207积分、1张券、红包3.20元'],
    ['thing1', '二十个字二十个字二十个字二十个字二十个字'],
    ['short_thing2', '五个字以内'],
    ['number01', '12345.67'],
    ['letter1', 'ABC'],
    ['symbol1', '★☆'],
    ['character_string2', '8005-372-1'],
    ['time4', '15:01'],
    ['time4', '15:01:09'],
    ['time4', '2019年10月1日 15:01'],
    ['time4', '2026-11-22 14:59'],
    ['time4', '15:01~16:30'],
    ['date3', '2019年10月1日'],
    ['date3', '2026-11-22'],
    ['date3', '2026/11/22 09:00'],
    ['date3', '10月1日'],
    ['date3', '2026-11-01~2026-11-08'],
    ['amount1', '¥207.20'],
    ['amount1', '207.20元'],
    ['amount1', '9999999999'],
    ['phone_number1', '+86-0766-66888866'],
    ['phone_number1', '139****5487'],
    ['car_number1', '粤A8Z888挂'],
    ['name1', '陈小满'],
    ['name1', 'Anne-Marie Duval'],
    ['phrase1', '配送中'],
    ['const1', '已完成'],
  ])('%s: %s', (key, value) => {
    expect(fitField(key, value)).toEqual({ ok: true, value });
  });
});

describe('a value that would be refused is not sent', () => {
  test.each([
    ['thing1', ''],
    ['thing1', ' \n\t '],
    ['thing1', '\u200B\u200D'],
    ['number1', '十二'],
    ['number1', '1'.repeat(33)],
    ['letter1', 'A1'],
    ['symbol1', 'a'],
    ['character_string2', '订单8005'],
    ['character_string2', 'x'.repeat(33)],
    ['time4', '明天'],
    ['time4', '25:00'],
    ['date3', '2026-11/22'],
    ['date3', 'Nov 22'],
    ['amount1', '12345678901'],
    ['amount1', '¥1,200.00'],
    ['amount1', '-8.00'],
    ['phone_number1', '1'.repeat(18)],
    ['car_number1', '粤A8Z888888'],
    ['name1', '😀'],
    ['phrase1', 'ok'],
    ['const1', 'x'.repeat(21)],
    ['keyword1', 'x'],
    ['thing', 'x'],
    ['thing1.DATA', 'x'],
    ['__proto__1', 'x'],
  ])('%s: %j', (key, value) => {
    expect(fitField(key, value).ok).toBe(false);
  });

  test('and the reason names the field but not what was in it', () => {
    const result = fitField('phone_number1', '13912345487 13912345487');
    expect(result).toEqual({ ok: false, why: 'phone_number1 must be at most 17 digits and symbols' });
  });
});

describe('a text too long says as much as it may', () => {
  test('with the ellipsis inside the 20 characters', () => {
    expect(fitted('thing1', '爱他美卓萃幼儿配方奶粉三段九百克罐装新包装')).toBe(
      '爱他美卓萃幼儿配方奶粉三段九百克罐装新…',
    );
  });

  test('a name of 12 Chinese characters keeps 10, one of 24 letters keeps 20', () => {
    expect(fitted('name1', '阿布都热合曼买买提艾力江')).toBe('阿布都热合曼买买提艾');
    expect(fitted('name1', 'Wolfeschlegelsteinhausen')).toBe('Wolfeschlegelsteinha');
  });

  test('a nickname loses its emoji and digits', () => {
    expect(fitted('name1', '🍼小满妈妈2026')).toBe('小满妈妈');
  });

  test('a phrase keeps five characters and no ellipsis', () => {
    expect(fitted('phrase1', '已经送到门口')).toBe('已经送到门');
  });

  test('newlines become spaces', () => {
    expect(fitted('thing1', ' 天河店\r\n二楼\u2028服务台 ')).toBe('天河店 二楼 服务台');
  });

  test('no text is ever over the limit, empty, on two lines, or cut through a character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.constantFrom('thing1', 'short_thing1'),
        (value, key) => {
          const result = fitField(key, value);
          if (!result.ok) return;
          expect(Array.from(result.value).length).toBeLessThanOrEqual(key === 'thing1' ? 20 : 5);
          expect(result.value).toMatch(/\S/);
          expect(result.value).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
          expect(result.value.isWellFormed()).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('a text within the limit is not shortened', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('奶', 'a', '😀', '1'), { minLength: 1, maxLength: 20 }),
        (characters) => {
          expect(fitted('thing1', characters.join(''))).toBe(characters.join(''));
        },
      ),
    );
  });
});
