/**
 * 微信消息: the shape of every message and event that WeChat pushes to a 服务号.
 *
 * Names follow WeChat's, told apart by `kind`. Coordinates are degrees (GCJ-02 as WeChat sends them), counts whole
 * numbers, ids text: they have 64 bits. A text that was not sent is '' where WeChat always sends it, null where not.
 * Source: developers.weixin.qq.com/doc/service/guide/product/message, the pages on messages and on events.
 */
import type { Place, WechatEvent } from './event-types.ts';

export type WechatMessage = Envelope & WechatContent;

export type WechatContent = Ordinary | WechatEvent | Unknown;

type Envelope = {
  /** `gh_…`: the account itself. */
  readonly originalId: string;
  /** FromUserName. For the three notices about a person's data it is WeChat's own sender: see `subject`. */
  readonly openid: string;
  /** Milliseconds; 0 when WeChat sent none. WeChat counts in seconds. */
  readonly createdAt: number;
  /**
   * The same for every repetition of one message, different for two messages; at most 256 characters.
   * WeChat repeats what was not answered within five seconds, up to three times, and cards for a day.
   */
  readonly dedupeKey: string;
};

type Ordinary =
  /** `menuMessageId` is the `id` of the `msgmenu` entry that was tapped instead of typed. */
  | {
      readonly kind: 'text';
      readonly msgId: string;
      readonly content: string;
      readonly menuMessageId: string | null;
    }
  | {
      readonly kind: 'image';
      readonly msgId: string;
      readonly pictureUrl: string;
      readonly mediaId: string;
    }
  | {
      readonly kind: 'voice';
      readonly msgId: string;
      readonly mediaId: string;
      /** `amr`, `speex`. */
      readonly format: string;
      /** What WeChat understood, where the account has speech recognition. */
      readonly recognition: string | null;
    }
  | {
      readonly kind: 'video' | 'shortvideo';
      readonly msgId: string;
      readonly mediaId: string;
      readonly thumbMediaId: string;
    }
  | ({ readonly kind: 'location'; readonly msgId: string } & Place)
  | {
      readonly kind: 'link';
      readonly msgId: string;
      readonly title: string;
      readonly description: string;
      readonly url: string;
    }
  | {
      readonly kind: 'miniprogram-card';
      readonly msgId: string;
      readonly title: string;
      readonly appId: string;
      readonly pagePath: string;
      readonly thumbUrl: string;
      readonly thumbMediaId: string;
    };

/** Everything else, and what lacks the one thing it is about. `name` is its Event, or its MsgType, in lower case. */
type Unknown = { readonly kind: 'unknown'; readonly name: string };
