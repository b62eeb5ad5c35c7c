/** 银豹 Pospal: receipts, members and goods by signed requests, a hundred at a time, within 300 requests a day. */
import * as z from 'zod';
import { Instant } from '../../../schema/index.ts';
import { dayMs, hourMs, isTimezone } from '../../decide/plain/dates.ts';
import { definePoller, type PageRequest } from './define.ts';
import type { Outgoing } from './asking/outgoing.ts';
import { localTime } from './asking/local-time.ts';
import { readAnswer, readPage } from './pospal-answers.ts';
import { valueIn } from './asking/secret.ts';

const streams = ['tickets', 'customers', 'products'] as const;

const minuteMs = 60_000;
/** The documented limit is 31 days; one day less leaves room for time zones. */
const windowMaxMs = 30 * dayMs;

const Settings = z.strictObject({
  kind: z.literal('pospal'),
  /** As shown in the merchant's 银豹 console, such as https://area8-win.pospal.cn:443 */
  host: z.url({ protocol: /^https?$/ }),
  appId: z.string().trim().min(1).max(64),
  signature: z.enum(['v1', 'v3']).default('v1'),
  zone: z.string().refine(isTimezone, 'is not a timezone, such as Asia/Shanghai').default('Asia/Shanghai'),
  streams: z.array(z.enum(streams)).min(1).default(['tickets']),
  since: Instant.transform((at) => Date.parse(at))
    .nullable()
    .default(null),
  everyMinutes: z.int().min(1).max(1440).default(10),
  listsEveryHours: z.int().min(1).max(168).default(24),
  overlapMinutes: z.int().min(5).max(1440).default(30),
  lookBackDays: z.int().min(0).max(14).default(3),
  requestsPerDay: z.int().min(10).max(1_000_000).default(300),
});
type Settings = z.infer<typeof Settings>;

const paths: Readonly<Record<string, string>> = {
  tickets: 'ticketOpenApi/queryTicketPages',
  customers: 'customerOpenApi/queryCustomerPages',
  products: 'productOpenApi/queryProductPages',
};
/** Path and field are misspelt in the real API as well. */
const originalPath = 'ticketOpenApi/querySellTicketByRefunTicketSn';
const originalField = 'refunTcketSn';

export const pospal = definePoller<Settings>({
  name: 'pospal',
  settings: Settings,
  usesSecret: () => true,
  secretName: 'appKey',
  zone: ({ zone }) => zone,
  budget: ({ requestsPerDay }) => requestsPerDay,
  streams: (settings) =>
    new Map(
      settings.streams.map((stream) => {
        const isTickets = stream === 'tickets';
        const everyMs = isTickets ? settings.everyMinutes * minuteMs : settings.listsEveryHours * hourMs;
        const pace = {
          everyMs,
          windowMaxMs: isTickets ? windowMaxMs : null,
          overlapMs: settings.overlapMinutes * minuteMs,
          lookBackMs: settings.lookBackDays * dayMs,
          since: settings.since,
        };
        return [stream, pace];
      }),
    ),
  request,
  readPage: (text, { stream, split, store }) => readPage(text, stream, split, store),
  readAnswer,
});

function request(ask: PageRequest<Settings>): Promise<Outgoing> {
  const { settings, stream, window, page, question } = ask;
  const fields: string[] = [`"appId":${JSON.stringify(settings.appId)}`];
  if (question) {
    fields.push(`"${originalField}":${JSON.stringify(question.senderId)}`);
    return signed(ask, originalPath, `{${fields.join()}}`);
  }
  if (window) {
    fields.push(`"startTime":"${localTime(window.from, settings.zone)}"`);
    fields.push(`"endTime":"${localTime(window.to, settings.zone)}"`);
  }
  // The exact text: it may hold numbers that a parser would round.
  if (page !== null) fields.push(`"postBackParameter":${page}`);
  return signed(ask, paths[stream] ?? '', `{${fields.join()}}`);
}

/** v1 signs key and body; v3 the app, the key, the moment and the body. Both upper-case MD5. */
async function signed(
  { settings, secret, now, signing }: PageRequest<Settings>,
  path: string,
  body: string,
): Promise<Outgoing> {
  const key = valueIn(secret, 'appKey').trim();
  const moment = String(now);
  const isV3 = settings.signature === 'v3';
  const text = isV3 ? settings.appId + key + moment + body : key + body;
  const bytes = await signing.digest('md5', text);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
  return {
    url: `${settings.host.replace(/\/+$/, '')}/pospal-api2/openapi/v1/${path}`,
    method: 'POST',
    headers: {
      'user-agent': 'openApi',
      'content-type': 'application/json; charset=utf-8',
      'time-stamp': moment,
      [isV3 ? 'data-signature-v3' : 'data-signature']: hex,
    },
    body,
  };
}
