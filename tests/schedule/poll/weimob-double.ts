/** A 微盟 of one's own: tokens, orders, after-sales and customers as its SDK describes them, every request counted. */
import type { Http } from '../../../workers/engine/ports.ts';

export type WeimobDouble = {
  readonly http: Http;
  /** By number: what is in `data`. */
  readonly orders: Map<string, string>;
  readonly rights: Map<string, string>;
  readonly users: Map<string, string>;
  readonly requests: { readonly path: string; readonly body: string; readonly token: string | null }[];
  /** What to answer instead of the truth, once each. */
  readonly instead: (Response | Error)[];
  onRequest: () => void | Promise<void>;
  /** Tokens given so far; only the last one is good. */
  tokens: number;
};

export const secret = { clientId: 'wm-client', clientSecret: 'the-shops-own-secret' };
const weekSeconds = 604_799;

export function weimobDouble(): WeimobDouble {
  const double: WeimobDouble = {
    orders: new Map(),
    rights: new Map(),
    users: new Map(),
    requests: [],
    instead: [],
    onRequest: () => undefined,
    tokens: 0,
    http: async (request) => {
      const { pathname, searchParams } = new URL(request.url);
      const body = await request.text();
      double.requests.push({ path: pathname, body, token: searchParams.get('accesstoken') });
      await double.onRequest();
      const instead = double.instead.shift();
      if (instead instanceof Error) throw instead;
      return instead ?? answer(double, pathname, body, searchParams.get('accesstoken'));
    },
  };
  return double;
}

const told = (errcode: string, errmsg: string, data = 'null'): Response =>
  new Response(`{"code":{"errcode":"${errcode}","errmsg":"${errmsg}"},"data":${data}}`);

function answer(double: WeimobDouble, path: string, body: string, token: string | null): Response {
  if (path === '/fuwu/b/oauth2/token') {
    const fields = new URLSearchParams(body);
    if (fields.get('client_secret') !== secret.clientSecret) return told('80001001000120', '应用密钥不正确');
    double.tokens += 1;
    return Response.json({ access_token: `token-${double.tokens}`, expires_in: weekSeconds });
  }
  if (token !== `token-${double.tokens}`) return told('80001001000119', 'accesstoken 已失效');
  const [, number = ''] = /"(?:orderNo|rightsId|wid)":(\d+)/.exec(body) ?? [];
  const data = [double.orders, double.rights, double.users][
    [
      '/apigw/weimob_shop/v2.0/order/detail/get',
      '/apigw/weimob_shop/v2.0/rights/detail/get',
      '/apigw/bos/v2.0/user/info/get',
    ].indexOf(path)
  ]?.get(number);
  return data === undefined ? told('1041100101001', '单据不存在') : told('0', 'success', data);
}

/** Two of one milk powder for 207.20, as the order stands at `updateTime`. */
export const orderDetail = (
  orderNo: string,
  given: { payTime?: number | null; updateTime?: number; paidYuan?: string } = {},
): string => {
  const { payTime = 1_795_330_740_000, updateTime = 1_795_330_741_000, paidYuan = '207.20' } = given;
  return `{"orderInfo":{"orderBaseInfo":{"orderNo":${orderNo},"orderStatus":1,"createTime":1795330700000,"payTime":${payTime},"updateTime":${updateTime}},
    "buyerInfo":{"wid":10000000000000001,"userNickName":"王女士"},
    "merchantInfo":{"vid":6001000000000001,"vidName":"总店","processVid":6001000000000002,"processVidName":"天河店"},
    "guideInfo":{"guiderWid":10000000000000077,"guiderName":"林小雨"},
    "items":[{"itemId":700000000000000001,"skuCode":"6901","goodsTitle":"有机奶粉","categoryId":31,"skuNum":"2","salePrice":"103.60","payInfo":{"payAmount":"${paidYuan}"}}],
    "payInfo":{"payAmount":"${paidYuan}"}},"rightsInfos":[],"fulfillInfoList":[]}`;
};

export const rightsDetail = (rightsId: string, orderNo: string, refundYuan: string | null): string =>
  `{"rightsInfo":{"rightsOrder":{"rightsId":${rightsId},"createTime":1795417140000,"updateTime":1795417200000},
    "originOrder":{"orderNo":${orderNo}},"buyerInfo":{"wid":10000000000000001},
    "rightsItems":[{"orderItemId":700000000000000001,"returnNum":"1","goodsInfo":{"skuCode":"6901"},"refundDetail":{"refundAmount":${JSON.stringify(refundYuan)}}}],
    "refundDetail":{"applyAmount":"103.60","refundAmount":${JSON.stringify(refundYuan)}}}}`;
