/** 微信返回码: what each answer means for a message (wechat.md §4). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { backoffMs } from '../../workers/deliver/closings.ts';
import { judge, wechatVerdicts } from '../../workers/deliver/verdicts/wechat.ts';
import { wecomVerdicts } from '../../workers/deliver/verdicts/wecom.ts';

// Our own file.
const { codes } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../fixtures/wechat-errcodes.json'), 'utf8'),
) as { codes: Record<string, string> };

const sent = [45065];
const retried: [number, number | null][] = [
  [-1, 30],
  [40001, 60],
  [40014, 60],
  [42001, 60],
  [45011, 60],
  [45066, 60],
  [40164, 600],
  [61004, 600],
  [40243, 3_600],
  [40241, 90],
];
/** Another way now; if none is open, again after so many seconds, by so many attempts at most. */
const elsewhere: [number, number, number | undefined][] = [
  [45009, 21_600, undefined],
  [40038, 21_600, undefined],
  [43108, 60, undefined],
  [40037, 300, 4],
  [48001, 300, 4],
];
const forAnotherChannel = [
  -41000, 40003, 40029, 40032, 40130, 40163, 40165, 40249, 41030, 42003, 42007, 43004, 43101, 43107, 43116,
  43117, 45002, 45015, 45028, 45047, 45059, 45067, 45103, 45109, 45159, 45168, 46003, 47001, 47003, 48002,
  48004, 48006, 48008, 50002, 50005,
];
const parked = [40252, 43019];

const reply = (errcode: number, errmsg: string, rid: string | null = null) => ({ errcode, errmsg, rid });

test('0 is sent, with the number that a delivery report will name', () => {
  expect(judge(wechatVerdicts, { ...reply(0, 'ok'), msgid: '3907183719483719' })).toEqual({
    verdict: 'sent',
    receipt: '3907183719483719',
  });
  expect(judge(wechatVerdicts, reply(0, 'ok'))).toEqual({ verdict: 'sent', receipt: null });
});

test.each(sent)('%d has been sent before', (errcode) => {
  expect(judge(wechatVerdicts, reply(errcode, 'clientmsgid exist'))).toMatchObject({ verdict: 'sent' });
});

test.each(retried)('%d is tried again after %s seconds', (errcode, afterSeconds) => {
  expect(judge(wechatVerdicts, reply(errcode, 'busy'))).toMatchObject({
    verdict: 'retry',
    afterSeconds,
    why: expect.stringMatching(new RegExp(`^.*\\p{Script=Han}.*（${String(errcode)} busy）$`, 'u')),
  });
});

test('a code nobody has met yet goes another way, or is tried again, later each time', () => {
  expect(judge(wechatVerdicts, reply(99999, 'hm'))).toEqual({
    verdict: 'unsuitable',
    errcode: 99999,
    again: { afterSeconds: null },
    why: '微信没有接受（99999 hm）',
  });
});

test.each(elsewhere)(
  '%d goes another way, or is tried again after %d seconds',
  (errcode, afterSeconds, max) => {
    const again = { afterSeconds, ...(max !== undefined && { attemptsMax: max }) };
    expect(judge(wechatVerdicts, reply(errcode, 'no'))).toMatchObject({
      verdict: 'unsuitable',
      errcode,
      again,
    });
  },
);

test.each(forAnotherChannel)('%d is a matter for another channel', (errcode) => {
  expect(judge(wechatVerdicts, reply(errcode, 'no'))).toEqual({
    verdict: 'unsuitable',
    errcode,
    why: expect.stringMatching(new RegExp(`^.*\\p{Script=Han}.*（${String(errcode)} no）$`, 'u')),
  });
});

test.each(parked)('%d is parked, and says why in Chinese', (errcode) => {
  const verdict = judge(wechatVerdicts, reply(errcode, 'x'.repeat(500)));
  expect(verdict).toMatchObject({ verdict: 'park' });
  expect('why' in verdict ? verdict.why.length : 0).toBeLessThan(200);
});

