/** 公众号事件: what a fan did, and what WeChat and the associates did about it. */
import type { EventBase } from './base.ts';
import type { AssociateId, MemberId } from '../plain/ids.ts';
import type { MassCounts } from '../messages/mass-messages.ts';
import type { Child } from '../members/members.ts';
import type { InvitedBy } from '../members/referrals.ts';
import type { Arrival } from '../messages/outbox.ts';

type OfFan = EventBase & { readonly openid: string };

/** 关注; `scene` when they scanned one of our codes. */
export type FanFollowed = OfFan & {
  readonly type: 'fan.followed';
  readonly scene: string | null;
  /** 一人一次: keyed, of the openid; it outlives what the follow left. */
  readonly digest?: string;
};
/** 取消关注: everything that WeChat sent about them has to be erased. */
export type FanUnfollowed = OfFan & { readonly type: 'fan.unfollowed' };
/** 扫码 by somebody who already follows. */
export type FanScanned = OfFan & { readonly type: 'fan.scanned'; readonly scene: string };
/** 发来消息; `text` is null for pictures, voices and the like. */
export type FanSaid = OfFan & {
  readonly type: 'fan.said';
  readonly kind: string;
  readonly text: string | null;
};
/** 点击菜单, or a scan through the menu; both open a window. */
export type FanClicked = OfFan & { readonly type: 'fan.clicked'; readonly key: string };
/** 订阅授权: consent or refusal for notices of some templates. `isFinal` means switched off, and not only declined this time. */
export type FanPermitted = OfFan & {
  readonly type: 'fan.permitted';
  readonly isFinal: boolean;
  readonly answers: readonly { readonly templateId: string; readonly isAccepted: boolean }[];
};
/** 撤回授权, or 注销微信账号 when everything goes. */
export type FanRevoked = OfFan & { readonly type: 'fan.revoked'; readonly isAccountGone: boolean };
/** 送达回执 for messages that we sent. */
export type MessageArrived = EventBase & {
  readonly type: 'message.arrived';
  readonly receipts: readonly {
    readonly receipt: string;
    readonly arrival: Arrival;
    readonly why: string | null;
    /** 群发: how many people of a page it reached. */
    readonly mass?: MassCounts;
  }[];
};

/** 注册: a person gave a phone number and verified it with a code. */
export type MemberJoined = EventBase & {
  readonly type: 'member.joined';
  readonly openid: string | null;
  readonly unionid: string | null;
  readonly phone: string;
  /** Keyed, one for each way in which the person is known; gifts are given once to any of them. */
  readonly digests: readonly string[];
  /** The same as of the follow, for whoever follows already. */
  readonly followDigest?: string;
  readonly name: string | null;
  readonly children: readonly Child[];
  /** Null leaves what is known. */
  readonly birthdayOn: string | null;
  readonly storeId: string | null;
  readonly associateId: string | null;
  readonly source: string | null;
  /** 换绑: the person wants the membership that the phone has under another WeChat account. */
  readonly isRebinding?: boolean;
  /** 邀请好友: whose link it was. */
  readonly invitedBy?: InvitedBy;
};

/** 导购回复: an associate answers in a thread; without an associate the shop itself answers. */
export type AssociateWrote = EventBase & {
  readonly type: 'associate.wrote';
  readonly associateId: AssociateId | null;
  readonly memberId: MemberId | null;
  readonly openid: string | null;
  readonly text: string;
};

/** 导购在企业微信里说的话, to the app that passes on what members say; `text` is null for anything but words. */
export type StaffSaid = EventBase & {
  readonly type: 'staff.said';
  readonly wecomUserId: string;
  readonly text: string | null;
};

/**
 * 企业微信新客户: somebody added an associate in WeCom; `welcomeCode` permits one greeting. `isKnown`: they were added before, and
 * only now may be greeted.
 */
export type CustomerAdded = EventBase & {
  readonly type: 'customer.added';
  readonly wecomUserId: string;
  readonly externalUserId: string;
  readonly scene: string | null;
  readonly welcomeCode: string | null;
  readonly isKnown?: true;
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
  | StaffSaid
  | CustomerAdded;
