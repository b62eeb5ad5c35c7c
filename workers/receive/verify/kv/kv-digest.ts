/** 中式签名: a digest over sorted pairs and the secret, in all the variants that senders use. */
import { hexBytes, type Part } from '../kernel/bytes.ts';
import { decodeAnyChinese, readForm, readQuery } from '../kernel/content.ts';
import { refuse, type Secret, type SignedRequest, type Trust, type Verification } from '../define.ts';
import { isAnyDigest, isAnyHmac } from '../kernel/digest.ts';
import { areAgreed } from '../kernel/fields.ts';
import { isKeyed, keyedHash, type KvParams } from './kv-params.ts';
import { hasOtherReading, joinPairs, runsTogether, signedPairs, type Pairs } from './kv-text.ts';
import { isFresh, secondsOf } from '../kernel/moment.ts';
import { readerOf, type Reader } from '../kernel/places.ts';
import { valuesOf } from '../kernel/secrets.ts';

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
  if (all === null) return refuse('malformed');
  const offered =
    'header' in params.signature
      ? request.headers.get(params.signature.header)
      : all.get(params.signature.pair);
  if (!offered) return refuse('missing');
  const code = offered.length > lettersMax ? null : hexBytes(offered);
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

/** The digest is right; the text must also have only one reading. */
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

/** A nested value has many JSON texts, so it cannot be signed. */
function plainValues(reader: Reader): ReadonlyMap<string, string> | null {
  const fields = reader.json();
  if (fields === null) return null;
  const plain = [...fields].flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
  return plain.length === fields.size ? new Map(plain) : null;
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
  for (const key of keys)
    isOne = (await isAnyHmac(keyedHash[algorithm], [code], [key], around(key))) || isOne;
  return isOne;
}

/** `signed` only when the text has one reading and cannot be extended. */
function trustIn(params: KvParams): Trust {
  const canBeExtended = params.secret === 'prefix' && !isKeyed(params.algorithm);
  const isDelimited = !runsTogether(params) && params.valueEncoding !== 'none';
  const { fields } = params;
  const isFixed = fields?.oneOf === undefined && Object.keys(fields?.optional ?? {}).length === 0;
  return !canBeExtended && (isDelimited || (fields !== undefined && isFixed)) ? 'signed' : 'weak';
}