test('no code of the notes is forgotten, none has two meanings, and none is made up', () => {
  const all = [...sent, ...[...retried, ...elsewhere].map(([code]) => code), ...forAnotherChannel, ...parked];
  expect(new Set(all).size).toBe(all.length);
  const documented = Object.keys(codes).map(Number);
  expect(documented.filter((code) => !all.includes(code))).toEqual([]);
  expect(
    [...wechatVerdicts.meanings.keys()].filter((code) => code !== 0 && !documented.includes(code)),
  ).toEqual([]);
  expect(documented.filter((code) => !wechatVerdicts.meanings.has(code))).toEqual([]);
});

test('40001, 40014 and 42001 are the token’s fault', () => {
  expect([...wechatVerdicts.tokenErrors]).toEqual([40001, 40014, 42001]);
});

describe('the name by which WeChat’s support finds a refusal', () => {
  test('is kept, however long the message before it', () => {
    const errmsg = `argument invalid! ${'data.thing1.value '.repeat(30)}rid: 6500a1b2-1f2c3d4e-30a1b2c3`;
    const verdict = judge(wechatVerdicts, reply(47003, errmsg, '6500a1b2-1f2c3d4e-30a1b2c3'));
    expect('why' in verdict ? verdict.why : '').toMatch(/ rid: 6500a1b2-1f2c3d4e-30a1b2c3）$/);
    expect('why' in verdict ? verdict.why.length : 0).toBeLessThan(220);
  });
});

describe('an address that is not on the list', () => {
  test.each<[string, number, string | null]>([
    ['invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist rid: 1-2', 40164, '203.0.113.9'],
    ['access clientip is not registered requestIP: 198.51.100.7 rid: 1-2', 61004, '198.51.100.7'],
    ['invalid ip 2001:db8::1, not in whitelist', 40164, '2001:db8::1'],
    ['not in whitelist', 40164, null],
  ])('%s', (errmsg, errcode, ip) => {
    expect(judge(wechatVerdicts, reply(errcode, errmsg))).toMatchObject({
      verdict: 'retry',
      unlisted: { list: '公众号的IP白名单', ip },
    });
  });

  test('is told of WeCom too', () => {
    const errmsg =
      'not allow to access from your ip, hint: [1684833894], from ip: 203.0.113.9, more info at https://open.work.weixin.qq.com/devtool/query?e=60020';
    expect(judge(wecomVerdicts, reply(60020, errmsg))).toMatchObject({
      verdict: 'unsuitable',
      again: { afterSeconds: 600 },
      unlisted: { list: '企业微信应用的企业可信IP', ip: '203.0.113.9' },
    });
  });
});

describe('企业微信', () => {
  test.each([60111, 81013, 40003, 60011, 48002, 301002, 40056, 45002])(
    '%d is a matter for another channel',
    (errcode) => {
      expect(judge(wecomVerdicts, reply(errcode, 'no'))).toMatchObject({ verdict: 'unsuitable', errcode });
    },
  );

  test.each([
    [-1, 30],
    [45033, 30],
  ])('%d is tried again after %d seconds', (errcode, afterSeconds) => {
    expect(judge(wecomVerdicts, reply(errcode, 'no'))).toMatchObject({ verdict: 'retry', afterSeconds });
  });

  test.each([
    [45009, 60],
    [60020, 600],
    [40001, 3600],
    [40013, 3600],
  ])('%d: whoever has a WeChat is told there; else again after %d seconds', (errcode, afterSeconds) => {
    const verdict = judge(wecomVerdicts, reply(errcode, 'no'));
    expect(verdict).toMatchObject({ verdict: 'unsuitable', again: { afterSeconds } });
  });

  test('40014 and 42001 are the token’s fault', () => {
    expect([...wecomVerdicts.tokenErrors]).toEqual([40014, 42001]);
  });
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
