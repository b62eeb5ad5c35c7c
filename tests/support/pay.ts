/** WeChat Pay as the test plays it: signs what it answers, keeps bills by their number, and fails when it is told to. */
import { createCipheriv, createVerify, generateKeyPairSync, sign } from 'node:crypto';
import { payAccount, payClient, type PayAccount } from '../../workers/payout/account.ts';
import { payNotices, type PayNotices } from '../../workers/receive/pay/pay.ts';
import type { TransferClient } from '../../workers/wechat/pay/transfers.ts';

const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const merchantKeys = pair();
const platformKeys = pair();
const spki = (key: typeof platformKeys.publicKey): string =>
  key.export({ type: 'spki', format: 'pem' }).toString();

const serial = 'PUB_KEY_ID_0116000000012026112200';
const apiV3Key = 'an APIv3 key of thirty-two bytes';

/** As it stands in the environment of a deployment. */
export const paySettings = {
  PAY_MCH_ID: '1900000001',
  PAY_SERIAL: '0DC0DF83',
  PAY_PRIVATE_KEY: merchantKeys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  PAY_API_V3_KEY: apiV3Key,
  PAY_PLATFORM_KEYS: JSON.stringify({ [serial]: spki(platformKeys.publicKey) }),
  PAY_API_BASE: 'https://api.mch.weixin.qq.com',
};

export type Bill = {
  readonly outBillNo: string;
  readonly transferBillNo: string;
  readonly openid: string;
  readonly amountFen: number;
  /** What was asked, to the letter: the same number with anything else is refused. */
  readonly asked: string;
  state: string;
  failReason: string | null;
};

export type PayCall = { readonly kind: 'create' | 'query' | 'cancel'; readonly outBillNo: string };

export type PayFault =
  /** It never arrives. */
  | 'down'
  /** It arrives and is done, and the answer is lost. */
  | 'reply-lost'
  /** It arrives and is done, and a machine in between says 500. */
  | 'bad-gateway'
  /** It is done, and WeChat Pay itself says that something went wrong. */
  | 'system-error'
  /** 200, with the signature of nobody. */
  | 'unsigned'
  /** The line breaks, and it arrives minutes later. */
  | 'late'
  | { readonly refuse: string; readonly status?: number; readonly words?: string };

export type PayDouble = {
  readonly account: PayAccount;
  /** What stands at api.mch.weixin.qq.com. */
  readonly http: (request: Request) => Promise<Response>;
  readonly client: TransferClient;
  readonly notices: PayNotices;
  readonly bills: ReadonlyMap<string, Bill>;
  readonly calls: PayCall[];
  /** 运营账户; what is sent is taken from it at once. */
  purseFen: number;
  /** Asked before every call; null lets it pass. */
  mischief: (call: PayCall) => PayFault | null;
  /** The person confirms, or does not in time; or something is wrong with them. */
  readonly confirm: (outBillNo: string) => void;
  readonly close: (outBillNo: string, failReason: string) => void;
  readonly finishCancel: (outBillNo: string) => void;
  /** What went out late arrives now, unless it was signed more than five minutes ago. */
  readonly arrive: () => Promise<void>;
  readonly notice: (outBillNo: string, given?: NoticeGiven) => Request;
  readonly paidFen: () => number;
};

export type NoticeGiven = {
  readonly id?: string;
  readonly resource?: Record<string, unknown>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: (body: string) => string;
  readonly at?: number;
};

const root = '/v3/fund-app/mch-transfer/transfer-bills';
const signatureLastsMs = 5 * 60_000;

type Said = { readonly status: number; readonly body: object };

