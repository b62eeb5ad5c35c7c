/** 一次调用: one request to an interface of Tencent's, bounded in time, and what it answered as a value. */
import * as z from 'zod';
import { parseLossless } from '../json.ts';
import type { Answer, Outage, Reply, WechatSettings } from './types.ts';

export type Call<R> = {
  /** From the slash on, without the query. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** A POST in JSON; a GET without it. */
  readonly body?: object;
  /** What must not appear in a detail or an errmsg: the token, the secret, the code. */
  readonly secrets: readonly string[];
  readonly schema: z.ZodType<R>;
};

/** What an interface says when there is nothing to hand back. */
export const plainReply = z
  .object({
    errcode: z.int(),
    errmsg: z.string().default(''),
    msgid: z.union([z.string(), z.number()]).optional(),
  })
  .transform(({ errcode, errmsg, msgid }): Reply => {
    const reply = { errcode, errmsg, rid: ridIn(errmsg) };
    return msgid === undefined ? reply : { ...reply, msgid: String(msgid) };
  });

/** One field, null exactly when WeChat refused; `good` reads it out of the body, which often has no errcode then. */
export function replyWith<Name extends string, Value>(
  name: Name,
  good: z.ZodType<Value>,
): z.ZodType<Reply & { readonly [Key in Name]: Value | null }> {
  type Whole = Reply & { readonly [Key in Name]: Value | null };
  // The one computed name is the one that the type asks for.
  const whole = (reply: Reply, value: Value | null) => ({ ...reply, [name]: value }) as Whole;
  const refused = plainReply.refine(({ errcode }) => errcode !== 0).transform((reply) => whole(reply, null));
  const taken = z
    .object({ errcode: z.literal(0).default(0) })
    .loose()
    .transform((body): unknown => body)
    .pipe(good)
    .transform((value) => whole({ errcode: 0, errmsg: 'ok', rid: null }, value));
  return z.union([taken, refused]);
}

/** `invalid openid rid: 6500…-1f2c…-30a1…`. */
const ridIn = (errmsg: string): string | null => /\brid:\s*([\w-]{1,128})/.exec(errmsg)?.[1] ?? null;

export async function call<R extends Reply>(settings: WechatSettings, asked: Call<R>): Promise<Answer<R>> {
  const { http, timeoutMs } = settings;
  const signal = AbortSignal.timeout(timeoutMs);
  const hidden = [...asked.secrets, settings.relayKey ?? ''];
  let text: string;
  try {
    const response = await http(requestOf(settings, asked, signal));
    text = await response.text();
    if (response.status !== 200) return outage('http', `HTTP ${response.status}`);
  } catch (error) {
    if (signal.aborted) return outage('timeout', `no answer within ${timeoutMs} ms`);
    return outage('network', hide(error instanceof Error ? error.message : String(error), hidden));
  }
  const reply = asked.schema.safeParse(parseLossless(text));
  if (!reply.success) return outage('malformed', `${text.length} characters, not a reply`);
  return { ok: true, reply: { ...reply.data, errmsg: hide(reply.data.errmsg, hidden, errmsgCharactersMax) } };
}

function requestOf(
  { baseUrl, relayKey = '' }: WechatSettings,
  { path, query = {}, body }: Pick<Call<unknown>, 'path' | 'query' | 'body'>,
  signal: AbortSignal,
): Request {
  const search = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const url = baseUrl.replace(/\/+$/, '') + path + (search.length > 0 ? `?${search.join('&')}` : '');
  const headers = new Headers();
  if (relayKey !== '') headers.set('authorization', `Bearer ${relayKey}`);
  // A redirect would carry the token to whoever asked for it.
  const options: RequestInit = { headers, redirect: 'manual', signal };
  if (body === undefined) return new Request(url, { ...options, method: 'GET' });
  headers.set('content-type', 'application/json');
  return new Request(url, { ...options, method: 'POST', body: JSON.stringify(body) });
}

const outage = (kind: Outage, detail: string) => ({ ok: false, outage: kind, detail }) as const;

const detailCharactersMax = 200;
const errmsgCharactersMax = 500;
/** Anything shorter is no secret, and blotting it out would only spoil the words around it. */
const secretCharactersMin = 8;

/** An error from `fetch` may quote the whole URL, and the token travels in it. */
export function hide(
  message: string,
  secrets: readonly string[],
  charactersMax = detailCharactersMax,
): string {
  let shown = message;
  for (const secret of secrets.filter(({ length }) => length >= secretCharactersMin)) {
    shown = shown.replaceAll(encodeURIComponent(secret), '***').replaceAll(secret, '***');
  }
  return shown.slice(0, charactersMax);
}
