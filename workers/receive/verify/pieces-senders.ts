/** 中式签名 in a fixed order: the known senders, and a scheme whose order a source sets. */
import * as z from 'zod';
import { defineScheme, type Scheme } from './define.ts';
import { ToleranceSeconds } from './kernel/moment.ts';
import { PiecesParams, piecesSecret, verifyPieces } from './kernel/pieces.ts';

const ofSource = defineScheme({
  name: 'pieces-digest',
  params: PiecesParams,
  secret: piecesSecret,
  verify: verifyPieces,
});

/** A source may only have the covered timestamp checked. */
function sender(name: string, known: z.input<typeof PiecesParams>): Scheme {
  const settings = PiecesParams.parse(known);
  return defineScheme({
    name,
    params: z.strictObject({ toleranceSeconds: ToleranceSeconds.optional() }),
    secret: () => piecesSecret(settings),
    verify: (request, secrets, nowSeconds, { toleranceSeconds }) =>
      verifyPieces(request, secrets, nowSeconds, {
        ...settings,
        ...(toleranceSeconds !== undefined && { toleranceSeconds }),
      }),
  });
}

const query = (name: string) => ({ query: name });
const header = (name: string) => ({ header: name });
const field = (name: string) => ({ field: name });

/** The headers of these senders are covered only where they are named; read what an event is about from the body. */
export const piecesSchemes: readonly Scheme[] = [
  ofSource,
  // fxp/skillify skills/youzan/references/messages.md; secret {client_id, client_secret}.
  sender('youzan-event-sign', {
    hash: 'md5',
    signature: header('event-sign'),
    pieces: [{ secret: 'client_id' }, 'body', { secret: 'client_secret' }],
    content: 'any',
  }),
  // Hanson/youzan-sdk src/Push.php. Covers msg as it was received, and neither the type nor the status.
  sender('youzan-body-sign', {
    hash: 'md5',
    signature: field('sign'),
    pieces: [{ secret: 'client_id' }, { at: field('msg'), as: 'text' }, { secret: 'client_secret' }],
    content: 'json',
  }),
  // weimob-tech/go-ability-sdk pkg/sdk/msg/request.go; secret {clientId, clientSecret}. Covers no topic.
  sender('weimob', {
    hash: 'md5',
    signature: field('sign'),
    pieces: [
      { secret: 'clientId' },
      { at: field('id'), as: 'word' },
      { at: field('msgBody'), as: 'json' },
      { secret: 'clientSecret' },
    ],
    content: 'json',
  }),
  // pospal.cn openplatform 交互格式说明; secret appKey. The time-stamp is not covered.
  sender('pospal-v1', {
    hash: 'md5',
    signature: header('data-signature'),
    pieces: [{ secret: 'appKey' }, 'body'],
    content: 'json',
  }),
  // ironfrancis/FastPospalMCP fastpospal/openapi.py; secret {appId, appKey}.
  sender('pospal-v3', {
    hash: 'md5',
    signature: header('data-signature-v3'),
    pieces: [
      { secret: 'appId' },
      { secret: 'appKey' },
      { at: header('time-stamp'), as: 'digits', moment: 'ms' },
      'body',
    ],
    content: 'json',
  }),
  // Horacehxw/keruyun-sdk-python src/keruyun/signing.py; secret token.
  sender('keruyun', {
    hash: 'sha256',
    signature: query('sign'),
    pieces: [
      { text: 'appKey' },
      { at: query('appKey'), as: 'word' },
      { text: 'shopIdenty' },
      { at: query('shopIdenty'), as: 'digits' },
      { text: 'timestamp' },
      { at: query('timestamp'), as: 'digits', moment: 's' },
      { text: 'version' },
      { at: query('version'), as: 'decimal' },
      { text: 'body' },
      'body',
      { secret: 'token' },
    ],
    content: 'any',
  }),
  // blog.dev.saaspanpass.com/archives/1272; secret {appKey, appSecret}.
  sender('kv-body-sha1-md5', {
    hash: 'sha1',
    rehash: 'md5',
    signature: header('app-sign'),
    pieces: [
      { text: 'App-Nonce-Str=' },
      { at: header('app-nonce-str'), as: 'word' },
      { text: '&App-Timestamp=' },
      { at: header('app-timestamp'), as: 'digits', moment: 's' },
      { text: '&appKey=' },
      { secret: 'appKey' },
      { text: '&appSecret=' },
      { secret: 'appSecret' },
      'squeezed-body',
    ],
    content: 'json',
  }),
  // doc.beltroadsupply.com/doc-2153582, whose own sample does not reproduce.
  sender('json-secret-sha1-md5', {
    hash: 'sha1',
    rehash: 'md5',
    signature: header('sign'),
    pieces: ['body', { secret: '' }],
    content: 'any',
  }),
  // The easiest digest for a dealer's script, over the raw bytes, GBK or not.
  sender('md5-body-suffix', {
    hash: 'md5',
    signature: header('x-sign'),
    pieces: ['body', { secret: '' }],
    content: 'any',
  }),
];
