/**
 * 微信接口: calls api.weixin.qq.com and answers with a value, whatever happens outside.
 *
 * WeChat reports its own errors with HTTP 200 and an `errcode`, so a reply with an errcode other than 0 is still
 * `ok`: it is for the caller to judge. `outage` means that nobody knows whether WeChat saw the call.
 */
import * as z from 'zod';

/** `fetch`, or anything that stands in for it. */
export type Http = (request: Request) => Promise<Response>;

export type Outage = 'timeout' | 'network' | 'http' | 'malformed';

/** `detail` is one line of English for a log; tokens and secrets are never in it. */
export type Answer<Reply> =
  | { readonly ok: true; readonly reply: Reply }
  | { readonly ok: false; readonly outage: Outage; readonly detail: string };

/** `msgid` is a 64-bit number and stays text; it returns in TEMPLATESENDJOBFINISH as `MsgID`. */
export type Reply = { readonly errcode: number; readonly errmsg: string; readonly msgid?: string };

/** `token` is null exactly when `errcode` is not 0. */
export type TokenReply = Reply & {
  readonly token: { readonly value: string; readonly expiresInSeconds: number } | null;
};

/** Template messages. Both `url` and `miniprogram` given: the mini program wins. */
export type TemplateMessage = {
  readonly touser: string;
  readonly template_id: string;
  readonly url?: string;
  readonly miniprogram?: { readonly appid: string; readonly pagepath?: string };
  /** For one openid the same id is delivered once; WeChat remembers it for ten minutes. */
  readonly client_msg_id?: string;
  /** Values as `fitField` leaves them. */
  readonly data: Readonly<Record<string, { readonly value: string }>>;
};

/** Customer-service messages, lawful only inside the window that the user's own act opened. */
export type CustomMessage =
  | { readonly touser: string; readonly msgtype: 'text'; readonly text: { readonly content: string } }
  | { readonly touser: string; readonly msgtype: 'image'; readonly image: { readonly media_id: string } }
  | {
      readonly touser: string;
      readonly msgtype: 'news';
      readonly news: { readonly articles: readonly [Article] };
    };

type Article = {
  readonly title: string;
  readonly description?: string;
  readonly url?: string;
  readonly picurl?: string;
};

/** `baseUrl` is `https://api.weixin.qq.com` or a relay with a fixed address, with or without a path of its own. */
export type WechatSettings = { readonly http: Http; readonly baseUrl: string; readonly timeoutMs: number };

export type WechatClient = {
  /**
   * An access token (developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken). Asking again gives the
   * same one until five minutes before its end; `forceRefresh` is allowed 20 times a day, 30 seconds apart.
   */
  readonly stableToken: (account: {
    readonly appId: string;
    readonly secret: string;
    readonly forceRefresh: boolean;
  }) => Promise<Answer<TokenReply>>;
  /** 模板消息 (developers.weixin.qq.com/doc/service/api/notify/template/api_sendtemplatemessage). */
  readonly sendTemplate: (accessToken: string, message: TemplateMessage) => Promise<Answer<Reply>>;
  /** 客服消息 (developers.weixin.qq.com/doc/offiaccount/Customer_Service/Customer_Service_Messages). */
  readonly sendCustom: (accessToken: string, message: CustomMessage) => Promise<Answer<Reply>>;
};

export function wechatClient(settings: WechatSettings): WechatClient {
  const send = (path: string, accessToken: string, message: TemplateMessage | CustomMessage) =>
    post(settings, {
      path: `${path}?access_token=${encodeURIComponent(accessToken)}`,
      body: message,
      secret: accessToken,
      schema: replySchema,
    });

  return {
    stableToken: ({ appId, secret, forceRefresh }) =>
      post(settings, {
        path: '/cgi-bin/stable_token',
        body: { grant_type: 'client_credential', appid: appId, secret, force_refresh: forceRefresh },
        secret,
        schema: tokenSchema,
      }),
    sendTemplate: (accessToken, message) => send('/cgi-bin/message/template/send', accessToken, message),
    sendCustom: (accessToken, message) => send('/cgi-bin/message/custom/send', accessToken, message),
  };
}

const replySchema = z
  .object({ errcode: z.int(), errmsg: z.string().default(''), msgid: z.string().optional() })
  .transform(({ msgid, ...reply }): Reply => (msgid === undefined ? reply : { ...reply, msgid }));

const tokenSchema = z.union([
  z
    .object({
      errcode: z.literal(0).default(0),
      access_token: z.string().min(1),
      expires_in: z.int().positive(),
    })
    .transform((body): TokenReply => ({
      errcode: 0,
      errmsg: 'ok',
      token: { value: body.access_token, expiresInSeconds: body.expires_in },
    })),
  z
    .object({ errcode: z.int().refine((code) => code !== 0), errmsg: z.string().default('') })
    .transform((body): TokenReply => ({ ...body, token: null })),
]);

type Call<Reply> = {
  readonly path: string;
  readonly body: object;
  /** What must not appear in a detail. */
  readonly secret: string;
  readonly schema: z.ZodType<Reply>;
};

async function post<R>({ http, baseUrl, timeoutMs }: WechatSettings, call: Call<R>): Promise<Answer<R>> {
  const signal = AbortSignal.timeout(timeoutMs);
  let text: string;
  try {
    const request = new Request(baseUrl.replace(/\/+$/, '') + call.path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(call.body),
      // A redirect would carry the token to whoever asked for it.
      redirect: 'manual',
      signal,
    });
    const response = await http(request);
    text = await response.text();
    if (response.status !== 200) return outage('http', `HTTP ${response.status}`);
  } catch (error) {
    if (signal.aborted) return outage('timeout', `no answer within ${timeoutMs} ms`);
    return outage('network', hide(error instanceof Error ? error.message : String(error), call.secret));
  }
  const reply = call.schema.safeParse(jsonOf(text));
  return reply.success
    ? { ok: true, reply: reply.data }
    : outage('malformed', `${text.length} characters, not a reply`);
}

/** The body with its 64-bit `msgid` as text: parsed as a number it would lose its last digits. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/"msgid"\s*:\s*(\d+)/, '"msgid":"$1"'));
  } catch {
    return null;
  }
}

const outage = (kind: Outage, detail: string) => ({ ok: false, outage: kind, detail }) as const;

/** An error from `fetch` may quote the whole URL, and the token travels in it. */
const hide = (message: string, secret: string): string =>
  message.replaceAll(encodeURIComponent(secret), '***').replaceAll(secret, '***').slice(0, 200);
