import { createCipheriv, createVerify, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import vectors from '../fixtures/wechat-vectors.json' with { type: 'json' };
import { signJssdk } from '../../workers/wechat/jssdk.ts';
import { importPrivateKey, importPublicKey } from '../../workers/wechat/pay/pem.ts';
import { authorizePayRequest } from '../../workers/wechat/pay/request.ts';
import { isRsaSigned } from '../../workers/wechat/pay/rsa.ts';
import { openAead, openResource } from '../../workers/wechat/pay/resource.ts';

const published = (id: string) => {
  const vector = vectors.find((each) => each.id === id);
  if (!vector) throw new Error(`no vector ${id}`);
  return vector;
};
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const keyPair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicPem = keyPair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const privatePem = keyPair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

describe('keys', () => {
  test('the key inside a certificate verifies what the published signature of its owner signed', async () => {
    const { certificate, signature } = published('node-easywechat-v3-authorization');
    const key = await importPublicKey(String(certificate));
    if (!key) throw new Error('no key');
    const text = utf8('GET\n/v3/certificates\n1554208460\nabcdef0123456789\n\n');
    expect(await isRsaSigned(key, String(signature), text)).toBe(true);
    expect(await isRsaSigned(key, String(signature), utf8('GET\n'))).toBe(false);
  });

  test('a text that holds no key, or a broken one, is no key', async () => {
    const cut = publicPem.replace(/\n.{20}/, '\n');
    const certificate = String(published('wechatpay-go-notify').platformCertificate);
    for (const pem of [
      '',
      'x',
      privatePem,
      cut,
      certificate.replace(/.{400}/s, ''),
      '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----',
      publicPem.repeat(20),
    ]) {
      expect(
        pem === publicPem.repeat(20) ? await importPublicKey(pem.padEnd(20_000)) : await importPublicKey(pem),
      ).toBeNull();
    }
    for (const pem of ['', publicPem, privatePem.replace(/\n.{20}/, '\n')])
      expect(await importPrivateKey(pem)).toBeNull();
  });
});

test('a call to WeChat Pay is signed over its five lines', async () => {
  const privateKey = await importPrivateKey(privatePem);
  if (!privateKey) throw new Error('no key');
  const request = {
    method: 'POST',
    path: '/v3/x?a=1',
    timestamp: '1554208460',
    nonce: 'abc',
    body: '{"备注":"奶"}',
  } as const;
  const header = await authorizePayRequest(request, {
    mchId: '1900000001',
    serialNo: '0DC0DF83',
    privateKey,
  });
  const [, signature = ''] = /signature="([^"]+)"$/.exec(header) ?? [];
  expect(header.replace(signature, '')).toBe(
    'WECHATPAY2-SHA256-RSA2048 mchid="1900000001",nonce_str="abc",timestamp="1554208460",serial_no="0DC0DF83",signature=""',
  );
  const text = 'POST\n/v3/x?a=1\n1554208460\nabc\n{"备注":"奶"}\n';
  expect(createVerify('sha256').update(text).verify(publicPem, signature, 'base64')).toBe(true);
  await expect(authorizePayRequest(request, { mchId: 'a"b', serialNo: '0', privateKey })).rejects.toThrow(
    'mchid',
  );
});

describe('what WeChat Pay seals', () => {
  const key = 'a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb';
  const seal = (text: string, associatedData: string) => {
    const cipher = createCipheriv('aes-256-gcm', key, 'uluk4a9R25RW').setAAD(utf8(associatedData));
    const ciphertext = Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()]).toString(
      'base64',
    );
    return { ciphertext, nonce: 'uluk4a9R25RW', associatedData };
  };

  test('opens with the key of the merchant, with and without associated data', async () => {
    for (const data of ['', 'transaction']) {
      expect(await openResource(seal('{"金额":1}', data), key)).toEqual({ ok: true, text: '{"金额":1}' });
    }
  });

  test('does not open when anything of it was changed', async () => {
    const sealed = seal('{"a":1}', 'transaction');
    const changes = [
      { ciphertext: `A${sealed.ciphertext.slice(1)}` },
      { ciphertext: '' },
      { ciphertext: '%' },
      { nonce: 'uluk4a9R25RX' },
      { nonce: '' },
      { associatedData: '' },
    ];
    for (const change of changes) {
      expect(await openResource({ ...sealed, ...change }, key)).toEqual({ ok: false, why: 'bad-content' });
    }
  });

  test('a key that is not 32 bytes is told apart, whatever the cipher could do with it', async () => {
    expect(await openResource(seal('x', ''), key.slice(0, 16))).toEqual({ ok: false, why: 'bad-key' });
    expect(await openAead(seal('x', ''), utf8(key))).toEqual({ ok: true, text: 'x' });
  });
});

test('the JS-SDK signature leaves out what follows the #', async () => {
  const { jsapiTicket, nonce, timestamp, url, signature } = published('jssdk-signature');
  const request = {
    ticket: String(jsapiTicket),
    nonce: String(nonce),
    timestamp: String(timestamp),
    url: `${url}#/coupons`,
  };
  expect(await signJssdk(request)).toBe(signature);
});
