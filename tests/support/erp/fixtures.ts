/** Payloads of every vendor as they were described or recorded, with invented data, and what they must become. */
import { readdirSync, readFileSync } from 'node:fs';
import { EventId, type InboxEvent, type Reason, type Source } from '../../../schema/index.ts';
import { signers } from './signers.ts';

export type Expected = {
  readonly senderId: string;
  readonly type: string;
  /** `occurredAt` and `data` as in a canonical event. */
  readonly event?: { readonly occurredAt: string; readonly data: unknown };
  /** Said beside the event. */
  readonly unreadPhones?: readonly string[];
  readonly ignored?: Reason;
  readonly parked?: Reason;
};

export type Fixture = {
  readonly adapter: string;
  /** The file's name: `sale`, `refund`, `test`, `unknown`, … */
  readonly name: string;
  readonly says: string;
  readonly scheme: string;
  readonly config: Source['config'];
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** The body before it is signed. */
  readonly text: string;
  readonly events: readonly Expected[];
};

const folder = new URL('../../fixtures/erp/', import.meta.url);

export const fixtureFolders = (): string[] => readdirSync(folder.pathname).toSorted();

const filesOf = (adapter: string): string[] =>
  readdirSync(new URL(`${adapter}/`, folder).pathname).toSorted();

export const fixturesOf = (adapter: string): Fixture[] =>
  filesOf(adapter)
    .filter((file) => reasonIn(adapter, file) === null)
    .map((file) => readFixture(adapter, file));

/** Why the vendor has no delivery of this kind, for each that has none: `{"none": "…"}` in the place of a fixture. */
export const absencesOf = (adapter: string): ReadonlyMap<string, string> =>
  new Map(
    filesOf(adapter).flatMap((file): [string, string][] => {
      const reason = reasonIn(adapter, file);
      return reason === null ? [] : [[file.replace('.json', ''), reason]];
    }),
  );

function reasonIn(adapter: string, file: string): string | null {
  const given: unknown = JSON.parse(readFileSync(new URL(`${adapter}/${file}`, folder).pathname, 'utf8'));
  const reason: unknown = Reflect.get(Object(given), 'none');
  return typeof reason === 'string' ? reason : null;
}

type Context = { readonly source: string };
// Node 24 knows both; the types of the language version we compile for do not.
const parse = JSON.parse as (
  text: string,
  reviver: (key: string, value: unknown, context: Context) => unknown,
) => unknown;
const { rawJSON } = JSON as unknown as { readonly rawJSON: (text: string) => unknown };

export function readFixture(adapter: string, file: string): Fixture {
  const text = readFileSync(new URL(`${adapter}/${file}`, folder).pathname, 'utf8');
  // Numbers of a body keep their digits: an id of nineteen of them is what many vendors send.
  const exact = parse(text, (_, value, { source }) => (typeof value === 'number' ? rawJSON(source) : value));
  // The files are ours, and the tests below fail on one of another shape.
  const given = JSON.parse(text) as Omit<Fixture, 'adapter' | 'name' | 'text'>;
  return {
    ...given,
    adapter,
    name: file.replace('.json', ''),
    config: given.config ?? null,
    headers: given.headers ?? {},
    query: given.query ?? {},
    text: bodyText(exact),
  };
}

/** `body` is JSON, or text as it is; `form` holds fields, the objects among them as JSON text. */
function bodyText(fixture: unknown): string {
  const { body, form } = fixture as {
    readonly body?: unknown;
    readonly form?: Readonly<Record<string, unknown>>;
  };
  if (form) {
    const fields = Object.entries(form).map(([name, value]): [string, string] => [
      name,
      asText(wrapped(value)),
    ]);
    return String(new URLSearchParams(fields));
  }
  return asText(wrapped(body));
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** `{"$json": x}` is x as JSON text, `{"$url": x}` is x percent-encoded: how vendors put one into the other. */
function wrapped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(wrapped);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) === null) return value;
  if ('$json' in value) return JSON.stringify(wrapped(value.$json));
  if ('$url' in value) return encodeURIComponent(asText(wrapped(value.$url)));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, wrapped(inner)]));
}

export const origin = 'https://huike.example';
const sourceId = 'shop';

export function sourceOf({
  adapter,
  scheme,
  config,
}: Pick<Fixture, 'adapter' | 'scheme' | 'config'>): Source {
  const signer = signers[scheme];
  if (!signer) throw new Error(`nobody signs as ${scheme}`);
  const secrets = [{ secret: signer.stored, validTo: null }];
  return { id: sourceId, name: adapter, adapter, namespace: 'pos', secrets, config, createdAt: 0 };
}

export type Delivery = { readonly text?: string; readonly isForged?: boolean; readonly now: number };

/** The vendor sends it. */
export function requestOf(
  fixture: Fixture,
  { text = fixture.text, isForged = false, now }: Delivery,
): Request {
  const signer = signers[fixture.scheme];
  if (!signer) throw new Error(`nobody signs as ${fixture.scheme}`);
  const url = `${origin}/hooks/erp/${sourceId}`;
  const draft = {
    text,
    headers: fixture.headers,
    query: fixture.query,
    url,
    nowSeconds: Math.floor(now / 1000),
  };
  const sent = signer.sign(draft, isForged);
  const query = String(new URLSearchParams({ ...sent.query }));
  const address = (sent.pathToken === undefined ? url : `${url}/${sent.pathToken}`) + (query && `?${query}`);
  const headers = { 'content-type': 'application/json', ...sent.headers };
  return new Request(address, { method: 'POST', headers, body: sent.text });
}

/** What the inbox would hold. */
export const rowOf = (raw: {
  readonly senderId: string;
  readonly type: string;
  readonly body: string;
}): InboxEvent => ({
  seq: 1,
  id: EventId.parse('ev_test'),
  sourceId,
  senderId: raw.senderId,
  revision: 1,
  type: raw.type,
  state: 'received',
  receivedAt: Date.parse('2026-11-23T00:00:00+08:00'),
  body: raw.body,
  attempts: 0,
  memberId: null,
  waitsFor: null,
  note: null,
  outcome: null,
  decidedAt: null,
  trust: null,
  subject: null,
});
