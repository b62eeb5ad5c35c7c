/** 微信接口的形状: what goes to api.weixin.qq.com and what comes back. Field names are WeChat's where WeChat reads them. */

/** `fetch`, or anything that stands in for it. */
export type Http = (request: Request) => Promise<Response>;

/** `baseUrl` is `https://api.weixin.qq.com` or a relay with a fixed address, with or without a path of its own. */
export type WechatSettings = {
  readonly http: Http;
  readonly baseUrl: string;
  readonly timeoutMs: number;
  /** Sent as `authorization: Bearer …` with every call, for a relay that checks it and takes it off. '' is none. */
  readonly relayKey?: string | undefined;
};

export type Outage = 'timeout' | 'network' | 'http' | 'malformed';

/** `detail` is one line of English for a log; tokens and secrets are never in it. */
export type Answer<Reply> =
  | { readonly ok: true; readonly reply: Reply }
  | { readonly ok: false; readonly outage: Outage; readonly detail: string };

export type Reply = {
  readonly errcode: number;
  readonly errmsg: string;
  /** WeChat's name for a refusal, by which its support finds it (`/cgi-bin/openapi/rid/get`). */
  readonly rid: string | null;
  /** 64 bits, so text; it returns in TEMPLATESENDJOBFINISH as `MsgID`. */
  readonly msgid?: string;
};

/** `token` is null exactly when `errcode` is not 0; so it is with the one field of each reply below. */
export type TokenReply = Reply & {
  readonly token: { readonly value: string; readonly expiresInSeconds: number } | null;
};

export type TicketReply = Reply & {
  readonly ticket: { readonly value: string; readonly expiresInSeconds: number } | null;
};

/** `url` is what the code says, to be drawn; or show `https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket=…`. */
export type QrReply = Reply & {
  readonly qr: {
    readonly ticket: string;
    readonly url: string;
    /** Null for a permanent code. */
    readonly expiresInSeconds: number | null;
  } | null;
};

/** `msgId` is there also with 45065: it is the one that the same `clientmsgid` was answered with before. */
export type MassReply = Reply & { readonly msgId: string | null };

/** A `isSnapshot` login is a virtual account of a preview: it must never be bound to anybody. */
export type LoginReply = Reply & {
  readonly login: {
    readonly openid: string;
    readonly unionid: string | null;
    readonly isSnapshot: boolean;
    readonly accessToken: string;
  } | null;
};

export type UserReply = Reply & { readonly user: User | null };
export type UsersReply = Reply & { readonly users: readonly User[] | null };

/** Everything but `openid` is null when the person does not follow. */
export type User = {
  readonly openid: string;
  readonly subscribed: boolean;
  /** Only when the account is bound to an 开放平台 account. */
  readonly unionid: string | null;
  /** Milliseconds. */
  readonly subscribedAt: number | null;
  readonly scene: {
    /** `ADD_SCENE_QR_CODE`, `ADD_SCENE_SEARCH`… */
    readonly kind: string | null;
    /** The scene of the parametric code by which the person came. */
    readonly str: string | null;
  };
};

export type CallbackCheckReply = Reply & {
  readonly check: {
    readonly addresses: readonly { readonly ip: string; readonly operator: string }[];
    readonly pings: readonly {
      readonly ip: string;
      readonly operator: string;
      /** As WeChat writes them: `0%`, `14.2ms`. */
      readonly packetLoss: string;
      readonly time: string;
    }[];
  } | null;
};

export type TemplatesReply = Reply & {
  readonly templates:
    | readonly {
        readonly id: string;
        readonly title: string;
        /** As a message has to name them: `thing1`, `time4`. */
        readonly fields: readonly string[];
      }[]
    | null;
};

export type QuotaReply = Reply & {
  readonly quota: { readonly limit: number; readonly left: number } | null;
};

export type CallbackIpsReply = Reply & { readonly ips: readonly string[] | null };

export type DraftsReply = Reply & {
  /** 草稿箱, the newest first. */
  readonly drafts:
    | readonly {
        readonly mediaId: string;
        readonly articles: readonly { readonly title: string; readonly digest: string }[];
        readonly changedAt: number;
      }[]
    | null;
};

/** '' where it has none. `type` is WeChat's, of its interface (`view`, `click`) or of its console (`text`, `news`, `img`). */
export type ExistingButton = Readonly<
  Record<'name' | 'type' | 'key' | 'url' | 'appid' | 'pagepath' | 'value', string>
>;
export type CurrentMenuReply = Reply & {
  readonly menu: {
    readonly isOpen: boolean;
    readonly buttons: readonly (ExistingButton & { readonly sub_button: readonly ExistingButton[] })[];
  } | null;
};

type Said = { readonly type: string; readonly content: string };
export type CurrentRepliesReply = Reply & {
  readonly replies: {
    readonly welcome: Said | null;
    readonly fallback: Said | null;
    readonly rules: readonly {
      readonly name: string;
      readonly words: readonly { readonly word: string; readonly isWhole: boolean }[];
      readonly replies: readonly Said[];
    }[];
  } | null;
};
