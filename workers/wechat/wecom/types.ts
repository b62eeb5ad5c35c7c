/** 企业微信接口的形状: what goes to qyapi.weixin.qq.com and what comes back. */
import type { Reply } from '../client/types.ts';

export type AppMessage = {
  readonly userIds: readonly string[];
  readonly agentId: number;
  /** The same message is not delivered twice within this time: at most four hours; 0 turns it off. */
  readonly duplicateCheckSeconds: number;
} & (
  | { readonly text: string }
  | {
      readonly textcard: {
        readonly title: string;
        readonly description: string;
        readonly url: string;
        /** The words on the button; `详情` unless given. */
        readonly btntxt?: string;
      };
    }
);

export type AppMessageReply = Reply & {
  /** Who was not reached though others were: not an employee, or not in sight of the app. */
  readonly invalidUserIds: readonly string[];
};

export type Welcome = {
  readonly welcomeCode: string;
  /** Null when there are attachments alone. */
  readonly text: string | null;
  /** At most nine, in WeCom's own shape; media must have been uploaded before. */
  readonly attachments: readonly WelcomeAttachment[];
};

export type WelcomeAttachment =
  | {
      readonly msgtype: 'image';
      readonly image: { readonly media_id: string } | { readonly pic_url: string };
    }
  | {
      readonly msgtype: 'link';
      readonly link: {
        readonly title: string;
        readonly picurl?: string;
        readonly desc?: string;
        readonly url: string;
      };
    }
  | {
      readonly msgtype: 'miniprogram';
      readonly miniprogram: {
        readonly title: string;
        readonly pic_media_id: string;
        readonly appid: string;
        readonly page: string;
      };
    }
  | { readonly msgtype: 'video'; readonly video: { readonly media_id: string } }
  | { readonly msgtype: 'file'; readonly file: { readonly media_id: string } };

export type ContactWay = {
  /** One employee, or several of whom WeCom picks one. */
  readonly userIds: readonly string[];
  /** At most 30 characters. Let it begin with a letter: a number was once reported back changed. */
  readonly state: string;
  /** At most 30 characters, for the console. */
  readonly remark: string;
  /** Whether the person is added without the employee's consent. */
  readonly skipVerify: boolean;
};

/** Keep `configId`: the console does not list codes made here. */
export type ContactWayReply = Reply & {
  readonly contactWay: { readonly configId: string; readonly qrCodeUrl: string } | null;
};
