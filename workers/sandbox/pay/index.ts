/** 模拟的 api.mch.weixin.qq.com: 商家转账, asked with the merchant's signature and answered with the platform's. */
import { Hono, type Context } from 'hono';
import { troubles } from '../state/faults.ts';
import type { Here, SandboxApp } from '../here.ts';
import { billOf, isFinal, move } from './bills.ts';
import { createBill } from './create.ts';
import { accountOf, type Account } from './merchant.ts';
import { notify } from './notify.ts';
import { answer, problem, problemIn, refuse, type Problem } from './signed.ts';
import { wholeView } from './views.ts';
import { offsetTime } from '../plain/time.ts';

const base = '/v3/fund-app/mch-transfer/transfer-bills';

type Handle = (
  here: Here,
  account: Account,
  asked: { no: string; body: unknown },
) => Promise<object | Problem>;

const isProblem = (content: object | Problem): content is Problem =>
  'status' in content && 'code' in content && 'message' in content;

function signed(handle: Handle) {
  return async (context: Context<SandboxApp>): Promise<Response> => {
    const here = context.get('here');
    const account = accountOf(here.env);
    if (account === null) return Response.json({ code: 'NO_AUTH', message: '没有商户' }, { status: 403 });
    const text = await context.req.text();
    const unheard = await problemIn(account, context.req.raw, text);
    if (unheard !== null) return refuse(account, unheard);
    if (!here.settings.payAddresses.includes(here.settings.callerAddress)) return refuse(account, unlisted);
    const body = jsonOf(text);
    const content = await handle(here, account, { no: context.req.param('no') ?? '', body });
    return isProblem(content) ? refuse(account, content) : answer(account, 200, content);
  };
}

/** 接口IP: said of every call of 商家转账 alike, and without naming the address. */
const unlisted = problem(400, 'INVALID_REQUEST', '此IP地址不允许调用该接口');
const notFound = problem(404, 'NOT_FOUND', '记录不存在');

const query: Handle = async (here, account, { no }) => {
  const found = await billOf(here, no);
  if (found === null) return notFound;
  if (found.moved) here.later(notify(here, found.bill));
  return {
    ...wholeView(found.bill, account.mchId),
    appid: here.env.WECHAT_APP_ID,
    transfer_remark: found.bill.remark,
  };
};

/** Only the wish is taken down; the money comes back a moment later. */
const cancel: Handle = async (here, _, { no }) => {
  const found = await billOf(here, no);
  if (found === null) return notFound;
  const { bill } = found;
  const isGoing = bill.state === 'CANCELING' || bill.state === 'CANCELLED';
  if (!isGoing && (isFinal(bill.state) || !(await move(here, bill, { to: 'CANCELING' })))) {
    return problem(400, 'INVALID_REQUEST', '当前单据状态不支持撤销');
  }
  if (!isGoing) here.later(finishCancel(here, no));
  return {
    out_bill_no: bill.out_bill_no,
    transfer_bill_no: bill.transfer_bill_no,
    state: isGoing ? bill.state : 'CANCELING',
    update_time: offsetTime(here.now),
  };
};

async function finishCancel(here: Here, outBillNo: string): Promise<void> {
  await scheduler.wait(here.settings.receiptDelayMs);
  const found = await billOf(here, outBillNo);
  if (found === null || !(await move(here, found.bill, { to: 'CANCELLED' }))) return;
  await notify(here, { ...found.bill, state: 'CANCELLED' });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export const pay = new Hono<SandboxApp>();

pay.use(troubles(() => Response.json({ code: 'SYSTEM_ERROR', message: '系统错误' }, { status: 500 })));
pay.post(
  base,
  signed((here, account, { body }) => createBill(here, account, body)),
);
pay.get(`${base}/out-bill-no/:no`, signed(query));
pay.post(`${base}/out-bill-no/:no/cancel`, signed(cancel));
pay.notFound(() => Response.json({ code: 'NOT_FOUND', message: '接口不存在' }, { status: 404 }));
