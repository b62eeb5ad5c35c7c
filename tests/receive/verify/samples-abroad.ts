/** One genuinely signed request for each scheme of senders abroad. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { hmac, now, request, sale, signedBody, utf8, type Sample } from './requests.ts';

const webhookSecret = `whsec_${Buffer.from('0123456789abcdef01234567').toString('base64')}`;
const otherSecret = `whsec_${Buffer.from('another-secret-0123456789').toString('base64')}`;
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const rawPublic = (key: typeof publicKey): string =>
  `whpk_${key.export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64')}`;

export const abroad: readonly Sample[] = [
  {
    scheme: 'standard-webhooks',
    secret: webhookSecret,
    other: otherSecret,
    request: request({
      headers: {
        'webhook-id': 'msg_1',
        'webhook-timestamp': String(now),
        'webhook-signature': new Webhook(webhookSecret).sign('msg_1', new Date(now * 1000), sale),
      },
      body: sale,
    }),
    signed: ['webhook-id', 'webhook-timestamp', 'webhook-signature'],
    trust: 'signed',
  },
  {
    scheme: 'standard-webhooks-ed25519',
    secret: rawPublic(publicKey),
    other: rawPublic(generateKeyPairSync('ed25519').publicKey),
    request: request({
      headers: {
        'webhook-id': 'msg_1',
        'webhook-timestamp': String(now),
        'webhook-signature': `v1a,${sign(null, utf8(`msg_1.${now}.${sale}`), privateKey).toString('base64')}`,
      },
      body: sale,
    }),
    signed: ['webhook-id', 'webhook-timestamp', 'webhook-signature'],
    trust: 'signed',
  },
  {
    ...signedBody('hook0', 'x-hook0-signature', ''),
    request: request({
      headers: {
        'x-event-id': 'evt-1',
        'x-hook0-signature': `t=${now},h=x-event-id,v1=${hmac('sha256', 'top-secret', `${now}.x-event-id.evt-1.${sale}`, 'hex')}`,
      },
      body: sale,
    }),
    signed: ['x-event-id', 'x-hook0-signature'],
  },
  signedBody(
    'stripe',
    'stripe-signature',
    `t=${now},v1=${hmac('sha256', 'top-secret', `${now}.${sale}`, 'hex')}`,
  ),
  signedBody(
    'hmac',
    'x-pos-sign',
    hmac('sha256', 'top-secret', `1795330740000.${sale}`, 'hex').toUpperCase(),
    {
      params: {
        algorithm: 'sha256',
        encoding: 'hex',
        header: 'x-pos-sign',
        covers: 'timestamp.body',
        timestampHeader: 'x-pos-time',
        timestampUnit: 'ms',
      },
      request: request({
        headers: {
          'x-pos-time': '1795330740000',
          'x-pos-sign': hmac('sha256', 'top-secret', `1795330740000.${sale}`, 'hex').toUpperCase(),
        },
        body: sale,
      }),
      signed: ['x-pos-sign', 'x-pos-time'],
    },
  ),
  signedBody('hmac-sha512-hex', 'x-convoy-signature', hmac('sha512', 'top-secret', sale, 'hex')),
  signedBody('hmac-sha512-base64', 'x-convoy-signature', hmac('sha512', 'top-secret', sale, 'base64')),
  signedBody(
    'twitter',
    'x-twitter-webhooks-signature',
    `sha256=${hmac('sha256', 'top-secret', sale, 'base64')}`,
  ),
  signedBody('github', 'x-hub-signature-256', `sha256=${hmac('sha256', 'top-secret', sale, 'hex')}`),
  signedBody('shopify', 'x-shopify-hmac-sha256', hmac('sha256', 'top-secret', sale, 'base64')),
  signedBody('woocommerce', 'x-wc-webhook-signature', hmac('sha256', 'top-secret', sale, 'base64')),
  signedBody('loyverse', 'x-loyverse-signature', hmac('sha1', 'top-secret', sale, 'base64')),
  signedBody(
    'square',
    'x-square-hmacsha256-signature',
    hmac('sha256', 'top-secret', `https://huike.example/hooks/erp/s1${sale}`, 'base64'),
  ),
];
