/** A 银豹 of one's own: signatures checked, windows and pages as documented, every request counted. */
import { createHash } from 'node:crypto';
import type { Http } from '../../../workers/engine/ports.ts';

export type Ticket = {
  readonly sn: string;
  /** Local time, as 银豹 writes it. */
  readonly datetime: string;
  readonly uid?: string;
  readonly customerUid?: string;
  readonly ticketType?: 'SELL' | 'SELL_RETURN';
  readonly invalid?: 0 | 1;
  /** The sale that this return returns. */
  readonly returns?: string;
};

export type PospalDouble = {
  readonly http: Http;
  readonly tickets: Ticket[];
  /** Every request that was made, in order. */
  readonly requests: { readonly path: string; readonly body: Record<string, unknown> }[];
  /** What to answer instead of the truth, once each. */
  readonly instead: (Response | Error)[];
  /** What else to do when asked: the test may kill the asking process here. */
  onRequest: () => void | Promise<void>;
};

export const appId = 'ABCDEFGHIJKLMN';
export const appKey = '292062020768118784';

export function pospalDouble(pageSize = 100): PospalDouble {
  const double: PospalDouble = {
    tickets: [],
    requests: [],
    instead: [],
    onRequest: () => undefined,
    http: async (request) => {
      const body = await request.text();
      const expected = createHash('md5')
        .update(appKey + body)
        .digest('hex')
        .toUpperCase();
      if (request.headers.get('data-signature') !== expected)
        return Response.json({ status: 'error', messages: ['签名错误'] });
      // The double is only ever asked by us.
      const asked = JSON.parse(body) as Record<string, unknown>;
      const path = new URL(request.url).pathname.split('/').at(-1) ?? '';
      double.requests.push({ path, body: asked });
      await double.onRequest();
      const instead = double.instead.shift();
      if (instead instanceof Error) throw instead;
      return instead ?? answer(double.tickets, path, asked, pageSize);
    },
  };
  return double;
}

function answer(
  all: readonly Ticket[],
  path: string,
  asked: Record<string, unknown>,
  pageSize: number,
): Response {
  if (path === 'querySellTicketByRefunTicketSn') {
    const refund = all.find(({ sn }) => sn === asked['refunTcketSn']);
    const sale = all.find(({ sn }) => sn === refund?.returns);
    return json(`{"status":"success","data":${sale ? write(sale) : 'null'}}`);
  }
  const [from, to] = [String(asked['startTime']), String(asked['endTime'])];
  const inWindow = all
    .filter(({ datetime }) => datetime > from && datetime <= to)
    .toSorted((a, b) => (a.datetime + a.sn < b.datetime + b.sn ? -1 : 1));
  const back = asked['postBackParameter'] as { parameterValue: number } | undefined;
  const start = Number(back?.parameterValue ?? 0);
  const page = inWindow.slice(start, start + pageSize);
  return json(
    `{"status":"success","messages":[],"data":{"postBackParameter":{"parameterType":"LAST_ROW","parameterValue":${start + pageSize}},` +
      `"result":[${page.map(write).join()}],"pageSize":${pageSize}}}`,
  );
}

const json = (text: string): Response =>
  new Response(text, { headers: { 'content-type': 'application/json' } });

/** Ids beyond what a double holds, as the real API writes them. */
const write = ({ sn, datetime, uid, customerUid, ticketType, invalid }: Ticket): string =>
  `{"cashierUid":832101480292933201,"customerUid":${customerUid ?? '0'},"uid":${uid ?? '73983541207916671'},"sn":"${sn}",` +
  `"datetime":"${datetime}","totalAmount":103.60,"rounding":0,"ticketType":"${ticketType ?? 'SELL'}","invalid":${invalid ?? 0},` +
  `"payments":[{"code":"payCode_1","amount":103.60}],` +
  `"items":[{"name":"奶粉","sellPrice":103.60,"quantity":1,"totalAmount":103.60,"productUid":379659791803681561}]}`;
