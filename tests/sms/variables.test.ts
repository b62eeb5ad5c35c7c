/** 短信变量: what a provider refuses in a value is left out, shortened or said, so that a name never costs the message. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aliyunLimits, faultOf, tencentLimits } from '../../workers/sandbox/sms/variable-rules.ts';
import { fitVariables } from '../../workers/sms/variables.ts';

const fit = (value: string, given: { standIn?: string; isWhole?: boolean; max?: number } = {}) => {
  const { max: charactersMax = 12, ...param } = given;
  const fitted = fitVariables([{ name: 'v', value, ...param }], { charactersMax });
  return fitted.ok ? fitted.params[0]?.value : fitted.verdict;
};

test.each([
  ['a name that is too long is shortened', '爱他美卓萃白金版婴儿配方奶粉3段', '爱他美卓萃白金版婴儿配方'],
  ['a date is sent as it is', '2026-12-06', '2026-12-06'],
  ['an emoji in a nickname is left out', '小王🌸', '小王'],
  ['what looks like a signature is none', '【买一赠一】奶粉', '（买一赠一）奶粉'],
  ['circled and raised numbers are written plainly', '①段 10m²', '1段 10m2'],
  ['signs of price are written as words', '¥188', '188元'],
  ['stars and arrows are left out', '★热卖→奶粉•', '热卖奶粉'],
  ['lines become one', '奶粉\n一罐', '奶粉 一罐'],
])('%s', (_, value, expected) => {
  expect(fit(value)).toBe(expected);
});

test('a name of which nothing is left has somebody to stand in for it', () => {
  expect(fit('🌸🌸', { standIn: '会员' })).toBe('会员');
  expect(fit('www.a.com', { standIn: '会员' })).toBe('会员');
});

describe('the text message is not sent, and says why', () => {
  test.each([
    ['when a value is missing', '', {}, '变量 v 没有值'],
    ['when a moment would be cut', '2026-12-06 10:00', {}, '超过 12 个字'],
    ['when an offer would be cut', '全场满188减20仅限周末', { isWhole: true }, '超过 12 个字'],
    ['when a value is an address', 'https://a.example', { max: 35 }, '不能有网址'],
    ['when a value hides an address', '见 www.a.example', { max: 35 }, '不能有网址'],
    ['when a value names a domain', '到huike.cn领取', { max: 35 }, '不能有网址'],
  ])('%s', (_, value, given, why) => {
    expect(fit(value, given)).toEqual({ verdict: 'park', why: expect.stringContaining(why) });
  });
});

test('whatever the name, what is sent fits, and has no sign that providers refuse', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.integer({ min: 6, max: 35 }),
      (name, max) => {
        const fitted = fit(name, { standIn: '会员', max });
        if (typeof fitted !== 'string') return;
        expect(Array.from(fitted).length).toBeLessThanOrEqual(max);
        expect(fitted).toMatch(/^[^【】\p{So}\p{Cc}\p{Cs}]+$/u);
      },
    ),
  );
});

test.each([
  ['aliyun', 35, aliyunLimits],
  ['tencent', 12, tencentLimits],
] as const)('what was fitted for %s is taken by what its own pages say', (_, max, limits) => {
  const signs = fc.constantFrom(...Array.from('【】『』¥￥★→①²•🌸奶粉段a1.-: /'), 'www.', '.cn', 'https://');
  fc.assert(
    fc.property(fc.array(signs, { maxLength: 40 }), (parts) => {
      const fitted = fit(parts.join(''), { standIn: '会员', max });
      if (typeof fitted === 'string')
        expect([fitted, faultOf([fitted], 'notice', limits)]).toEqual([fitted, null]);
    }),
  );
});
