/** 银豹 Pospal: receipts, members and goods by signed requests, a hundred at a time, within 300 requests a day. */
import * as z from 'zod';
import type { OpenQuestion } from '../../../schema/index.ts';
import { Instant } from '../../../schema/index.ts';
import { dayMs, hourMs, isTimezone } from '../../decide/dates.ts';
import { definePoller, type AnswerRead, type Ask, type Outgoing, type PageRead, type RawEvent } from './define.ts';
import { localTime } from './local-time.ts';
import { elementsAt, scalarAt, sliceAt } from './slices.ts';

const streams = ['tickets', 'customers', 'products'] as const;

const minuteMs = 60_000;
/** The documented limit is 31 days; a day less, whatever the zone does. */
const windowMaxMs = 30 * dayMs;

const Settings = z.strictObject({
  kind: z.literal('pospal'),
  /** As shown in the merchant's 银豹 console, such as https://area8-win.pospal.cn:443 */
  host: z.url({ protocol: /^https?$/ }),
  appId: z.string().trim().min(1).max(64),
  signature: z.enum(['v1', 'v3']).default('v1'),
  zone: z.string().refine(isTimezone, 'is not a timezone, such as Asia/Shanghai').default('Asia/Shanghai'),
  streams: z.array(z.enum(streams)).min(1).default(['tickets']),
  since: Instant.transform((at) => Date.parse(at)).nullable().default(null),
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
/** Misspelt as the real API has it, path and field both. */
const originalPath = 'ticketOpenApi/querySellTicketByRefunTicketSn';
const originalField = 'refunTcketSn';

export const pospal = definePoller<Settings>({
  name: 'pospal',
  settings: Settings,
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
  readPage: (text, { stream }) => readPage(text, stream),
  readAnswer,
});

function request(ask: Ask<Settings>): Promise<Outgoing> {
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
  // Exactly as it came: it may hold numbers that no parser keeps.
  if (page !== null) fields.push(`"postBackParameter":${page}`);
  return signed(ask, paths[stream] ?? '', `{${fields.join()}}`);
}

/** v1 signs key and body; v3 the app, the key, the moment and the body. Both upper-case MD5. */
async function signed({ settings, secret, now, signing }: Ask<Settings>, path: string, body: string): Promise<Outgoing> {
  const key = secret.trim();
  const moment = String(now);
  const isV3 = settings.signature === 'v3';
  const text = isV3 ? settings.appId + key + moment + body : key + body;
  const bytes = await signing.digest('md5', text);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('').toUpperCase();
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

/** Null when it says success, whatever its case. */
function fault(text: string): string | null {
  if (scalarAt(text, ['status'])?.toLowerCase() === 'success') return null;
  const code = scalarAt(text, ['errorCode']) ?? 'none';
  const messages = sliceAt(text, ['messages']) ?? '';
  return `银豹 answered errorCode ${code} ${messages.slice(0, 200)}`;
}

function readPage(text: string, stream: string): PageRead {
  const why = fault(text);
  if (why !== null) return { ok: false, why };
  const list = elementsAt(text, ['data', 'result']);
  if (list === null) return { ok: false, why: '银豹 answered without data.result' };
  const pageSize = Number(scalarAt(text, ['data', 'pageSize']) ?? 100);
  const page = sliceAt(text, ['data', 'postBackParameter']);
  const isLast = list.length < pageSize || page === null || page === 'null';
  const next = isLast ? null : page;
  if (stream !== 'tickets') {
    const [type, id] = stream === 'customers' ? ['pospal.customer', 'customerUid'] : ['pospal.product', 'uid'];
    const events = list.flatMap((body): RawEvent[] => {
      const uid = scalarAt(body, [id]);
      return uid === null ? [] : [{ senderId: `${stream}:${uid}`, type, body }];
    });
    return { ok: true, events, questions: [], onlyIfKnown: [], next };
  }
  return { ok: true, ...readTickets(list), next };
}

const ticketType = 'pospal.ticket';

function readTickets(list: readonly string[]): Pick<Extract<PageRead, { ok: true }>, 'events' | 'questions' | 'onlyIfKnown'> {
  const events: RawEvent[] = [];
  const questions: RawEvent[] = [];
  const onlyIfKnown: { event: RawEvent; senderId: string }[] = [];
  for (const body of list) {
    const sn = scalarAt(body, ['sn'])?.trim();
    if (!sn) continue;
    if (scalarAt(body, ['invalid']) === '1') {
      // Void before we ever saw it: it earned nothing, and there is nothing to take back.
      onlyIfKnown.push({ event: { senderId: `${sn}/void`, type: ticketType, body }, senderId: sn });
    } else if (scalarAt(body, ['ticketType'])?.trim().toUpperCase() === 'SELL_RETURN') {
      questions.push({ senderId: sn, type: ticketType, body });
    } else {
      events.push({ senderId: sn, type: ticketType, body });
    }
  }
  return { events, questions, onlyIfKnown };
}

/** The return with the number of the sale it returns; without an original it goes on as it is. */
function readAnswer(text: string, { senderId, type, body }: OpenQuestion): AnswerRead {
  const why = fault(text);
  if (why !== null) return { ok: false, why };
  const [first] = elementsAt(text, ['data']) ?? [];
  const sn = scalarAt(text, ['data', 'sn']) ?? (first === undefined ? null : scalarAt(first, ['sn']));
  const told = sn ? `${body.slice(0, -1)},"originalSn":${JSON.stringify(sn)}}` : body;
  return { ok: true, event: { senderId, type, body: told } };
}
