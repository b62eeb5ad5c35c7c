/** 签名: what Standard Webhooks' own library signs we take, and what it refuses we refuse. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Webhook } from 'standardwebhooks';
import { receiveErp } from '../../workers/receive/hook.ts';
import { openShop, till } from '../support/shop.ts';
import { stopClock } from '../support/timers.ts';

const body = '{"id":"1","type":"ping","note":"中文 ✓"}';
const secret = till.secrets[0]?.secret ?? '';

const request = (headers: Record<string, string>): Request =>
  new Request('https://shop.example/hooks/erp/till', { method: 'POST', body, headers });

test('a request signed by the library is taken', async () => {
  const shop = await openShop();
  const timestamp = new Date(shop.clock.now);
  const signature = new Webhook(secret).sign('msg_1', timestamp, body);
  const headers = {
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(Math.floor(timestamp.getTime() / 1000)),
    'webhook-signature': signature,
  };
  expect((await receiveErp(shop.receiver, request(headers), 'till')).status).toBe(202);
});

test('over spoilt headers we and the library agree, both with a clock that shows now', async () => {
  const shop = await openShop();
  stopClock(shop.clock.now);
  const now = Math.floor(shop.clock.now / 1000);
  const library = new Webhook(secret);
  const good = (seconds: number) => library.sign('msg_1', new Date(seconds * 1000), body);
  const foreign = new Webhook(Buffer.from('somebody else').toString('base64')).sign(
    'msg_1',
    new Date(now * 1000),
    body,
  );
  const spoilt = fc.record({
    id: fc.constantFrom('msg_1', 'msg_1', 'msg_1', 'msg_2', ''),
    seconds: fc.constantFrom(now, now, now - 200, now + 200, now - 400, now + 400),
    signature: fc.constantFrom('good', 'good', 'good', 'foreign', 'two', 'short', 'v2', 'spaces', 'none'),
  });
  await fc.assert(
    fc.asyncProperty(spoilt, async ({ id, seconds, signature }) => {
      const offered = {
        good: good(seconds),
        foreign,
        two: `${foreign} ${good(seconds)}`,
        short: good(seconds).slice(0, 12),
        v2: good(seconds).replace('v1,', 'v2,'),
        spaces: `  ${good(seconds)}`,
        none: '',
      }[signature];
      const headers = {
        'webhook-id': id,
        'webhook-timestamp': String(seconds),
        'webhook-signature': offered,
      };
      let isGood = true;
      try {
        library.verify(body, headers);
      } catch {
        isGood = false;
      }
      const { status } = await receiveErp(shop.receiver, request(headers), 'till');
      expect({ signature, id, seconds, isTaken: status < 300 }).toEqual({
        signature,
        id,
        seconds,
        isTaken: isGood,
      });
    }),
  );
});
