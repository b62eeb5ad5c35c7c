/** 渠道: what a way of reaching somebody has to say for itself. */
import type { MerchantSettings } from '../../../schema/index.ts';
import type { Quota } from '../../db/outbox/quotas.ts';
import type { Recipient } from '../../db/outbox/recipients.ts';
import type { SmsMessage } from '../../sms/define.ts';
import type { Answer, Reply, WechatClient } from '../../wechat/client.ts';
import type { WecomClient } from '../../wechat/wecom/client.ts';
import type { Purpose, Slots } from '../words/words.ts';

export type Verdict =
  | { readonly verdict: 'sent'; readonly receipt: string | null }
  /** Null leaves the wait to the usual backoff. `unlisted`: the address of ours that the provider does not let in. */
  | {
      readonly verdict: 'retry';
      readonly afterSeconds: number | null;
      readonly why: string;
      readonly unlisted?: Unlisted;
    }
  /** Not this way; perhaps another. */
  | { readonly verdict: 'unsuitable'; readonly why: string; readonly errcode?: number }
  /** No way at all. */
  | { readonly verdict: 'park'; readonly why: string };

/** `ip` is null when the provider does not say which it saw. */
export type Unlisted = { readonly list: string; readonly ip: string | null };

/** What is to be said. */
export type Outgoing = {
  readonly seq: number;
  readonly kind: string;
  readonly purpose: Purpose;
  readonly slots: Slots;
  readonly text: string;
  /** Where a card leads; null when there is nowhere to go. */
  readonly url: string | null;
};

/** All that a channel may look at to decide whether it can carry a message. */
export type Context = {
  readonly message: Outgoing;
  readonly recipient: Recipient;
  readonly settings: MerchantSettings;
  readonly now: number;
};

export type WechatSender = Pick<WechatClient, 'sendTemplate' | 'sendCustom' | 'sendSubscription'>;
export type WecomSender = Pick<WecomClient, 'sendApp' | 'sendWelcome'> & { readonly agentId: number };

/** Makes a call with a good token, and says what the answer means. */
export type Line<Sender> = (
  call: (sender: Sender, accessToken: string) => Promise<Answer<Reply>>,
) => Promise<Verdict>;

/** What messages leave by. */
export type Lines = {
  readonly wechat: Line<WechatSender>;
  readonly wecom: Line<WecomSender>;
  readonly sms: (message: SmsMessage) => Promise<Verdict>;
};

export type Channel = {
  readonly name: string;
  /** As the merchant calls it. */
  readonly label: string;
  readonly line: keyof Lines;
  /** What one message costs, in thousandths of a yuan: the cheapest way is taken first. */
  readonly costMilliYuan: number;
  /** Null, or why this message cannot go this way now. Pure. */
  readonly permits: (context: Context) => string | null;
  /** What is counted before the message is sent; null when nothing is. Pure. */
  readonly quota: (context: Context) => Quota | null;
  /** Codes after which nothing is left of the quota, whatever we had counted. */
  readonly exhaustedBy: ReadonlySet<number>;
  /** Only what was permitted, and counted. */
  readonly send: (context: Context, lines: Lines) => Promise<Verdict>;
};

export const unlimited = { quota: () => null, exhaustedBy: new Set<number>() } as const;

/** Of somebody who was permitted, and so has one. */
export const openidOf = ({ recipient }: Context): string => recipient.openid ?? '';
