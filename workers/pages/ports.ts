/** What the pages need from outside themselves. */
import type { Context } from 'hono';
import type { ImportDesk } from '../commands/imports/import-content.ts';
import type { Checks } from '../commands/diagnosis/finding.ts';
import { forOneVisit, type Engine } from '../engine/engine.ts';
import type { Labs } from '../commands/sources/lab-ports.ts';
import type { CodeMaker, MenuBoard } from '../commands/account/official-account.ts';
import type { Menu } from '../wechat/menu.ts';
import type { Clock, Doorbell, JobsBell } from '../engine/ports.ts';
import type { WithoutToken } from '../engine/wechat-account.ts';
import type { WechatClient } from '../wechat/client.ts';
import type { Plan } from '../platform/plans.ts';
import type { AssetPath } from './assets.ts';
import type { PageKeys } from './keys.ts';

/** 短信服务商, in the same form as for messages. */
export type SmsProvider = {
  readonly send: (message: {
    readonly phone: string;
    readonly templateId: string;
    readonly params: readonly { readonly name: string; readonly value: string }[];
    readonly signName: string;
    readonly text?: string;
  }) => Promise<SmsVerdict>;
};

/** `retry`: it was certainly not sent. `park`: it was not sent, or the outcome is unknown. `why` holds no personal data. */
export type SmsVerdict =
  | { readonly verdict: 'sent' }
  | { readonly verdict: 'retry' | 'park'; readonly why: string };

/** The ticket that signs pages for WeChat's scanner and its confirmation, or why there is none. */
export type JsTicket = () => Promise<{ readonly ticket: string } | { readonly why: string }>;

/** What the office's rarer rooms need: files are read, and sources checked and tried. */
export type Desk = Pick<Required<ImportDesk>, 'files' | 'senders' | 'polls'> & { readonly labs: Labs };

/** What stands at WeChat already. */
export type Existing = {
  readonly [Name in 'drafts' | 'currentMenu' | 'currentReplies']: WithoutToken<WechatClient[Name]>;
};

export type PageDeps = {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly doorbell: Doorbell;
  readonly jobsBell: JobsBell;
  readonly desk: Desk;
  /** 体检 of the connections. */
  readonly checks: Checks;
  /** What the deployment may use of a day. */
  readonly plan: Plan;
  readonly asset: AssetPath;
  /** Before a page is drawn. */
  readonly words: () => Promise<void>;
  /** 开店口令: lets the first owner in without a terminal. Null where the deployment has none. */
  readonly openingCode: string | null;
  readonly keys: PageKeys;
  readonly client: Pick<WechatClient, 'webLogin'>;
  readonly account: { readonly appId: string; readonly secret: string };
  /** 公众号: makes codes and the menu, and tells what it has already; null where the shop has none. */
  readonly official: (CodeMaker & MenuBoard<Menu> & Existing) | null;
  /** `https://open.weixin.qq.com`, or a simulator's URL. */
  readonly oauthBase: string;
  /** Null when the account has none, or WeChat does not answer. */
  readonly unionidOf: (openid: string) => Promise<string | null>;
  /** Null when the deployment has none. */
  readonly sms: SmsProvider | null;
  /** Null where the shop has no account. */
  readonly jsTicket: JsTicket | null;
  /** 确认收款: null without WeChat Pay keys. */
  readonly confirming: { readonly mchId: string } | null;
};

/** `nonce` is required on the scripts of this answer; `fileAt` is the address of a file beside the Worker, null where it cannot be had. */
export type PageEnv = { Variables: { nonce: string; fileAt: AssetPath } };
export type PageContext = Context<PageEnv>;

/** Of one GET: the parts of its page ask together, and for nothing twice. */
export const lookingOnce = (deps: PageDeps): PageDeps => ({ ...deps, engine: forOneVisit(deps.engine) });
