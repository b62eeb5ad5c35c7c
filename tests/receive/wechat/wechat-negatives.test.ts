/** 微信回调的反例: what the real Worker must not take, sealed and signed by Tencent's own package instead of by ours. */
import { createCipheriv, createHash } from 'node:crypto';
import { encrypt, getSignature } from '@wecom/crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startRuntime, type Runtime } from '../../../scripts/runtime.ts';
import { testSecret } from '../../support/shop.ts';

const appId = 'wx5823bf96d3bd56c7';
const token = 'QDG6eK';
const key = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
const formerKey = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const [timestamp, nonce] = ['1795330740', '486452656'];

let huike: Runtime;
beforeAll(async () => {
  huike = await startRuntime({
    vars: {
      SEED: testSecret,
      WECHAT_APP_ID: appId,
      WECHAT_APP_SECRET: 'app-secret',
      WECHAT_TOKEN: token,
      WECHAT_ENCODING_AES_KEY: key,
      WECHAT_ENCODING_AES_KEY_BEFORE: formerKey,
    },
    outbound: async () => Response.json({ errcode: -1, errmsg: 'system error' }),
  });
});
afterAll(() => huike.stop());

let made = 0;
/** A text nobody has sent yet. */
function message(content = '你好'): string {
  made += 1;
  return `<xml><ToUserName>gh_1</ToUserName><FromUserName>o${made}</FromUserName><CreateTime>${timestamp}</CreateTime><MsgType>text</MsgType><Content><![CDATA[${content}]]></Content><MsgId>${10 ** 15 + made}</MsgId></xml>`;
}

const seal = (text: string, { sealKey = key, id = appId } = {}): string => encrypt(sealKey, text, id);
const envelope = (sealed: string): string =>
  `<xml><ToUserName><![CDATA[gh_1]]></ToUserName><Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`;
const plainSignature = createHash('sha1').update([token, timestamp, nonce].toSorted().join('')).digest('hex');
const queryOf = (sealed: string): Record<string, string> => ({
  signature: plainSignature,
  timestamp,
  nonce,
  openid: 'o1',
  encrypt_type: 'aes',
  msg_signature: getSignature(token, timestamp, nonce, sealed),
});

async function post(
  query: string | Record<string, string>,
  body: string | ReadableStream<Uint8Array>,
): Promise<{ status: number; text: string }> {
  // Node sends a stream only when told that no answer is read before its end.
  const options = { method: 'POST', body, duplex: 'half' };
  const response = await fetch(`${huike.url}/hooks/wechat?${new URLSearchParams(query).toString()}`, options);
  return { status: response.status, text: await response.text() };
}

async function storedBodies(): Promise<string[]> {
  const db = await huike.db();
  const { results } = await db
    .prepare(`SELECT body FROM inbox WHERE source_id = 'wechat' ORDER BY seq`)
    .all();
  return results.map(({ body }) => String(body));
}

/** What was stored by this act. */
async function storedBy(act: () => Promise<unknown>): Promise<string[]> {
  const before = await storedBodies();
  await act();
  return (await storedBodies()).slice(before.length);
}

async function refused(
  query: string | Record<string, string>,
  body: string | ReadableStream<Uint8Array>,
  status: number,
): Promise<void> {
  const stored = await storedBy(async () => {
    const answer = await post(query, body);
    expect(answer.status).toBe(status);
    expect(answer.text).not.toContain(token);
  });
  expect(stored).toEqual([]);
}

