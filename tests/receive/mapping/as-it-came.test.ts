/** 原样保存: a signature covers letters, so what came before there is a mapping is given back to the letter, with its headers. */
import { expect, test } from 'vitest';
import { asItCame } from '../../../workers/receive/mapping/as-it-came.ts';
import { mapping as adapter } from '../../../workers/receive/erp/mapping.ts';
import type { Split } from '../../../workers/receive/erp/define.ts';

const sent = new Headers({
  'x-jd-sign': 'A1B2',
  'x-odd': '"unmapped":',
  authorization: 'Bearer of-somebody',
  cookie: 'a=b',
  'user-agent': 'till/1.0',
  'content-type': 'application/json',
  'cf-connecting-ip': '203.0.113.7',
});

function bodyOf(text: string, headers = sent): string {
  const config = { verifier: { scheme: 'url-token' } };
  const split = adapter.split(text, { headers, query: new URLSearchParams(), config }) as Split;
  return split.events[0]?.body ?? '';
}

test.each([
  ['JSON with spaces and long numbers', '{ "dh": 9007199254740993,\n "je": 1.10 }'],
  ['a form', 'dh=A1&je=1.10'],
  ['a key that stands twice', '{"dh":"1","dh":"2"}'],
  ['text', 'hello'],
])('%s comes back to the letter, with the headers that say something of it', (_, text) => {
  expect(asItCame(bodyOf(text))).toEqual({
    text,
    headers: { 'x-jd-sign': 'A1B2', 'x-odd': '"unmapped":', 'content-type': 'application/json' },
    isDecoded: false,
  });
  expect(bodyOf(text)).not.toMatch(/of-somebody|203\.0\.113\.7/);
});

test('what a mapping took apart before it was stored is said to be so', () => {
  expect(asItCame('{"dh":"A1"}')).toEqual({ text: '{"dh":"A1"}', headers: {}, isDecoded: true });
});
