/** 接口一览: every call of ours to an official account, with what it takes and what it answers. */
import type { CustomMessage, MassMessage, SubscriptionMessage, TemplateMessage } from './messages.ts';
import type {
  Answer,
  CallbackCheckReply,
  CallbackIpsReply,
  CurrentMenuReply,
  CurrentRepliesReply,
  DraftsReply,
  LoginReply,
  MassReply,
  QrReply,
  QuotaReply,
  Reply,
  TemplatesReply,
  TicketReply,
  TokenReply,
  UserReply,
  UsersReply,
} from './types.ts';
import type { Menu } from '../menu.ts';

export type WechatClient = {
  /**
   * An access token (developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken). Asking again gives the
   * same one until five minutes before its end; `forceRefresh` is allowed 20 times a day, 30 seconds apart.
   */
  readonly stableToken: (account: {
    readonly appId: string;
    readonly secret: string;
    readonly forceRefresh: boolean;
  }) => Promise<Answer<TokenReply>>;
  /** For `signJssdk`; to be kept for its 7200 seconds. developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/JS-SDK */
  readonly jsTicket: (accessToken: string) => Promise<Answer<TicketReply>>;

  /** 模板消息 (developers.weixin.qq.com/doc/service/api/notify/template/api_sendtemplatemessage). */
  readonly sendTemplate: (accessToken: string, message: TemplateMessage) => Promise<Answer<Reply>>;
  /** 客服消息 (developers.weixin.qq.com/doc/offiaccount/Customer_Service/Customer_Service_Messages). */
  readonly sendCustom: (accessToken: string, message: CustomMessage) => Promise<Answer<Reply>>;
  /** 对方正在输入, for as long as WeChat shows it, or no more. The same page. */
  readonly typing: (
    accessToken: string,
    to: { readonly touser: string; readonly isTyping: boolean },
  ) => Promise<Answer<Reply>>;
  /** 订阅通知 (developers.weixin.qq.com/doc/service/guide/product/subscription_messages). */
  readonly sendSubscription: (accessToken: string, message: SubscriptionMessage) => Promise<Answer<Reply>>;
  /** 群发 (developers.weixin.qq.com/doc/service/guide/product/message/Batch_Sends): a person gets four a month. */
  readonly massSend: (accessToken: string, message: MassMessage) => Promise<Answer<MassReply>>;

  /**
   * 带参数的二维码 (developers.weixin.qq.com/doc/service/api/qrcode/qrcodes/api_createqrcode). `scene`: 1 to 64
   * characters. `expiresInSeconds`: at most 30 days; null makes one of the account's 100,000 permanent codes.
   */
  readonly createQr: (
    accessToken: string,
    code: { readonly scene: string; readonly expiresInSeconds: number | null },
  ) => Promise<Answer<QrReply>>;
  /** 自定义菜单; `checkMenu` first. Phones show it when the conversation is opened again, within five minutes. */
  readonly createMenu: (accessToken: string, menu: Menu) => Promise<Answer<Reply>>;
  readonly deleteMenu: (accessToken: string) => Promise<Answer<Reply>>;

  /** 草稿箱: the newest twenty (developers.weixin.qq.com/doc/service/api/draftbox/draftmanage/api_draft_batchget). */
  readonly drafts: (accessToken: string) => Promise<Answer<DraftsReply>>;
  /** The menu as it stands, also one made in WeChat's console (…/doc/service/api/custommenu/api_getcurrentselfmenuinfo). */
  readonly currentMenu: (accessToken: string) => Promise<Answer<CurrentMenuReply>>;
  /** 自动回复 made in WeChat's console (…/doc/service/api/message/autoreply/api_getcurrentautoreplyinfo). */
  readonly currentReplies: (accessToken: string) => Promise<Answer<CurrentRepliesReply>>;

  /**
   * Who came back from `authorizeUrl` with this code, once and within five minutes (40029, 40163, 42003). Source:
   * developers.weixin.qq.com/doc/service/api/webdev/access/api_snsaccesstoken.
   */
  readonly webLogin: (login: {
    readonly appId: string;
    readonly secret: string;
    readonly code: string;
  }) => Promise<Answer<LoginReply>>;
  /** Neither name nor picture: WeChat took them out in 2021. The page of `usersInfo`. */
  readonly userInfo: (accessToken: string, openid: string) => Promise<Answer<UserReply>>;
  /** At most 100 openids. developers.weixin.qq.com/doc/service/api/usermanage/userinfo/api_batchuserinfo */
  readonly usersInfo: (accessToken: string, openids: readonly string[]) => Promise<Answer<UsersReply>>;

  /** 网络检测: whether WeChat's own machines reach us (developers.weixin.qq.com/doc/channels/api/basic). */
  readonly checkCallback: (accessToken: string) => Promise<Answer<CallbackCheckReply>>;
  /** The addresses that callbacks come from; they change. The same page. */
  readonly callbackIps: (accessToken: string) => Promise<Answer<CallbackIpsReply>>;
  /** 我的模板 (developers.weixin.qq.com/doc/service/api/notify/template/api_getalltemplates). 48001 has no template messages at all. */
  readonly templates: (accessToken: string) => Promise<Answer<TemplatesReply>>;
  /** What is left today of the calls of a path such as `/cgi-bin/message/template/send` (…/doc/service/api/base/api_getapiquota). */
  readonly quota: (accessToken: string, path: string) => Promise<Answer<QuotaReply>>;
};
