/**
 * 商家转账的形状: a bill as the merchant writes it, and as WeChat Pay knows it. Money is integer fen.
 *
 * Source: pay.weixin.qq.com/doc/v3/merchant/4014399293 (requestMerchantTransfer) and its neighbours.
 */
import type { Http } from '../client/types.ts';

export type TransferSettings = {
  readonly http: Http;
  /** `https://api.mch.weixin.qq.com`, its twin `https://api2.mch.weixin.qq.com`, or a relay. */
  readonly baseUrl: string;
  readonly timeoutMs: number;
  /** Sent as `x-relay-authorization: Bearer …`: `authorization` carries the signature here. '' is none. */
  readonly relayKey?: string | undefined;
  readonly merchant: {
    readonly mchId: string;
    /** Of the merchant's own certificate, in hex. */
    readonly serialNo: string;
    /** `apiclient_key.pem`. */
    readonly privateKeyPem: string;
  };
  /** PEM by serial: `PUB_KEY_ID_…` for a public key, hex for a certificate. Names are sealed for the former. */
  readonly platformKeys: Readonly<Record<string, string>>;
  /** Milliseconds; the clock of the machine unless given. */
  readonly clock?: () => number;
};

export type TransferBill = {
  readonly appId: string;
  /** Letters and digits, at most 32: the one thing that keeps a bill from being paid twice. */
  readonly outBillNo: string;
  /** `1000` is 现金营销. */
  readonly sceneId: string;
  /** Of `appId`. */
  readonly openid: string;
  /** The real name, sealed here; WeChat Pay demands it from ¥2,000 on. */
  readonly userName?: string;
  readonly amountFen: number;
  /** Shown to the person; at most 32 characters. */
  readonly remark: string;
  /** https, without a query. */
  readonly notifyUrl?: string;
  /** What the person is told it is, such as `现金奖励`; a list that depends on the scene. */
  readonly perception?: string;
  /** What the confirmation looks like. */
  readonly style?: 'CONFIRM_PAGE' | 'RED_PACKET';
  /** What the scene demands, such as `{ type: '活动名称', content: '新会员有礼' }`. */
  readonly sceneReports: readonly { readonly type: string; readonly content: string }[];
};

/** Only `SUCCESS`, `FAIL` and `CANCELLED` are final. `UNKNOWN` is a word this client has not met: ask again. */
export type TransferState =
  | 'ACCEPTED'
  | 'PROCESSING'
  /** Nothing is paid until the person confirms with `requestMerchantTransfer`. */
  | 'WAIT_USER_CONFIRM'
  | 'TRANSFERING'
  | 'SUCCESS'
  | 'FAIL'
  | 'CANCELING'
  | 'CANCELLED'
  | 'UNKNOWN';

export type CreatedTransfer = {
  readonly outBillNo: string;
  readonly transferBillNo: string;
  readonly state: TransferState;
  /** For `requestMerchantTransfer`, while the person has to confirm. */
  readonly packageInfo: string | null;
};

export type Transfer = {
  readonly outBillNo: string;
  readonly transferBillNo: string;
  readonly state: TransferState;
  readonly amountFen: number;
  readonly openid: string | null;
  /** WeChat Pay's word, such as `ACCOUNT_FROZEN`, when the state is `FAIL`. */
  readonly failReason: string | null;
  /** Milliseconds. */
  readonly updatedAt: number | null;
};

export type CancelledTransfer = {
  readonly outBillNo: string;
  readonly transferBillNo: string;
  readonly state: TransferState;
};

/**
 * Whatever is not `ok` leaves open whether the bill exists: `query` before any retry, and retry only with the same
 * `outBillNo`. `detail` is for a log: no name, openid or key is in it.
 */
export type TransferAnswer<Reply> =
  | { readonly ok: true; readonly reply: Reply }
  /**
   * Signed by WeChat Pay. `NOT_FOUND` from `query` is the one proof that there is no bill, and only for the 30 days
   * that WeChat Pay looks back.
   */
  | {
      readonly ok: false;
      readonly outage: 'refused';
      readonly status: number;
      /** Such as `NOT_ENOUGH`, `PARAM_ERROR`, `FREQUENCY_LIMITED`. */
      readonly code: string;
      /** WeChat Pay's words for the merchant, in Chinese; not for a log. */
      readonly message: string;
      readonly detail: string;
    }
  /** `http`: a status other than 200, and nobody signed it. `unsigned`: 200, but not WeChat Pay's own words. */
  | {
      readonly ok: false;
      readonly outage: 'http' | 'unsigned' | 'timeout' | 'network' | 'malformed';
      readonly detail: string;
    };

export type TransferClient = {
  /** A bill again under its number, with the same contents, is the same bill. */
  readonly create: (bill: TransferBill) => Promise<TransferAnswer<CreatedTransfer>>;
  readonly query: (outBillNo: string) => Promise<TransferAnswer<Transfer>>;
  /** Only while the person has not confirmed; `CANCELING` is not yet `CANCELLED`. */
  readonly cancel: (outBillNo: string) => Promise<TransferAnswer<CancelledTransfer>>;
};
