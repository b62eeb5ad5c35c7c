/** 微盟 WOS: pushes name a document by its number; this poller fetches it (weimob-tech/go-ability-sdk, client credentials). */
import * as z from 'zod';
import { isTimezone } from '../../decide/plain/dates.ts';
import { definePoller } from './define.ts';
import type { Outgoing } from './asking/outgoing.ts';
import type { ReadBack } from './kernel/reading-back.ts';
import { valueIn } from './asking/secret.ts';
import { scalarAt, sliceAt } from './kernel/slices.ts';

const Settings = z.strictObject({
  kind: z.literal('weimob'),
  host: z.url({ protocol: /^https?$/ }).default('https://dopen.weimob.com'),
  /** 店铺编号, as the console shows it; with several shops, the one whose token may read all of them. */
  shopId: z.string().regex(/^\d{1,20}$/, 'is a number, as text'),
  shopType: z.string().min(1).max(60).default('business_operation_system_id'),
  zone: z.string().refine(isTimezone, 'is not a timezone, such as Asia/Shanghai').default('Asia/Shanghai'),
  requestsPerDay: z.int().min(10).max(1_000_000).default(10_000),
});
type Settings = z.infer<typeof Settings>;

const numberShape = /^\d{1,20}$/;

/** For each kind of notice: the call, and where the notice names its fields. */
const calls: readonly {
  readonly type: RegExp;
  readonly path: string;
  readonly fields: Readonly<Record<string, readonly (readonly string[])[]>>;
}[] = [
  {
    type: /sale\.thin$/,
    path: 'weimob_shop/v2.0/order/detail/get',
    fields: {
      orderNo: [
        ['msgBody', 'orderNo'],
        ['msgBody', 'orderId'],
      ],
    },
  },
  {
    type: /refund\.thin$/,
    path: 'weimob_shop/v2.0/rights/detail/get',
    fields: {
      rightsId: [
        ['msgBody', 'rightsId'],
        ['msgBody', 'rightsNo'],
        ['msgBody', 'id'],
      ],
    },
  },
  {
    type: /member\.thin$/,
    path: 'bos/v2.0/user/info/get',
    fields: { bosId: [['bosId']], wid: [['msgBody', 'wid'], ['wid']] },
  },
];

const readBack: ReadBack<Settings> = {
  signIn: {
    request: (secret, { host, shopId, shopType }) => {
      const fields = new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: valueIn(secret, 'clientId'),
        client_secret: valueIn(secret, 'clientSecret'),
        shop_id: shopId,
        shop_type: shopType,
      });
      // In the body, because URLs are logged on the way.
      return posted(`${base(host)}/fuwu/b/oauth2/token`, 'application/x-www-form-urlencoded', String(fields));
    },
    read: (text, now) => {
      const token = scalarAt(text, ['access_token']);
      const seconds = Number(scalarAt(text, ['expires_in']));
      if (!token || !(seconds > 0)) return { ok: false, why: `微盟 gave no token: ${faultOf(text)}` };
      return { ok: true, session: { token, expiresAt: now + seconds * 1000 } };
    },
  },
  request: ({ type, body }, { settings, session }) => {
    const found = calls.find((one) => one.type.test(type));
    if (!found || session === null) return null;
    const fields: string[] = [];
    for (const [name, places] of Object.entries(found.fields)) {
      const value = places.map((path) => scalarAt(body, path)).find((text) => numberShape.test(text ?? ''));
      if (!value) return null;
      // A number of nineteen digits, written as it came.
      fields.push(`${JSON.stringify(name)}:${value}`);
    }
    const url = `${base(settings.host)}/apigw/${found.path}?accesstoken=${encodeURIComponent(session.token)}`;
    return posted(url, 'application/json; charset=utf-8', `{${fields.join()}}`);
  },
  read: (text, { type, receivedAt }) => {
    const detail = sliceAt(text, ['data']);
    const isWell = scalarAt(text, ['code', 'errcode']) === '0';
    // A customer has no time of its own, so it gets the notice's.
    const at = type.endsWith('member.thin') ? `"at":${receivedAt},` : '';
    if (isWell && detail?.startsWith('{')) return { ok: true, body: `{${at}"detail":${detail}}` };
    const why = `微盟 answered ${faultOf(text)}`;
    return { ok: false, why, isSignedOut: /token/i.test(why) };
  },
};

const base = (host: string): string => host.replace(/\/+$/, '');
const posted = (url: string, contentType: string, body: string): Outgoing => ({
  url,
  method: 'POST',
  headers: { 'content-type': contentType },
  body,
});

/** The vendor's message, without anything that may be a token. */
function faultOf(text: string): string {
  const words = (scalarAt(text, ['code', 'errmsg']) ?? '').replaceAll(/[\w-]{20,}/g, '…').slice(0, 100);
  return `errcode ${scalarAt(text, ['code', 'errcode']) ?? 'none'} ${words}`.trim();
}

export const weimob = definePoller<Settings>({
  name: 'weimob',
  settings: Settings,
  usesSecret: () => true,
  secretName: 'clientSecret',
  zone: ({ zone }) => zone,
  budget: ({ requestsPerDay }) => requestsPerDay,
  // It pushes everything, so no list is read.
  streams: () => new Map(),
  request: () => Promise.reject(new Error('微盟 has no list to read')),
  readPage: () => ({ ok: false, why: '微盟 has no list to read' }),
  readAnswer: () => ({ ok: false, why: 'nothing was asked' }),
  readBack,
});
