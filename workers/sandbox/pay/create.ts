/** 发起转账: one bill under one number; the same again is the same bill, anything else under it is refused. */
import * as z from 'zod';
import type { Here } from '../here.ts';
import { personOf } from '../state/people.ts';
import { digestOf } from '../plain/random.ts';
import { billOf, takeBill } from './bills.ts';
import { unseal } from './keys.ts';
import type { Account } from './merchant.ts';
import { problem, type Problem } from './signed.ts';
import { createdView } from './views.ts';

const amountMinFen = 10;
const redPacketMaxFen = 20_000;
const nameFromFen = 200_000;
const noNameBelowFen = 30;

/** 转账场景: what has to be reported of each, and what the person may be told it is. */
const scenes: Readonly<Record<string, { reports: readonly string[]; perceptions: readonly string[] }>> = {
  '1000': { reports: ['活动名称', '奖励说明'], perceptions: ['活动奖励', '现金奖励'] },
  '1005': { reports: ['岗位类型', '报酬说明'], perceptions: ['劳务报酬', '报销款', '企业补贴', '开工利是'] },
  '1011': { reports: ['赔付原因'], perceptions: ['退款', '商家赔付'] },
};

/** Characters, and not UTF-16 units. */
const short = z.string().regex(/^[^]{1,32}$/u);

const Body = z.object({
  appid: z.string(),
  out_bill_no: z.string().regex(/^[A-Za-z0-9]{1,32}$/),
  transfer_scene_id: z.string(),
  openid: z.string().min(1).max(64),
  user_name: z.string().min(1).optional(),
  transfer_amount: z.int().positive(),
  transfer_remark: short,
  notify_url: z.string().max(256).optional(),
  user_recv_perception: z.string().optional(),
  user_recv_style: z.object({ type: z.enum(['CONFIRM_PAGE', 'RED_PACKET']) }).optional(),
  transfer_scene_report_infos: z
    .array(z.object({ info_type: z.string().min(1), info_content: short }))
    .default([]),
});
type Body = z.infer<typeof Body>;

const wrong = (message: string): Problem => problem(400, 'PARAM_ERROR', message);
const invalid = (message: string): Problem => problem(400, 'INVALID_REQUEST', message);

export async function createBill(here: Here, account: Account, json: unknown): Promise<object | Problem> {
  const parsed = Body.safeParse(json);
  if (!parsed.success) return wrong(`${parsed.error.issues[0]?.path.join('.') ?? ''} 参数错误`);
  const body = parsed.data;
  const fault = (await faultIn(here, account, body)) ?? reportFault(body) ?? addressFault(here, body);
  if (fault !== null) return fault;
  // What is sealed differs each time it is sealed, so the name itself is compared.
  const name = body.user_name === undefined ? '' : await unseal(account.platformKey, body.user_name);
  if (name === null) return wrong('user_name 解密失败，请使用微信支付公钥加密');
  const digest = await digestOf({ ...body, user_name: name });
  const taken = await takeBill(here, {
    out_bill_no: body.out_bill_no,
    openid: body.openid,
    amount_fen: body.transfer_amount,
    digest,
    remark: body.transfer_remark,
    notify_url: body.notify_url ?? '',
  });
  if (taken === null) return problem(403, 'NOT_ENOUGH', '资金不足');
  if (taken.bill.digest !== digest) return invalid('单号已存在但信息不一致，请查单后比较确认');
  const known = taken.isNew ? null : await billOf(here, body.out_bill_no);
  return createdView(known?.bill ?? taken.bill);
}

async function faultIn({ db, env }: Here, account: Account, body: Body): Promise<Problem | null> {
  const { transfer_amount: amount, user_name: name } = body;
  if (body.appid !== env.WECHAT_APP_ID) return invalid('商户号和appid没有绑定关系');
  if (amount < amountMinFen) return invalid('超过单笔转账上下限，核实产品设置是否准确');
  if (body.user_recv_style?.type === 'RED_PACKET' && amount > redPacketMaxFen) {
    return invalid('红包样式的单笔金额不能超过200元');
  }
  if (amount >= nameFromFen && name === undefined)
    return wrong('转账金额大于等于2000元时，必须填写 user_name');
  if (amount < noNameBelowFen && name !== undefined)
    return wrong('转账金额小于0.3元时，不支持填写 user_name');
  return (await personOf(db, body.openid)) === null ? wrong('收款用户 openid 不合法') : null;
}

function reportFault(body: Body): Problem | null {
  const scene = scenes[body.transfer_scene_id];
  if (scene === undefined) return invalid('未获得该转账场景的使用权限');
  const given = body.transfer_scene_report_infos.map(({ info_type: type }) => type);
  const isWhole =
    scene.reports.every((type) => given.includes(type)) && given.length === scene.reports.length;
  if (!isWhole) return wrong('未传入完整且对应的转账场景报备信息，请根据接口文档检查');
  const perception = body.user_recv_perception;
  return perception === undefined || scene.perceptions.includes(perception)
    ? null
    : invalid('暂不支持展示当前传入的用户收款感知');
}

/** https and without a query; this machine itself has no certificate. */
function addressFault({ env }: Here, { notify_url: address }: Body): Problem | null {
  if (address === undefined) return null;
  const url = URL.parse(address);
  const isHere = url?.host === new URL(env.PUBLIC_URL).host;
  const isFit = url !== null && (url.protocol === 'https:' || isHere) && url.search === '' && url.hash === '';
  return isFit ? null : wrong('notify_url 必须为https，且不能携带参数');
}
