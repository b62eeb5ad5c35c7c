/** What the pages need from outside themselves. */
import type { Context } from 'hono';
import type { Engine } from '../engine/engine.ts';
import type { Clock, Doorbell } from '../engine/ports.ts';
import type { WechatClient } from '../wechat/client.ts';
import type { PageKeys } from './keys.ts';

/** 短信服务商; whoever sends texts elsewhere takes the same. */
export type SmsProvider = {
  readonly send: (message: {
    readonly phone: string;
    readonly templateId: string;
    readonly params: readonly { readonly name: string; readonly value: string }[];
    readonly signName: string;
    readonly text?: string;
  }) => Promise<SmsVerdict>;
};

/** `retry`: it certainly did not go out. `park`: it did not, or nobody knows. `why` names nobody. */
export type SmsVerdict =
  | { readonly verdict: 'sent' }
  | { readonly verdict: 'retry' | 'park'; readonly why: string };

/** 确认收款: with what a page asks WeChat to pay. */
export type Confirming = {
  readonly mchId: string;
  /** What pages are signed with; or why there is nothing to sign with. */
  readonly jsTicket: () => Promise<{ readonly ticket: string } | { readonly why: string }>;
};

export type PageDeps = {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly doorbell: Doorbell;
  readonly keys: PageKeys;
  readonly client: Pick<WechatClient, 'webLogin'>;
  readonly account: { readonly appId: string; readonly secret: string };
  /** `https://open.weixin.qq.com`, or what plays it. */
  readonly oauthBase: string;
  /** Null when the account gives none, or WeChat does not answer. */
  readonly unionidOf: (openid: string) => Promise<string | null>;
  /** Null while the deployment has none. */
  readonly sms: SmsProvider | null;
  /** Null without the keys to pay with. */
  readonly confirming: Confirming | null;
};

/** `nonce`: what an inline script of this one answer has to carry. */
export type PageContext = Context<{ Variables: { nonce: string } }>;
