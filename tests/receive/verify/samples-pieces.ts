/** One genuinely signed request for each scheme of pieces in a fixed order. */
import { hash, now, request, sale, signedBody, type Sample } from './requests.ts';

const youzan = { client_id: 'yz-1', client_secret: 'yz-secret' };
const otherYouzan = { client_id: 'yz-1', client_secret: 'yz-other' };
const weimob = { id: 'm-1', msgBody: '{"orderNo":"98001"}' };
const keruyun = { appKey: 'k', shopIdenty: '810094', timestamp: '1795330740', version: '2.0' };

export const pieces: readonly Sample[] = [
  signedBody('pieces-digest', 'x-sign', hash('md5', 'top-secret', sale, 'top-secret'), {
    params: {
      hash: 'md5',
      signature: { header: 'x-sign' },
      pieces: [{ secret: '' }, 'body', { secret: '' }],
      content: 'json',
    },
  }),
  signedBody('youzan-event-sign', 'event-sign', hash('md5', 'yz-1', sale, 'yz-secret'), {
    secret: youzan,
    other: otherYouzan,
  }),
  {
    ...signedBody('youzan-body-sign', 'x-none', '', {
      secret: youzan,
      other: otherYouzan,
      trust: 'weak',
      signed: [],
    }),
    request: request({
      body: JSON.stringify({
        msg: '%7B%22tid%22%3A1%7D',
        sign: hash('md5', 'yz-1', '%7B%22tid%22%3A1%7D', 'yz-secret'),
      }),
    }),
  },
  {
    ...signedBody('weimob', 'x-none', '', {
      secret: { clientId: 'wm', clientSecret: 'wm-secret' },
      other: { clientId: 'wm', clientSecret: 'wm-other' },
      trust: 'weak',
      signed: [],
    }),
    request: request({
      body: JSON.stringify({ ...weimob, sign: hash('md5', `wm${weimob.id}${weimob.msgBody}wm-secret`) }),
    }),
  },
  signedBody('pospal-v1', 'data-signature', hash('md5', 'top-secret', sale).toUpperCase(), { trust: 'weak' }),
  {
    ...signedBody('pospal-v3', 'x-none', '', {
      secret: { appId: 'A', appKey: 'top-secret' },
      other: { appId: 'A', appKey: 'other-secret' },
      trust: 'weak',
    }),
    request: request({
      headers: {
        'time-stamp': '1795330740000',
        'data-signature-v3': hash('md5', `Atop-secret1795330740000${sale}`).toUpperCase(),
      },
      body: sale,
    }),
    signed: ['time-stamp', 'data-signature-v3'],
  },
  {
    ...signedBody('keruyun', 'x-none', ''),
    request: request({
      query: {
        ...keruyun,
        sign: hash('sha256', `appKeykshopIdenty810094timestamp1795330740version2.0body${sale}top-secret`),
      },
      body: sale,
    }),
    signed: [...Object.keys(keruyun), 'sign'],
  },
  {
    ...signedBody('kv-body-sha1-md5', 'x-none', '', {
      secret: { appKey: 'application6', appSecret: 'top-secret' },
      other: { appKey: 'application6', appSecret: 'other-secret' },
      trust: 'weak',
    }),
    request: request({
      headers: {
        'app-nonce-str': 'n1',
        'app-timestamp': String(now),
        'app-sign': hash(
          'md5',
          hash(
            'sha1',
            `App-Nonce-Str=n1&App-Timestamp=${now}&appKey=application6&appSecret=top-secret${sale}`,
          ),
        ).toUpperCase(),
      },
      body: sale,
    }),
    signed: ['app-nonce-str', 'app-timestamp', 'app-sign'],
  },
  signedBody('json-secret-sha1-md5', 'sign', hash('md5', hash('sha1', `${sale}top-secret`)).toUpperCase()),
  signedBody('md5-body-suffix', 'x-sign', hash('md5', `${sale}top-secret`)),
];
