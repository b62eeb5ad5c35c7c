/** 拉取的密钥: as it is stored with a source, whichever form its signature scheme wants, and never in its settings. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { secretsWrittenOut, valueIn } from '../../../workers/schedule/poll/asking/secret.ts';
import { pollBench, pospalSource } from './poll-support.ts';
import { appKey } from './pospal-double.ts';

test.each([
  ['the key alone', appKey],
  ['the two values of signed pushes', JSON.stringify({ appId: 'PPAPP', appKey })],
])('银豹 is asked with its key, stored as %s', async (_, secret) => {
  const signatures: boolean[] = [];
  const source = { ...pospalSource(), secrets: [{ secret, validTo: null }] };
  const bench = await pollBench(async (request) => {
    const text = await request.text();
    const expected = createHash('md5').update(`${appKey}${text}`).digest('hex').toUpperCase();
    signatures.push(request.headers.get('data-signature') === expected);
    return Response.json({ status: 'success', data: { result: [], pageSize: 100 } });
  }, source);
  await bench.tick();
  expect(signatures).toEqual([true]);
});

test('a bearer token is filled into a header and a field, and stands in no setting', async () => {
  const asked: (string | null)[] = [];
  const poll = {
    kind: 'http',
    url: 'https://erp.example.com.cn/{secret}/receipts',
    method: 'POST',
    headers: { authorization: 'Bearer {secret}' },
    fields: { token: '{secret}' },
  };
  const secrets = [{ secret: 'a-token-of-theirs', validTo: null }];
  const bench = await pollBench(
    async (request) => {
      asked.push(request.headers.get('authorization'), await request.text(), request.url);
      return new Response('[]');
    },
    { ...pospalSource(), adapter: 'loyverse', secrets, config: { poll } },
  );
  await bench.tick();
  expect(asked).toEqual([
    'Bearer a-token-of-theirs',
    '{"token":"a-token-of-theirs"}',
    'https://erp.example.com.cn/%7Bsecret%7D/receipts',
  ]);
});

test('the value that is named is taken, and a secret that only looks like JSON is left as it is', () => {
  expect(valueIn('{"appKey":"k","appId":"i"}', 'appKey')).toBe('k');
  expect(valueIn('{"token":"k"}', 'appKey')).toBe('{"token":"k"}');
  expect(valueIn('{not json', 'appKey')).toBe('{not json');
});

test('what looks like a secret in the settings is found, what is filled in is not', () => {
  const headers = {
    authorization: 'Basic YTpi',
    'x-api-key': '{secret}',
    access_token: 'abc',
    app_key: 'public',
    page: '1',
  };
  expect(secretsWrittenOut(headers)).toEqual(['authorization', 'access_token']);
  expect(secretsWrittenOut(null)).toEqual([]);
});
