/** 中式签名: a digest over sorted pairs and the secret, in all the manners that senders have found for it. */
import * as z from 'zod';
import { hexBytes, letterCases, type Part } from './bytes.ts';
import { decodeAnyChinese, readForm, readQuery } from './content.ts';
import { refuse, type Secret, type SignedRequest, type Trust, type Verification } from './define.ts';
import { isAnyDigest, isAnyHmac } from './digest.ts';
import { areAgreed, FieldRules } from './fields.ts';
import { hasOtherReading, joinPairs, runsTogether, signedPairs, type Pairs } from './kv-text.ts';
import { isFresh, momentUnits, secondsOf, ToleranceSeconds, toleranceSecondsUsual } from './moment.ts';
import { readerOf, type Reader } from './places.ts';
import { valuesOf } from './secrets.ts';

export const plainAlgorithms = ['md5', 'sha1', 'sha256', 'sha512'] as const;
export const keyedAlgorithms = ['hmac-sha1', 'hmac-sha256', 'hmac-sha512'] as const;
const keyedHash = { 'hmac-sha1': 'sha1', 'hmac-sha256': 'sha256', 'hmac-sha512': 'sha512' } as const;

export const KvParams = z
  .strictObject({
    algorithm: z.enum([...plainAlgorithms, ...keyedAlgorithms]),
    pair: z.enum(['k=v', 'kv']),
    join: z.string().max(8).default(''),
    /** Before the first pair. */
    prefix: z.string().max(512).default(''),
    /** The registered address and `?` stand before the first pair. */
    coversUrl: z.boolean().default(false),
    /** The whole body stands after the last pair. */
    coversBody: z.boolean().default(false),
    skipEmpty: z.boolean().default(false),
    valueEncoding: z.enum(['none', 'form', 'rfc3986']).default('none'),
    secret: z.enum(['prefix', 'suffix', 'both', 'none']),
    /** Before a secret at the end. */
    secretGlue: z.string().max(64).default(''),
    letterCase: z.enum(letterCases).default('lower'),
    /** Where the pairs are. `json` takes the plain values at the top of the body, in their own digits. */
    from: z.enum(['form', 'query', 'json']),
    signature: z.union([
      z.strictObject({ header: z.string().regex(/^[A-Za-z0-9-]{1,128}$/) }),
      z.strictObject({ pair: z.string().min(1).max(64) }),
    ]),
    /** Pairs beside the signature that are not signed; they are not handed on either. */
    unsigned: z.array(z.string()).max(16).default([]),
    fields: FieldRules.optional(),
    moment: z
      .strictObject({
        pair: z.string(),
        unit: z.enum(momentUnits),
        toleranceSeconds: ToleranceSeconds.default(toleranceSecondsUsual),
      })
      .optional(),
  })
  .refine(({ algorithm, secret }) => algorithm.startsWith('hmac-') || secret !== 'none', {
    message: 'a digest without the secret proves nothing',
  });
export type KvParams = z.infer<typeof KvParams>;

const lettersMax = 128;

export async function verifyKv(
  request: SignedRequest,
  secrets: readonly Secret[],
  nowSeconds: number,
  params: KvParams,
): Promise<Verification> {
  const keys = valuesOf(secrets, 'secret');
  if (keys.length === 0) return refuse('no-secret');
  const all = readPairs(request, params);
  if (all === null) return refuse('content');
  const offered =
    'header' in params.signature ? request.headers.get(params.signature.header) : all.get(params.signature.pair);
  if (!offered) return refuse('missing');
  const code = offered.length > lettersMax ? null : hexBytes(offered, params.letterCase);
  if (code === null) return refuse('malformed');

  const fields = new Map(all);
  for (const name of params.unsigned) fields.delete(name);
  if ('pair' in params.signature) fields.delete(params.signature.pair);
  const pairs = signedPairs(fields, params);
  const fault = momentFault(fields, nowSeconds, params);
  if (fault !== null) return refuse(fault);
  if (!(await isSignedText(textParts(pairs, request, params), keys, code, params))) return refuse('mismatch');

  return readSigned(pairs, request, params);
}

/** The digest is right; now the text must also be readable in one way only. */
function readSigned(pairs: Pairs, { body }: SignedRequest, params: KvParams): Verification {
  const fields = new Map(pairs);
  if (params.fields !== undefined && !areAgreed(fields, params.fields)) return refuse('fields');
  if (params.fields === undefined && hasOtherReading(pairs, params)) return refuse('ambiguous');
  const trust = trustIn(params);
  if (!params.coversBody) return { ok: true, trust, fields };
  // The last value runs into the body, so the body must begin as no value does.
  const text = decodeAnyChinese(body);
  return text !== null && /^\s*[<{[]/.test(text) ? { ok: true, trust, fields, text } : refuse('content');
}

function readPairs(request: SignedRequest, { from }: KvParams): ReadonlyMap<string, string> | null {
  switch (from) {
    case 'form':
      return readForm(request.body);
    case 'query':
      return readQuery(request.query);
    case 'json':
      return plainValues(readerOf(request));
    default:
      return from satisfies never;
  }
}

/** A nested value has as many texts as there are JSON writers, so it can be no part of what is signed. */
function plainValues(reader: Reader): ReadonlyMap<string, string> | null {
  const object = reader.json();
  if (object === null) return null;
  const plain = [...object.fields].flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
  return plain.length === object.fields.size ? new Map(plain) : null;
}

function momentFault(
  fields: ReadonlyMap<string, string>,
  nowSeconds: number,
  { moment }: KvParams,
): 'missing' | 'malformed' | 'stale' | null {
  if (moment === undefined) return null;
  const text = fields.get(moment.pair);
  if (text === undefined) return 'missing';
  const seconds = secondsOf(text, moment.unit);
  if (seconds === null) return 'malformed';
  return isFresh(seconds, nowSeconds, moment.toleranceSeconds) ? null : 'stale';
}

const textParts = (pairs: Pairs, { url, body }: SignedRequest, params: KvParams): readonly Part[] => [
  params.coversUrl ? `${url}?` : '',
  params.prefix,
  joinPairs(pairs, params),
  params.coversBody ? body : '',
];

async function isSignedText(
  text: readonly Part[],
  keys: readonly string[],
  code: Uint8Array,
  { algorithm, secret, secretGlue }: KvParams,
): Promise<boolean> {
  const around = (key: string): readonly Part[] => [
    secret === 'prefix' || secret === 'both' ? key : '',
    ...text,
    secret === 'suffix' || secret === 'both' ? secretGlue + key : '',
  ];
  if (!isKeyed(algorithm)) return await isAnyDigest(algorithm, code, keys.map(around));
  let isOne = false;
  for (const key of keys) isOne = (await isAnyHmac(keyedHash[algorithm], [code], [key], around(key))) || isOne;
  return isOne;
}

const isKeyed = (algorithm: KvParams['algorithm']): algorithm is (typeof keyedAlgorithms)[number] =>
  algorithm.startsWith('hmac-');

/** `signed` only if the text splits in one way and cannot be carried on past its end. */
function trustIn(params: KvParams): Trust {
  const canBeExtended = params.secret === 'prefix' && !isKeyed(params.algorithm);
  const isDelimited = !runsTogether(params) && params.valueEncoding !== 'none';
  const { fields } = params;
  const isFixed = fields?.oneOf === undefined && Object.keys(fields?.optional ?? {}).length === 0;
  return !canBeExtended && (isDelimited || (fields !== undefined && isFixed)) ? 'signed' : 'weak';
}