export function playPay(clock: { readonly now: number }): PayDouble {
  const bills = new Map<string, Bill>();
  const calls: PayCall[] = [];
  const late: { readonly call: PayCall; readonly text: string; readonly signedAt: number }[] = [];
  const account = payAccount(paySettings);
  if (!account) throw new Error('the settings of the test are not complete');

  const refuse = (status: number, code: string, words = `${code}（测试）`): Said => ({
    status,
    body: { code, message: words },
  });
  const billOf = (outBillNo: string): Bill => {
    const bill = bills.get(outBillNo);
    if (!bill) throw new Error(`there is no bill ${outBillNo}`);
    return bill;
  };
  const end = (
    outBillNo: string,
    state: string,
    failReason: string | null,
    from: readonly string[],
  ): void => {
    const bill = billOf(outBillNo);
    if (!from.includes(bill.state)) return;
    Object.assign(bill, { state, failReason });
    if (state !== 'SUCCESS') pay.purseFen += bill.amountFen;
  };

  const create = (outBillNo: string, text: string): Said => {
    const known = bills.get(outBillNo);
    if (known && known.asked !== text) return refuse(400, 'INVALID_REQUEST');
    const asked: { openid: string; transfer_amount: number } = JSON.parse(text);
    if (!known && asked.transfer_amount > pay.purseFen) return refuse(403, 'NOT_ENOUGH');
    const bill: Bill = known ?? {
      outBillNo,
      transferBillNo: `13300000711${String(bills.size).padStart(8, '0')}`,
      openid: asked.openid,
      amountFen: asked.transfer_amount,
      asked: text,
      state: 'WAIT_USER_CONFIRM',
      failReason: null,
    };
    if (!known) pay.purseFen -= bill.amountFen;
    bills.set(outBillNo, bill);
    const isWaiting = bill.state === 'WAIT_USER_CONFIRM';
    return {
      status: 200,
      body: { ...shown(bill), ...(isWaiting && { package_info: `package-${outBillNo}` }) },
    };
  };
  const cancel = (outBillNo: string): Said => {
    const bill = bills.get(outBillNo);
    if (!bill) return refuse(404, 'NOT_FOUND');
    if (!['ACCEPTED', 'PROCESSING', 'WAIT_USER_CONFIRM', 'CANCELING'].includes(bill.state))
      return refuse(400, 'INVALID_REQUEST');
    bill.state = 'CANCELING';
    return { status: 200, body: shown(bill) };
  };
  const query = (outBillNo: string): Said => {
    const bill = bills.get(outBillNo);
    return bill ? { status: 200, body: { ...shown(bill), ...detail(bill) } } : refuse(404, 'NOT_FOUND');
  };
  const act = ({ kind, outBillNo }: PayCall, text: string): Said =>
    kind === 'create' ? create(outBillNo, text) : kind === 'query' ? query(outBillNo) : cancel(outBillNo);

  const http = async (request: Request): Promise<Response> => {
    const text = await request.text();
    const call = callOf(request, text);
    checkSigned(request, text);
    calls.push(call);
    // A real line takes its time: others get their turn meanwhile.
    await Promise.resolve();
    const fault = pay.mischief(call);
    if (fault === 'down') throw new Error('connection refused');
    if (fault === 'late') {
      late.push({ call, text, signedAt: clock.now });
      throw new Error('connection reset');
    }
    if (typeof fault === 'object' && fault !== null)
      return signed(refuse(fault.status ?? 400, fault.refuse, fault.words), clock.now);
    const said = act(call, text);
    if (fault === 'reply-lost') throw new Error('connection reset');
    if (fault === 'bad-gateway') return new Response('<html>500</html>', { status: 500 });
    if (fault === 'system-error') return signed(refuse(500, 'SYSTEM_ERROR'), clock.now);
    if (fault === 'unsigned') return Response.json(said.body, { status: said.status });
    return signed(said, clock.now);
  };

  const pay: PayDouble = {
    account,
    http,
    client: payClient(account, { http, clock: () => clock.now }),
    notices: payNotices(account),
    bills,
    calls,
    purseFen: 100_000_000,
    mischief: () => null,
    confirm: (no) => end(no, 'SUCCESS', null, ['WAIT_USER_CONFIRM', 'TRANSFERING']),
    close: (no, reason) =>
      end(no, 'FAIL', reason, ['ACCEPTED', 'PROCESSING', 'WAIT_USER_CONFIRM', 'TRANSFERING']),
    finishCancel: (no) => end(no, 'CANCELLED', null, ['CANCELING']),
    arrive: async () => {
      for (const { call, text, signedAt } of late.splice(0)) {
        if (clock.now - signedAt <= signatureLastsMs) act(call, text);
      }
    },
    notice: (no, given = {}) => noticeOf(no, bills.get(no), { at: clock.now, ...given }),
    paidFen: () =>
      [...bills.values()].reduce(
        (sum, { state, amountFen }) => sum + (state === 'SUCCESS' ? amountFen : 0),
        0,
      ),
  };
  return pay;
}

