/** 渠道: what a channel has to declare. */
import type { MerchantSettings } from '../../../schema/index.ts';
import type { Quota } from '../../db/outbox/quotas.ts';
import type { Recipient } from '../../db/outbox/recipients.ts';
import type { SmsMessage } from '../../sms/define.ts';
import type { Answer, Reply, WechatClient } from '../../wechat/client.ts';
import type { WecomClient } from '../../wechat/wecom/client.ts';
import type { Purpose, Slots } from '../words/define.ts';

export type Verdict =
  | { readonly verdict: 'sent'; readonly receipt: string | null }
  | (Again & {
      readonly verdict: 'retry';
      readonly why: string;
      /** The provider said no, so that another way sends nothing twice. */
      readonly isRefused?: true;
      readonly unlisted?: Unlisted;
    })
  /** Not by this channel now, perhaps by another. With `again`, it is tried later if no other way is open either. */
  | {
      readonly verdict: 'unsuitable';
      readonly why: string;
      readonly errcode?: number;
      readonly again?: Again;
      readonly unlisted?: Unlisted;
    }
  /** Not by any channel. */
  | { readonly verdict: 'park'; readonly why: string };

export type Again = {
  /** Null means the usual backoff. */
  readonly afterSeconds: number | null;
  /** By how many attempts at most; without it the usual number. */
  readonly attemptsMax?: number;
};

/** With `again`, the channel will be open later. */
export type Objection = string | { readonly why: string; readonly again: Again };

/** Our address, when the provider's whitelist lacks it. */
/** `ip` is null when the provider does not name it. */
export type Unlisted = { readonly list: string; readonly ip: string | null };

/** The message. */
export type Outgoing = {
  readonly seq: number;
  readonly kind: string;
  readonly purpose: Purpose;
  readonly slots: Slots;
  readonly text: string;
  /** The page that a card opens; null when there is none. */
  readonly url: string | null;
};

/** What a channel may look at to decide whether it can carry a message. */
export type Context = {
  readonly message: Outgoing;
  readonly recipient: Recipient;
  readonly settings: MerchantSettings;
  readonly now: number;
};

export type WechatSender = Pick<WechatClient, 'sendTemplate' | 'sendCustom' | 'sendSubscription'>;
export type WecomSender = Pick<WecomClient, 'sendApp' | 'sendWelcome'> & { readonly agentId: number };

/** Makes a call with a valid token and turns the answer into a verdict. */
export type Line<Sender> = (
  call: (sender: Sender, accessToken: string) => Promise<Answer<Reply>>,
) => Promise<Verdict>;

/** The connected providers. */
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
  /** Null, or why this channel cannot carry the message now. Pure. */
  readonly permits: (context: Context) => Objection | null;
  /** The quota that is counted before sending; null for none. Pure. */
  readonly quota: (context: Context) => Quota | null;
  /** Error codes that mean the quota is used up, whatever we counted. */
  readonly exhaustedBy: ReadonlySet<number>;
  /** Called only when `permits` returned null and the quota was taken. */
  readonly send: (context: Context, lines: Lines) => Promise<Verdict>;
};

export const unlimited = { quota: () => null, exhaustedBy: new Set<number>() } as const;

/** The address of a recipient for whom the channel was open, who therefore has one. */
export const openidOf = ({ recipient }: Context): string => recipient.openid ?? '';
