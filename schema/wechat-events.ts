/** 公众号事件: what a follower did, and what WeChat and our own people did about it, in our words. */
import type { AssociateId, EventId, MemberId } from './ids.ts';
import type { MassCounts } from './mass-messages.ts';
import type { Child } from './members.ts';
import type { Arrival } from './outbox.ts';

type Told = { readonly id: EventId; readonly namespace: string; readonly occurredAt: number };
type OfFan = Told & { readonly openid: string };

/** 关注; `scene` when a code of ours brought them. */
export type FanFollowed = OfFan & { readonly type: 'fan.followed'; readonly scene: string | null };
/** 取消关注: everything WeChat told us of them has to go. */
export type FanUnfollowed = OfFan & { readonly type: 'fan.unfollowed' };
/** 扫码 by somebody who follows already. */
export type FanScanned = OfFan & { readonly type: 'fan.scanned'; readonly scene: string };
/** 发来消息; `text` is null for pictures, voices and the like. */
export type FanSaid = OfFan & {
  readonly type: 'fan.said';
  readonly kind: string;
  readonly text: string | null;
};
/** 点击菜单, or a scan through the menu: the acts that open a window. */
export type FanClicked = OfFan & { readonly type: 'fan.clicked'; readonly key: string };
/** 订阅授权: agreed to, or refused, notices of some templates. `isFinal`: switched off, not merely declined this once. */
export type FanPermitted = OfFan & {
  readonly type: 'fan.permitted';
  readonly isFinal: boolean;
  readonly answers: readonly { readonly templateId: string; readonly isAccepted: boolean }[];
};
/** 撤回授权, or 注销微信账号 when everything goes. */
export type FanRevoked = OfFan & { readonly type: 'fan.revoked'; readonly isAccountGone: boolean };
/** 送达回执 of messages we sent. */
export type MessageArrived = Told & {
  readonly type: 'message.arrived';
  readonly receipts: readonly {
    readonly receipt: string;
    readonly arrival: Arrival;
    readonly why: string | null;
    /** 群发: how many of a page it reached. */
    readonly mass?: MassCounts;
  }[];
};

/** 注册: a person gave a phone number that was proved by a code. */
export type MemberJoined = Told & {
  readonly type: 'member.joined';
  readonly openid: string | null;
  readonly unionid: string | null;
  readonly phone: string;
  /** Keyed, one for each way in which the person is known; gifts are given once to any of them. */
  readonly digests: readonly string[];
  readonly name: string | null;
  readonly children: readonly Child[];
  readonly storeId: string | null;
  readonly associateId: string | null;
  readonly source: string | null;
};

/** 导购回复: somebody of ours answers in a thread; without an associate it is the shop itself. */
export type AssociateWrote = Told & {
  readonly type: 'associate.wrote';
  readonly associateId: AssociateId | null;
  readonly memberId: MemberId | null;
  readonly openid: string | null;
  readonly text: string;
};

/** 企业微信新客户: somebody added one of our people; `welcomeCode` lets one greeting through. */
export type CustomerAdded = Told & {
  readonly type: 'customer.added';
  readonly wecomUserId: string;
  readonly externalUserId: string;
  readonly scene: string | null;
  readonly welcomeCode: string | null;
};

export type WechatEvent =
  | FanFollowed
  | FanUnfollowed
  | FanScanned
  | FanSaid
  | FanClicked
  | FanPermitted
  | FanRevoked
  | MessageArrived
  | MemberJoined
  | AssociateWrote
  | CustomerAdded;
