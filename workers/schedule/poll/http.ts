/** 通用拉取: any JSON list over HTTP; the source's adapter reads the records. */
import { dayMs, hourMs } from '../../decide/plain/dates.ts';
import { definePoller, type PageRequest, type PageRead, type RawEvent } from './define.ts';
import type { Outgoing } from './asking/outgoing.ts';
import { fill, type Words } from './asking/fill.ts';
import { HttpSettings } from './http-settings.ts';
import { localTime } from './asking/local-time.ts';
import { fillsSecret } from './asking/secret.ts';
import { codeSignature, keyValueSignature, type Fields } from './asking/sign.ts';
import { elementsAt, scalarAt } from './kernel/slices.ts';

const minuteMs = 60_000;
/** A list without an end means that the system ignores the page parameter. */
const pagesMax = 1000;
const nonceDigits = 16;

export const http = definePoller<HttpSettings>({
  name: 'http',
  settings: HttpSettings,
  usesSecret: ({ sign, headers, fields }) => sign !== null || fillsSecret({ headers, fields }),
  zone: ({ zone }) => zone,
  budget: ({ requestsPerDay }) => requestsPerDay,
  streams: (settings) => {
    const pace = {
      everyMs: settings.everyMinutes * minuteMs,
      windowMaxMs: settings.isWindowed ? settings.windowMaxHours * hourMs : null,
      overlapMs: settings.overlapMinutes * minuteMs,
      lookBackMs: settings.lookBackDays * dayMs,
      since: settings.since,
    };
    return new Map([['records', pace]]);
  },
  request,
  readPage,
  // Its records never need another request.
  readAnswer: () => ({ ok: false, why: 'nothing was asked' }),
});

async function request(ask: PageRequest<HttpSettings>): Promise<Outgoing> {
  const { settings, secret, signing } = ask;
  const { method, encoding, sign } = settings;
  const words = wordsOf(ask);
  const withSecret = { ...words, secret };
  let fields: Fields = Object.fromEntries(
    Object.entries(settings.fields).map(([name, value]) => [
      name,
      typeof value === 'string' ? fill(value, withSecret) : value,
    ]),
  );
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(settings.headers)) headers[name] = fill(value, withSecret);
  if (sign?.kind === 'kv') {
    const signature = await keyValueSignature(sign, fields, secret, signing);
    if (sign.in === 'header') headers[sign.field] = signature;
    else fields = { ...fields, [sign.field]: signature };
  }
  const url = new URL(fill(settings.url, words));
  const form = new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)]));
  if (method === 'GET') for (const [name, value] of form) url.searchParams.append(name, value);
  const body = method === 'GET' ? null : encoding === 'json' ? JSON.stringify(fields) : String(form);
  if (body !== null) {
    headers['content-type'] =
      `application/${encoding === 'json' ? 'json' : 'x-www-form-urlencoded'}; charset=utf-8`;
  }
  if (sign?.kind === 'hmac') {
    const text = { ...words, method, path: url.pathname, query: url.search.slice(1), body: body ?? '' };
    headers[sign.header] = await codeSignature(sign, text, secret, signing);
  }
  return { url: String(url), method, headers, body };
}

function wordsOf({ settings, window, page, now }: PageRequest<HttpSettings>): Words {
  const { times, zone, paging, pageSize } = settings;
  const written = (at: number): string => {
    switch (times) {
      case 'local':
        return localTime(at, zone);
      case 'iso':
        return new Date(at).toISOString();
      case 's':
        return String(Math.floor(at / 1000));
      case 'ms':
        return String(at);
      default:
        return times satisfies never;
    }
  };
  return {
    from: window ? written(window.from) : '',
    to: window ? written(window.to) : '',
    page: page ?? String(paging.by === 'page' ? paging.first : 1),
    cursor: paging.by === 'cursor' ? (page ?? '') : '',
    size: String(pageSize),
    now: String(now),
    seconds: String(Math.floor(now / 1000)),
    time: localTime(now, zone),
    nonce: crypto.randomUUID().replaceAll('-', '').slice(0, nonceDigits),
  };
}

type Asked = Parameters<Parameters<typeof definePoller<HttpSettings>>[0]['readPage']>[1];

function readPage(text: string, { settings, page, split }: Asked): PageRead {
  const { success, records, paging, pageSize } = settings;
  if (success) {
    const said = scalarAt(text, success.at) ?? 'nothing';
    if (!success.is.includes(said))
      return { ok: false, why: `it answered ${success.at.join('.')} ${said.slice(0, 100)}` };
  }
  const list = elementsAt(text, records);
  if (list === null) return { ok: false, why: `its answer has no list at ${records.join('.') || 'the top'}` };
  const events: RawEvent[] = list.flatMap((body) => split(body));
  const next = (): string | null => {
    if (paging.by === 'none') return null;
    if (paging.by === 'cursor') return list.length === 0 ? null : scalarAt(text, paging.at) || null;
    return list.length < pageSize ? null : String(Number(page ?? paging.first) + 1);
  };
  const following = next();
  if (paging.by === 'page' && Number(following) > pagesMax)
    return { ok: false, why: `more than ${pagesMax} pages` };
  return { ok: true, events, questions: [], onlyIfKnown: [], next: following };
}
