/** 渠道: what a way of reaching somebody has to say for itself. */
import type { Slots } from '../words.ts';
import type { MerchantSettings } from '../../../schema/index.ts';
import type { Answer, Reply, WechatClient } from '../../wechat/client.ts';

export type Verdict =
  | { readonly verdict: 'sent'; readonly receipt: string | null }
  /** Null leaves the wait to the usual backoff. */
  | { readonly verdict: 'retry'; readonly afterSeconds: number | null; readonly why: string }
  | { readonly verdict: 'unsuitable'; readonly why: string }
  | { readonly verdict: 'park'; readonly why: string };

export type Outgoing = {
  readonly seq: number;
  readonly kind: string;
  readonly openid: string;
  readonly slots: Slots;
  readonly text: string;
};

/** Sends with a token that the drain provides; null says why this channel cannot carry it. */
export type Prepared = (client: WechatClient, accessToken: string) => Promise<Answer<Reply>>;

export type Channel = {
  readonly name: 'wechat-template' | 'wechat-service';
  readonly prepare: (
    message: Outgoing,
    settings: MerchantSettings,
  ) => Prepared | { readonly unsuitable: string };
};
