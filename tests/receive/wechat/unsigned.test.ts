/** 不认识的人: a body is not read, let alone parsed, for somebody who does not know the token; and it has a bound. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { callbackBytesMax } from '../../../workers/receive/body.ts';
import { receivePay } from '../../../workers/receive/pay/pay.ts';
import { receiveWechat } from '../../../workers/receive/wechat/wechat.ts';
import { receiveWecom } from '../../../workers/receive/wecom/wecom.ts';
import { official, openAccount, sealedRequest } from '../../support/account.ts';
import { openPayShop } from '../../support/payout.ts';
import { openShop, rowCounts } from '../../support/shop.ts';

/** Says how much of it was read. */
function counted(bytes: number): { readonly body: ReadableStream<Uint8Array>; readonly read: () => number } {
  let read = 0;
  const chunk = new TextEncoder().encode('&'.repeat(1_000));
  const body = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        if (read >= bytes) return controller.close();
        read += chunk.length;
        controller.enqueue(chunk);
      },
    },
    { highWaterMark: 0 },
  );
  return { body, read: () => read };
}

const post = (url: string, body: ReadableStream<Uint8Array>): Request =>
  // Node sends a stream only when told that no answer is read before its end; the option is not in our types.
  new Request(url, { method: 'POST', body, duplex: 'half' } as RequestInit);

const [timestamp, nonce] = ['1795330740', '486452656'];
const signature = createHash('sha1')
  .update([official.token, timestamp, nonce].toSorted().join(''))
  .digest('hex');
const query = (given: Readonly<Record<string, string>>): string =>
  String(new URLSearchParams({ timestamp, nonce, encrypt_type: 'aes', msg_signature: 'x', ...given }));

test('of a megabyte without WeChat’s signature on its address, the official account reads nothing', async () => {
  // An isolate tells the shop once in a while; nobody has told this one yet.
  const shop = await openShop({ now: '2027-06-01 09:00' });
  const { receiver, settled } = openAccount(shop);
  for (const given of [{}, { signature: '' }, { signature: 'x' }, { signature: signature.slice(1) }]) {
    const large = counted(1_000_000);
    const url = `https://shop.example/hooks/wechat?${query(given)}`;
    expect((await receiveWechat(receiver, post(url, large.body))).status).toBe(401);
    expect(large.read()).toBe(0);
  }
  await settled();
  // Whoever has just changed the token has to hear of it.
  expect(shop.db.all('SELECT kind FROM alerts')).toEqual([{ kind: 'wechat.callback-refused' }]);
  expect(rowCounts(shop.db)['inbox']).toBe(0);
});

test('of a megabyte under a right address, it reads no more than 128 KB', async () => {
  const { receiver } = openAccount(await openShop());
  const large = counted(1_000_000);
  const url = `https://shop.example/hooks/wechat?${query({ signature })}`;
  expect((await receiveWechat(receiver, post(url, large.body))).status).toBe(413);
  expect(large.read()).toBeLessThanOrEqual(callbackBytesMax + 1_000);
});

test('WeCom signs only what is sealed: of its envelope no more than 128 KB is read', async () => {
  const { receiver } = openAccount(await openShop());
  const wecom = { corpId: 'ww1', token: 'wecom-token', encodingAESKeys: [official.encodingAESKey] };
  const large = counted(1_000_000);
  const url = `https://shop.example/hooks/wecom?${query({})}`;
  expect((await receiveWecom({ ...receiver, wecom }, post(url, large.body))).status).toBe(413);
  expect(large.read()).toBeLessThanOrEqual(callbackBytesMax + 1_000);
});

test('WeChat Pay signs the bytes: of a notification no more than 128 KB is read', async () => {
  const { shop, pay } = await openPayShop();
  const large = counted(1_000_000);
  const request = post('https://shop.example/hooks/wechat-pay', large.body);
  expect((await receivePay({ ...shop.receiver, notices: pay.notices }, request)).status).toBe(413);
  expect(large.read()).toBeLessThanOrEqual(callbackBytesMax + 1_000);
});

test('an ordinary message in safe mode is answered as ever', async () => {
  const shop = await openShop();
  const { receiver } = openAccount(shop);
  const said = { MsgType: 'text', Content: '你好', MsgId: '1' };
  expect((await receiveWechat(receiver, sealedRequest('o1', shop.clock.now, said))).status).toBe(200);
  expect(rowCounts(shop.db)['inbox']).toBe(1);
});
