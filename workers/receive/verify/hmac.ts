/** HMAC in a header: the family most systems abroad belong to, and its best-known members by name. */
import * as z from 'zod';
import { base64Bytes, hexBytes, type Part } from './kernel/bytes.ts';
import {
  defineScheme,
  refuse,
  type Scheme,
  type SignedRequest,
  type Verification,
  type Secret,
} from './define.ts';
import { digestBytes, isAnyHmac } from './kernel/digest.ts';
import { isFresh, momentUnits, secondsOf, ToleranceSeconds, toleranceSecondsUsual } from './kernel/moment.ts';
import { valuesOf } from './kernel/secrets.ts';

const HeaderName = z.string().regex(/^[A-Za-z0-9-]{1,128}$/);

export const HmacParams = z
  .strictObject({
    algorithm: z.enum(['sha1', 'sha256', 'sha512']),
    encoding: z.enum(['hex', 'base64']),
    header: HeaderName,
    /** Before the code in the header, as in `sha256=…`. */
    prefix: z.string().max(32).default(''),
    covers: z.enum(['body', 'url+body', 'timestamp.body']).default('body'),
    timestampHeader: HeaderName.optional(),
    timestampUnit: z.enum(momentUnits).default('s'),
    toleranceSeconds: ToleranceSeconds.default(toleranceSecondsUsual),
  })
  .refine(
    ({ covers, timestampHeader }) => (covers === 'timestamp.body') === (timestampHeader !== undefined),
    {
      message: 'a timestamp header is named exactly when it is covered',
    },
  );
export type HmacParams = z.infer<typeof HmacParams>;

async function verify(
  request: SignedRequest,
  secrets: readonly Secret[],
  nowSeconds: number,
  params: HmacParams,
): Promise<Verification> {
  const keys = valuesOf(secrets);
  if (keys.length === 0) return refuse('no-secret');
  const { algorithm, encoding, header, prefix } = params;
  const offered = request.headers.get(header);
  if (!offered) return refuse('missing');
  // The length is known, so what is longer is refused before it is decoded.
  if (!offered.startsWith(prefix) || offered.length > prefix.length + digestBytes[algorithm] * 2) {
    return refuse('malformed');
  }
  const text = offered.slice(prefix.length);
  const code = encoding === 'hex' ? hexBytes(text) : base64Bytes(text);
  if (code?.length !== digestBytes[algorithm]) return refuse('malformed');
  const signed = signedParts(request, nowSeconds, params);
  if ('reason' in signed) return signed;
  const isGenuine = await isAnyHmac(algorithm, [code], keys, signed);
  return isGenuine ? { ok: true, trust: 'signed' } : refuse('mismatch');
}

function signedParts(
  { headers, url, body }: SignedRequest,
  nowSeconds: number,
  { covers, timestampHeader = '', timestampUnit, toleranceSeconds }: HmacParams,
): readonly Part[] | ReturnType<typeof refuse> {
  switch (covers) {
    case 'body':
      return [body];
    case 'url+body':
      return [url, body];
    case 'timestamp.body': {
      const moment = headers.get(timestampHeader);
      if (!moment) return refuse('missing');
      const seconds = secondsOf(moment, timestampUnit);
      if (seconds === null) return refuse('malformed');
      return isFresh(seconds, nowSeconds, toleranceSeconds) ? [`${moment}.`, body] : refuse('stale');
    }
    default:
      return covers satisfies never;
  }
}

/** For unlisted senders: the source's settings define everything. */
export const hmacOfSource: Scheme = defineScheme({ name: 'hmac', params: HmacParams, verify });

/** A known sender; a source may only change the header's name. */
const member = (name: string, known: z.input<typeof HmacParams>): Scheme => {
  const settings = HmacParams.parse(known);
  return defineScheme({
    name,
    params: z.strictObject({ header: HeaderName.default(settings.header) }),
    verify: (request, secrets, nowSeconds, { header }) =>
      verify(request, secrets, nowSeconds, { ...settings, header }),
  });
};

/** None of them signs its topic headers, so the type of an event must be read from its body. */
export const hmacSchemes: readonly Scheme[] = [
  hmacOfSource,
  member('hmac-sha512-hex', { algorithm: 'sha512', encoding: 'hex', header: 'x-convoy-signature' }),
  member('hmac-sha512-base64', { algorithm: 'sha512', encoding: 'base64', header: 'x-convoy-signature' }),
  member('twitter', {
    algorithm: 'sha256',
    encoding: 'base64',
    header: 'x-twitter-webhooks-signature',
    prefix: 'sha256=',
  }),
  member('github', {
    algorithm: 'sha256',
    encoding: 'hex',
    header: 'x-hub-signature-256',
    prefix: 'sha256=',
  }),
  member('shopify', { algorithm: 'sha256', encoding: 'base64', header: 'x-shopify-hmac-sha256' }),
  member('woocommerce', { algorithm: 'sha256', encoding: 'base64', header: 'x-wc-webhook-signature' }),
  member('loyverse', { algorithm: 'sha1', encoding: 'base64', header: 'x-loyverse-signature' }),
  member('square', {
    algorithm: 'sha256',
    encoding: 'base64',
    header: 'x-square-hmacsha256-signature',
    covers: 'url+body',
  }),
];