const shown = ({ outBillNo, transferBillNo, state }: Bill) => ({
  out_bill_no: outBillNo,
  transfer_bill_no: transferBillNo,
  create_time: '2026-11-22T15:00:00+08:00',
  state,
});
const detail = ({ amountFen, openid, failReason }: Bill) => ({
  mch_id: paySettings.PAY_MCH_ID,
  transfer_amount: amountFen,
  openid,
  ...(failReason !== null && { fail_reason: failReason }),
  update_time: '2026-11-22T15:00:01+08:00',
});

function callOf(request: Request, text: string): PayCall {
  const { pathname } = new URL(request.url);
  if (request.method === 'POST' && pathname === root) {
    const { out_bill_no: outBillNo }: { out_bill_no: string } = JSON.parse(text);
    return { kind: 'create', outBillNo };
  }
  const [, outBillNo = '', cancelled] =
    /^\/out-bill-no\/(\w+)(\/cancel)?$/.exec(pathname.slice(root.length)) ?? [];
  if (outBillNo === '') throw new Error(`nobody knows ${request.method} ${pathname}`);
  return { kind: cancelled ? 'cancel' : 'query', outBillNo };
}

function checkSigned(request: Request, text: string): void {
  const { pathname } = new URL(request.url);
  const header = request.headers.get('authorization') ?? '';
  const part = (name: string): string => new RegExp(`${name}="([^"]*)"`).exec(header)?.[1] ?? '';
  const lines = [request.method, pathname, part('timestamp'), part('nonce_str'), text, ''].join('\n');
  const isGenuine = createVerify('sha256')
    .update(lines)
    .verify(merchantKeys.publicKey, part('signature'), 'base64');
  if (!isGenuine || part('mchid') !== paySettings.PAY_MCH_ID) throw new Error('not signed by the merchant');
}

function signedHeaders(text: string, at: number): Record<string, string> {
  const [timestamp, nonce] = [String(Math.floor(at / 1000)), 'n0nce'];
  const signature = sign('sha256', Buffer.from(`${timestamp}\n${nonce}\n${text}\n`), platformKeys.privateKey);
  return {
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': nonce,
    'wechatpay-serial': serial,
    'wechatpay-signature': signature.toString('base64'),
  };
}

function signed({ status, body }: Said, at: number): Response {
  const text = JSON.stringify(body);
  return new Response(text, { status, headers: signedHeaders(text, at) });
}

let notices = 0;

/** 商家转账单据终态通知, sealed and signed. */
function noticeOf(
  outBillNo: string,
  bill: Bill | undefined,
  { id, resource, headers, body, at = 0 }: NoticeGiven,
): Request {
  notices += 1;
  const said = { ...(bill && { ...shown(bill), ...detail(bill) }), out_bill_no: outBillNo, ...resource };
  const nonce = String(notices).padStart(12, '0');
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(apiV3Key), Buffer.from(nonce));
  cipher.setAAD(Buffer.from('mch_payment'));
  const ciphertext = Buffer.concat([
    cipher.update(JSON.stringify(said)),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
  const text = JSON.stringify({
    id: id ?? `EV-${String(notices)}`,
    create_time: '2026-11-22T15:00:02+08:00',
    resource_type: 'encrypt-resource',
    event_type: 'MCHTRANSFER.BILL.FINISHED',
    summary: '商家转账单据终态通知',
    resource: {
      original_type: 'mch_payment',
      algorithm: 'AEAD_AES_256_GCM',
      ciphertext: ciphertext.toString('base64'),
      nonce,
      associated_data: 'mch_payment',
    },
  });
  return new Request('https://shop.example/hooks/wechat-pay', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...signedHeaders(text, at), ...headers },
    body: body?.(text) ?? text,
  });
}
