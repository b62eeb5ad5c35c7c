/** 领取: what the member can do about a transfer now, with the parameters that WeChat's browser needs. */
import type { MemberId } from '../../../schema/index.ts';
import type { TransferRow } from '../../db/members/transfers.ts';
import { confirmationOf, type Confirmation } from '../../commands/members/confirmation.ts';
import type { PageContext, PageDeps } from '../ports.ts';
import { isInWechat, signPage, type PageSignature } from '../wechat/sign.ts';
import type { Session } from '../login/session.ts';

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
  const config = await signPage(deps, context.req.url);
  return config ? { confirm: { config, request } } : { say: '现在连不上微信，请过一会儿刷新这一页。' };
}