describe('a message is taken', () => {
  test('under the key in force, and under the one before it', async () => {
    for (const sealKey of [key, formerKey]) {
      const text = message();
      const sealed = seal(text, { sealKey });
      const stored = await storedBy(async () => {
        expect((await post(queryOf(sealed), envelope(sealed))).status).toBe(200);
      });
      expect(stored).toEqual([text]);
    }
  });

  test('once, though it comes a second time under another seal', async () => {
    const text = message();
    const stored = await storedBy(async () => {
      for (const sealed of [seal(text), seal(text)]) {
        expect((await post(queryOf(sealed), envelope(sealed))).status).toBe(200);
      }
    });
    expect(stored).toEqual([text]);
  });

  test('once, though it comes three times at one moment', async () => {
    const text = message();
    const sealed = seal(text);
    const stored = await storedBy(async () => {
      const answers = await Promise.all([1, 2, 3].map(() => post(queryOf(sealed), envelope(sealed))));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    });
    expect(stored).toEqual([text]);
  });

  test('in compatible mode, and only what was sealed is believed', async () => {
    const text = message('sealed');
    const sealed = seal(text);
    const mixed = message('plain').replace('</xml>', `<Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`);
    const stored = await storedBy(async () => {
      expect((await post(queryOf(sealed), mixed)).status).toBe(200);
    });
    expect(stored).toEqual([text]);
  });

  test('in compatible mode, where the words beside it were cut in the middle of a character', async () => {
    const text = message('sealed');
    const sealed = seal(text);
    const plain = Buffer.from(message('说明文字')).toString('latin1').replace('\x97]]>', ']]>');
    const mixed = plain.replace('</xml>', `<Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`);
    const stored = await storedBy(async () => {
      const body = new Blob([Buffer.from(mixed, 'latin1')]).stream();
      expect((await post(queryOf(sealed), body)).status).toBe(200);
    });
    expect(stored).toEqual([text]);
  });

  test('that cannot be read: it is WeChat’s all the same, and a person looks at it', async () => {
    const unread = [
      'hello',
      '[]',
      '<xml><FromUserName><![CDATA[oCut]]></FromUserName><Content><![CDATA[说到一半',
      `<!DOCTYPE xml [<!ENTITY a SYSTEM "file:///etc/passwd">]>${message()}`,
    ];
    const stored = await storedBy(async () => {
      for (const text of [...unread, ...unread]) {
        const sealed = seal(text);
        expect(await post(queryOf(sealed), envelope(sealed))).toEqual({ status: 200, text: 'success' });
      }
    });
    expect(stored).toEqual(unread);
    const db = await huike.db();
    const { results } = await db
      .prepare(
        `SELECT i.subject, d.state, d.note ->> 'code' AS code FROM inbox AS i JOIN decisions AS d ON d.seq = i.seq
         WHERE i.type = 'wechat.unreadable' ORDER BY i.seq`,
      )
      .all();
    expect(results.map(({ state, code }) => [state, code])).toEqual(
      unread.map(() => ['parked', 'BODY_UNREADABLE']),
    );
    // Whose words it may hold is known, so that they go with the person.
    expect(results[2]).toMatchObject({ subject: 'oCut' });
  });

  test('at every length of padding', async () => {
    const stored = await storedBy(async () => {
      for (let length = 0; length < 32; length += 1) {
        const sealed = seal(message('x'.repeat(length)));
        expect((await post(queryOf(sealed), envelope(sealed))).status).toBe(200);
      }
    });
    expect(stored).toHaveLength(32);
  });
});

