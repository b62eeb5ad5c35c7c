/** 日志: English, short, and without a word that belongs to a person or opens a door. Every test file scans what it logs. */
import { expect, test } from 'vitest';
import { log } from '../workers/platform/log.ts';
import { leaksIn, linesScanned } from './support/log-scan.ts';

test.each([
  ['a phone number', 'event=x phone=13912345487'],
  ['an openid', 'event=x who=oR5Gjjl_eiZoUpGozMo7dbBJ362A'],
  ['a webhook secret', 'event=x why=whsec_MfKQ9r8G'],
  ['a token of the API', 'event=x hk_abcdef'],
  ['a query string', 'event=x url=https://api.weixin.qq.com/cgi-bin/user/info?lang=zh_CN'],
  ['a token or a signature', 'event=x why=access_token=98_abc'],
  ['a bearer', 'event=x why=Bearer_abc'],
  ['words of a person', 'event=x name=张美丽'],
])('%s is noticed', (what, line) => {
  expect(leaksIn(line)).toContain(what);
});

test.each([
  'event=housekeeping pass=bodies/90 rows=12',
  'event=api_failed method=POST route=/members name=TypeError message=x_is_not_a_function',
  'event=sale_overdue events=3',
])('an ordinary line passes: %s', (line) => {
  expect(leaksIn(line)).toEqual([]);
});

test('what is logged here is being read', () => {
  const before = linesScanned();
  log('info', 'scanned', { rows: 1 });
  expect(linesScanned()).toBeGreaterThan(before);
});
