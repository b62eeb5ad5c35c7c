/** 微信事件: the shape of what WeChat tells that nobody wrote; the second half of types.ts. */

export type WechatEvent = Followed | Tapped | Delivered | Privacy | Desk;

export type Place = {
  readonly latitude: number;
  readonly longitude: number;
  /** Of the map; 0 when not sent. */
  readonly scale: number;
  readonly label: string;
};

type Followed =
  /** `scene` without its `qrscene_`; null when the account was found otherwise than by a parametric code. */
  | { readonly kind: 'subscribe'; readonly scene: string | null; readonly ticket: string | null }
  | { readonly kind: 'unsubscribe' }
  /** A parametric code read by somebody who already follows. */
  | { readonly kind: 'scan'; readonly scene: string; readonly ticket: string | null }
  /** Sent every five seconds while the conversation is open, if the person agreed. */
  | {
      readonly kind: 'location-report';
      readonly latitude: number;
      readonly longitude: number;
      /** Metres; 0 when not sent. */
      readonly precision: number;
    };

type Tapped =
  | { readonly kind: 'click'; readonly key: string }
  | { readonly kind: 'view'; readonly url: string; readonly menuId: string | null }
  | { readonly kind: 'view-miniprogram'; readonly pagePath: string; readonly menuId: string | null }
  /** `waits`: the phone shows "消息接收中" and waits for a message. `result` is what the code says. */
  | {
      readonly kind: 'scancode';
      readonly waits: boolean;
      readonly key: string;
      readonly scanType: string;
      readonly result: string;
    }
  /** Each of the pictures follows as an `image` of its own. */
  | {
      readonly kind: 'pictures';
      readonly key: string;
      readonly source: 'camera' | 'camera-or-album' | 'wechat-album';
      readonly count: number;
    }
  | ({ readonly kind: 'location-select'; readonly key: string; readonly poiName: string } & Place);

type Delivered =
  /** `msgId` is the `msgid` that `sendTemplate` was answered with. */
  | {
      readonly kind: 'template-sent';
      readonly msgId: string;
      readonly status: 'sent' | 'blocked' | 'failed';
      /** WeChat's own word, such as `failed:freq limit`. */
      readonly said: string;
    }
  | {
      readonly kind: 'mass-sent';
      readonly msgId: string;
      /** WeChat's own, such as `send success` or `err(10001)`. */
      readonly status: string;
      readonly isSent: boolean;
      readonly total: number;
      /** Left of `total` after those who may not be sent to. */
      readonly filtered: number;
      readonly sent: number;
      readonly failed: number;
    }
  /** `change` comes from the settings page, and WeChat pushes only refusals from there. */
  | {
      readonly kind: 'subscription-answers';
      readonly from: 'popup' | 'change';
      readonly answers: readonly SubscriptionAnswer[];
    }
  /** `errorCode` 0 is delivered; -1 when WeChat sent no number. */
  | { readonly kind: 'subscription-sent'; readonly results: readonly SubscriptionResult[] };

export type SubscriptionAnswer = { readonly templateId: string; readonly accepted: boolean };
export type SubscriptionResult = {
  readonly templateId: string;
  readonly msgId: string;
  readonly errorCode: number;
  readonly errorStatus: string;
};

/**
 * A person's data. Modified: take the profile again or clear it. Revoked: delete what `revoked` names. Cancelled: the
 * WeChat account is gone. developers.weixin.qq.com/doc/service/guide/h5/authorization_change.
 */
type Privacy = {
  readonly kind: 'profile-modified' | 'authorization-revoked' | 'account-cancelled';
  /** The openid of whom it is about. */
  readonly subject: string;
  readonly unionId: string | null;
  /** 201 address, 202 invoice, 203 card, 204 microphone, 205 nickname and avatar, 206 location, 207 pictures. */
  readonly revoked: readonly string[];
};

type Desk =
  | {
      readonly kind: 'customer-service-session';
      readonly change: 'created' | 'closed' | 'switched';
      /** Who serves now, or served last. */
      readonly account: string;
      /** Only when switched. */
      readonly fromAccount: string | null;
    }
  /** The closed 微信卡券; `event` is WeChat's name in lower case, such as `user_get_card`. */
  | {
      readonly kind: 'card';
      readonly event: string;
      readonly cardId: string;
      readonly userCardCode: string | null;
      readonly outerStr: string | null;
    };