describe('a message is refused', () => {
  test('with a wrong msg_signature', async () => {
    const sealed = seal(message());
    const query = { ...queryOf(sealed), msg_signature: getSignature(token, timestamp, nonce, `${sealed}x`) };
    await refused(query, envelope(sealed), 401);
  });

  test('with a right msg_signature, but sealed for another account', async () => {
    const sealed = seal(message(), { id: 'wx0000000000000000' });
    await refused(queryOf(sealed), envelope(sealed), 401);
  });

  test('in plain text, though its signature is a right one', async () => {
    await refused({ signature: plainSignature, timestamp, nonce, openid: 'o1' }, message(), 401);
  });

  test('in plain text that says it is sealed', async () => {
    const query = { ...queryOf(''), msg_signature: plainSignature };
    await refused(query, message(), 400);
  });

  test('under a key that is neither of the two', async () => {
    const sealed = seal(message(), { sealKey: 'z'.repeat(42) + 'A' });
    await refused(queryOf(sealed), envelope(sealed), 401);
  });

  test.each(['timestamp', 'nonce', 'msg_signature', 'encrypt_type', 'signature'])(
    'with %s twice in its address, whichever of the two is right',
    async (name) => {
      const sealed = seal(message());
      const good = new URLSearchParams(queryOf(sealed)).toString();
      await refused(`${good}&${name}=x`, envelope(sealed), 401);
      await refused(`${name}=x&${good}`, envelope(sealed), 401);
    },
  );

  test.each(['timestamp', 'nonce', 'msg_signature', 'encrypt_type', 'signature'])(
    'without %s',
    async (name) => {
      const sealed = seal(message());
      const { [name]: _, ...query } = queryOf(sealed);
      await refused(query, envelope(sealed), 401);
    },
  );

  test('with a DOCTYPE around what is sealed', async () => {
    const sealed = seal(message());
    const bomb = `<!DOCTYPE xml [<!ENTITY a "aaaa">]>${envelope(sealed)}`;
    await refused(queryOf(sealed), bomb, 400);
  });

  test('without anything sealed', async () => {
    await refused(queryOf(''), '', 400);
  });

  test('of more than 128 KB, whether it says so beforehand or not', async () => {
    const sealed = seal(message());
    const large = envelope(sealed).replace('</xml>', `<x>${'x'.repeat(131_072)}</x></xml>`);
    await refused(queryOf(sealed), large, 413);
    await refused(queryOf(sealed), new Blob([large]).stream(), 413);
  });
});

describe('a message is refused that was padded or measured wrongly, though signed', () => {
  /** random(16) + length(4) + `hello` + appId: 43 bytes, padded by hand. */
  const content = (length: number): Buffer =>
    Buffer.concat([Buffer.alloc(16, 'r'), Buffer.from([0, 0, 0, length]), Buffer.from(`hello${appId}`)]);
  const sealBytes = (plain: Buffer): string => {
    const bytes = Buffer.from(`${key}=`, 'base64');
    const cipher = createCipheriv('aes-256-cbc', bytes, bytes.subarray(0, 16)).setAutoPadding(false);
    return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64');
  };

  test.each([
    ['with a length beyond its end', Buffer.concat([content(255), Buffer.alloc(21, 21)])],
    ['with padding 0', Buffer.concat([content(5), Buffer.alloc(21, 0)])],
    ['with padding 33', Buffer.concat([content(5), Buffer.alloc(53, 33)])],
    ['of 48 bytes, which is no multiple of 32', Buffer.concat([content(5), Buffer.alloc(5, 5)])],
  ])('%s', async (_, plain) => {
    const sealed = sealBytes(plain);
    await refused(queryOf(sealed), envelope(sealed), 401);
  });

  test('whose Encrypt is no base64', async () => {
    await refused(queryOf('%%%'), envelope('%%%'), 401);
  });
});

describe('the console’s check of the address', () => {
  const check = async (query: string | Record<string, string>) => {
    const response = await fetch(`${huike.url}/hooks/wechat?${new URLSearchParams(query).toString()}`);
    return { status: response.status, text: await response.text() };
  };
  const good = { signature: plainSignature, timestamp, nonce, echostr: '4375120948345356249<b>' };

  test('is answered with its echo and nothing else', async () => {
    expect(await check(good)).toEqual({ status: 200, text: '4375120948345356249<b>' });
  });

  test('is not answered without a right signature, or with two', async () => {
    for (const query of [{ ...good, signature: 'x' }, { echostr: 'x' }]) {
      expect(await check(query)).toMatchObject({ status: 401 });
    }
    const twice = `${new URLSearchParams(good).toString()}&signature=x`;
    expect(await check(twice)).toMatchObject({ status: 401 });
  });
});
