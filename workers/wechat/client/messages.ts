/** 发出的消息: the bodies of template, customer-service, subscription and mass messages, as WeChat reads them. */

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

/** 订阅通知: one for each consent (errcode 43101 without one). Both `page` and `miniprogram`: the mini program wins. */
export type SubscriptionMessage = {
  readonly touser: string;
  readonly template_id: string;
  readonly page?: string;
  readonly miniprogram?: { readonly appid: string; readonly pagepath?: string };
  readonly data: Readonly<Record<string, { readonly value: string }>>;
};

/**
 * Customer-service messages, lawful only inside the window that the user's own act opened (45015 outside it, 45047
 * when its quota is used up): five within 48 hours of a message, three within a minute of a tap, scan or follow.
 */
export type CustomMessage = { readonly touser: string } & (
  | { readonly msgtype: 'text'; readonly text: { readonly content: string } }
  | { readonly msgtype: 'image'; readonly image: Media }
  | { readonly msgtype: 'voice'; readonly voice: Media }
  | {
      readonly msgtype: 'video';
      readonly video: Media & {
        readonly thumb_media_id: string;
        readonly title?: string;
        readonly description?: string;
      };
    }
  /** One article is all that WeChat shows. */
  | { readonly msgtype: 'news'; readonly news: { readonly articles: readonly [Article] } }
  | {
      readonly msgtype: 'miniprogrampage';
      readonly miniprogrampage: {
        readonly title: string;
        readonly appid: string;
        readonly pagepath: string;
        readonly thumb_media_id: string;
      };
    }
  /** What is tapped comes back as a text whose `menuMessageId` is the entry's id, and opens a window as a tap does. */
  | {
      readonly msgtype: 'msgmenu';
      readonly msgmenu: {
        readonly head_content: string;
        readonly list: readonly { readonly id: string; readonly content: string }[];
        readonly tail_content: string;
      };
    }
);

type Media = { readonly media_id: string };

type Article = {
  readonly title: string;
  readonly description?: string;
  readonly url?: string;
  readonly picurl?: string;
};

/** 群发 to 2 to 10,000 openids: `text`, or a draft's `mediaId` (图文). `clientmsgid`: at most 64 bytes, sent once. */
export type MassMessage = {
  readonly openids: readonly string[];
  readonly clientmsgid: string;
} & ({ readonly text: string } | { readonly mediaId: string });
