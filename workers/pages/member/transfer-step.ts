/** 领取: what the member can do about a transfer now, with the parameters that WeChat's browser needs. */
import type { MemberId } from '../../../schema/index.ts';
import type { TransferRow } from '../../db/members/transfers.ts';
import { log } from '../../platform/log.ts';
import { confirmationOf, type Confirmation } from '../../commands/members/confirmation.ts';
import { signJssdk } from '../../wechat/jssdk.ts';
import { newWord } from '../keys.ts';
import type { Confirming, PageContext, PageDeps } from '../ports.ts';
import type { Session } from '../login/session.ts';

/** For `wx.config`. */
type PageSignature = {
  readonly appId: string;
  readonly timestamp: string;
  readonly nonceStr: string;
  readonly signature: string;
};

export type Confirm = { readonly config: PageSignature; readonly request: Confirmation };

/** Null when the member can do nothing about it. */
export type Step = { readonly say: string } | { readonly confirm: Confirm } | null;

type Own = { readonly session: Session; readonly memberId: MemberId; readonly transfer: TransferRow };

export async function stepOf(deps: PageDeps, context: PageContext, own: Own): Promise<Step> {
  const { session, memberId, transfer } = own;
  const { confirming } = deps;
  if (transfer.endedAt !== null) return null;
  if (!confirming) return { say: '现在不能领取，请联系店员。' };
  if (transfer.state !== 'waiting') return null;
  if (transfer.cancelAskedAt !== null) return { say: '这笔钱正在退回您的账户，不能再领取。' };
  if (transfer.openid !== null && transfer.openid !== session.openid)
    return { say: '这笔钱发到了您的另一个微信，请用那个微信打开。' };
  if (!isInWechat(context)) return { say: '请在微信里打开这一页，再确认收款。' };
  const { appId } = deps.account;
  const account = { mchId: confirming.mchId, appId };
  const request = await confirmationOf(deps.engine.db, account, memberId, transfer.outBillNo);
  if (!request) return { say: '收款还在准备，请过一分钟刷新这一页。' };
  const config = await sign(deps, confirming, context.req.url);
  return config ? { confirm: { config, request } } : { say: '现在连不上微信，请过一会儿刷新这一页。' };
}

/** Only WeChat's browser can confirm; elsewhere the button would do nothing. */
const isInWechat = (context: PageContext): boolean =>
  /\bMicroMessenger\//i.test(context.req.header('user-agent') ?? '');

/** The signed URL must equal the phone's URL exactly. */
async function sign(
  { account: { appId }, clock }: PageDeps,
  { jsTicket }: Confirming,
  url: string,
): Promise<PageSignature | null> {
  const got = await jsTicket();
  if ('why' in got) {
    log('warn', 'page_unsigned', { why: got.why });
    return null;
  }
  const [nonceStr, timestamp] = [newWord(), String(Math.floor(clock() / 1000))];
  const signature = await signJssdk({ ticket: got.ticket, nonce: nonceStr, timestamp, url });
  return { appId, timestamp, nonceStr, signature };
}
