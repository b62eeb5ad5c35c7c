/** Runs signature vectors through the shipped verifiers: inside workerd for `npm run vectors`, in Node for the tests. */
import * as z from 'zod';
import type { Secret, Verification } from '../workers/receive/verify/define.ts';
import { isKingdeeSigned } from '../workers/receive/verify/kingdee.ts';
import { schemeNamed, verifyRequest } from '../workers/receive/verify/index.ts';
import { WechatVector, runWechatVector } from './vectors-wechat.ts';

export type Outcome = {
  readonly id: string;
  readonly expected: 'accept' | 'reject';
  readonly got: 'accept' | 'reject' | 'unknown';
  /** Why it was refused, or what else was not as the vector says. */
  readonly why: string;
  readonly ok: boolean;
};

const SecretValue = z.union([z.string(), z.record(z.string(), z.string())]);

const KvSpec = z.strictObject({
  alg: z.string(),
  pair: z.string(),
  join: z.string().optional(),
  prefix: z.string().optional(),
  skip_empty: z.boolean().optional(),
  value_enc: z.string().nullish(),
  secret: z.string(),
  secret_glue: z.string().optional(),
  /** Of the letters of the digest, which make no difference. */
  case: z.string().optional(),
});

const WebhookVector = z.object({
  id: z.string(),
  scheme: z.string(),
  secret: z.union([SecretValue, z.array(SecretValue)]),
  headers: z.record(z.string(), z.string()).default({}),
  method: z.string().default('POST'),
  body: z.string().nullish(),
  body_base64: z.string().optional(),
  query: z.record(z.string(), z.coerce.string()).default({}),
  url: z.string().default('https://example.com/'),
  now: z.number().optional(),
  tolerance_sec: z.number().optional(),
  valid: z.boolean(),
  must_reject: z.boolean().default(false),
  decoded: z.unknown().optional(),
  plaintext: z.string().nullish(),
  spec: KvSpec.optional(),
  params: z.record(z.string(), z.coerce.string()).optional(),
  signature: z.string().optional(),
  string_to_sign: z.string().optional(),
});
type WebhookVector = z.infer<typeof WebhookVector>;

/** Never throws: a vector that cannot even be made a request is told like any other difference. */
export async function runVector(vector: unknown): Promise<Outcome> {
  const { id } = z.object({ id: z.string().default('?') }).parse(vector);
  try {
    return await judge(id, vector);
  } catch (error) {
    return { id, expected: 'accept', got: 'unknown', why: String(error), ok: false };
  }
}

async function judge(id: string, vector: unknown): Promise<Outcome> {
  const webhook = WebhookVector.safeParse(vector);
  if (webhook.success) return await runWebhookVector(webhook.data);
  const wechat = WechatVector.safeParse(vector);
  if (!wechat.success) {
    const why = `not a vector: ${webhook.error.issues.map(({ path }) => path.join('.')).join(' ')}`;
    return { id, expected: 'accept', got: 'unknown', why, ok: false };
  }
  const expected = wechat.data.valid && !wechat.data.must_reject ? 'accept' : 'reject';
  const why = await runWechatVector(wechat.data);
  if (why === 'unknown kind') return { id, expected, got: 'unknown', why, ok: false };
  const got = why === null ? 'accept' : 'reject';
  return { id, expected, got, why: why ?? '', ok: got === expected };
}

async function runWebhookVector(vector: WebhookVector): Promise<Outcome> {
  const { id } = vector;
  const expected = vector.valid && !vector.must_reject ? 'accept' : 'reject';
  if (schemeNamed(vector.scheme) === null) {
    return { id, expected, got: 'unknown', why: `unknown scheme ${vector.scheme}`, ok: false };
  }
  const body = bodyOf(vector);
  const verification = await verify(vector, body);
  const got = verification.ok ? 'accept' : 'reject';
  if (!verification.ok) return { id, expected, got, why: verification.reason, ok: got === expected };
  const text = verification.text ?? new TextDecoder().decode(body);
  const wanted = vector.decoded ?? vector.plaintext ?? text;
  const isSame = wanted === text || JSON.stringify(wanted) === text;
  if (!isSame) return { id, expected, got, why: 'other content', ok: false };
  return { id, expected, got, why: '', ok: got === expected };
}

function bodyOf({ body, body_base64: base64 }: WebhookVector): Uint8Array {
  if (base64 === undefined) return new TextEncoder().encode(body ?? '');
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

const signatureHeader = 'x-vector-signature';

async function verify(vector: WebhookVector, body: Uint8Array): Promise<Verification> {
  const { scheme, headers, method, url, query, now = 0 } = vector;
  const secrets: readonly Secret[] = Array.isArray(vector.secret) ? vector.secret : [vector.secret];
  if (vector.string_to_sign !== undefined) {
    const offered = new Headers(headers).get('x-api-signature') ?? '';
    const plain = secrets.filter((secret) => typeof secret === 'string');
    const isGenuine = await isKingdeeSigned(vector.string_to_sign, offered, plain);
    return isGenuine ? { ok: true, trust: 'signed' } : { ok: false, reason: 'mismatch' };
  }
  const request = { method, headers: new Headers(headers), url, query: new URLSearchParams(query), body };
  if (scheme !== 'kv-digest') {
    const tolerance = vector.now === undefined ? undefined : vector.tolerance_sec;
    const params = tolerance === undefined ? {} : { toleranceSeconds: tolerance };
    return await verifyRequest({ scheme, params }, request, secrets, now);
  }
  const { params, signature, spec } = vector;
  if (spec === undefined) return { ok: false, reason: 'bad-params' };
  if (params !== undefined) {
    request.body = new TextEncoder().encode(new URLSearchParams(params).toString());
    request.headers.set(signatureHeader, signature ?? '');
  }
  return await verifyRequest({ scheme, params: kvParams(spec, params === undefined) }, request, secrets, now);
}

/** The vector's words for the settings, in ours. */
const kvParams = (spec: z.infer<typeof KvSpec>, isWhole: boolean): unknown => ({
  algorithm: spec.alg,
  pair: spec.pair,
  join: spec.join ?? '',
  prefix: spec.prefix ?? '',
  skipEmpty: spec.skip_empty ?? false,
  valueEncoding: spec.value_enc ?? 'none',
  secret: spec.secret,
  secretGlue: spec.secret_glue ?? '',
  from: 'form',
  signature: isWhole ? { pair: 'sign' } : { header: signatureHeader },
});

export default {
  fetch: async (request: Request): Promise<Response> => {
    const vectors: unknown = await request.json();
    return Response.json(await Promise.all(z.array(z.unknown()).parse(vectors).map(runVector)));
  },
};
