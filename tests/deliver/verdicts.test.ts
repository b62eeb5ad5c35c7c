/** 微信返回码: what each answer means for a message (wechat.md §4). */
import { expect, test } from 'vitest';
import { backoffMs } from '../../workers/deliver/drain.ts';
import { judge, tokenErrors } from '../../workers/deliver/verdicts.ts';

const retried: [number, number | null][] = [
  [-1, 30],
  [45011, 60],
  [45009, 21_600],
  [40164, 600],
  [61004, 600],
  [40243, 3_600],
  // Nobody has met this one.
  [99999, null],
];
const forAnotherChannel = [40037, 43116, 45015, 45047, 47003, 48001, 48004];
const parked = [40003, 43004, 43019, 43101, 45002, 47001, 48002, 50002, 50005];

test('0 is sent, with the number that a delivery report will name', () => {
  expect(judge({ errcode: 0, errmsg: 'ok', msgid: '3907183719483719' })).toEqual({
    verdict: 'sent',
    receipt: '3907183719483719',
  });
  expect(judge({ errcode: 0, errmsg: 'ok' })).toEqual({ verdict: 'sent', receipt: null });
});

test.each(retried)('%d is tried again after %s seconds', (errcode, afterSeconds) => {
  expect(judge({ errcode, errmsg: 'busy' })).toEqual({
    verdict: 'retry',
    afterSeconds,
    why: `微信暂时不能处理（${String(errcode)} busy）`,
  });
});

test.each(forAnotherChannel)('%d is a matter for another channel', (errcode) => {
  expect(judge({ errcode, errmsg: 'no' })).toEqual({
    verdict: 'unsuitable',
    why: expect.stringMatching(new RegExp(`^\\p{Script=Han}.+（${String(errcode)} no）$`, 'u')),
  });
});

test.each(parked)('%d is parked, and says why in Chinese', (errcode) => {
  const verdict = judge({ errcode, errmsg: 'x'.repeat(500) });
  expect(verdict).toMatchObject({ verdict: 'park' });
  expect('why' in verdict ? verdict.why.length : 0).toBeLessThan(200);
});

test('40001, 40014 and 42001 are the token’s fault, and no code has two meanings', () => {
  expect([...tokenErrors]).toEqual([40001, 40014, 42001]);
  const all = [...retried.map(([code]) => code), ...forAnotherChannel, ...parked, ...tokenErrors];
  expect(new Set(all).size).toBe(all.length);
});

test('the wait doubles from half a minute to six hours, give or take a quarter', () => {
  const minutes = (ms: number): number => ms / 60_000;
  const exact = [0.5, 1, 2, 4, 8, 16, 32, 64];
  for (const [index, expected] of exact.entries()) {
    expect([0, 0.5, 1].map((jitter) => minutes(backoffMs(index + 1, jitter)))).toEqual(
      [0.75, 1, 1.25].map((part) => part * expected),
    );
  }
  expect(backoffMs(40, 1)).toBe(1.25 * 6 * 3_600_000);
});
