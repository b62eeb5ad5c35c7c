/** The API over a shop of one's own. Whatever it answers has to be what its document says it answers. */
import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import * as z from 'zod';
import type { TokenScope } from '../../schema/index.ts';
import { api } from '../../workers/api/index.ts';
import { refusalsOf } from '../../workers/api/openapi/openapi.ts';
import { routes } from '../../workers/api/routes.ts';
import { insertToken, type Token } from '../../workers/db/shop/tokens.ts';
import { senders } from '../../workers/receive/senders.ts';
import { pollChecks } from '../../workers/schedule/poll/asking/check.ts';
import { officialOf } from '../support/official.ts';
import { openShop, type Shop, type ShopSetup } from '../support/shop.ts';
import type { Wechat } from '../support/wechat.ts';

export type Answered = {
  readonly status: number;
  readonly headers: Headers;
  /** Whatever came back; tests compare it, so it needs no type. */
  readonly json: Json;
};
export type Json = { readonly [key: string]: unknown };

type CallOptions = { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> };
export type Client = (method: string, path: string, given?: CallOptions) => Promise<Answered>;

export type Office = {
  readonly shop: Shop;
  readonly app: ReturnType<typeof api>;
  readonly admin: Client;
  readonly pos: Client;
  readonly client: (token: string) => Client;
};

export const adminToken = 'hk_admin';
export const posToken = 'hk_pos';

/** Without a `wechat` to play, the office has no official account. */
export async function openOffice({
  wechat,
  ...setup
}: ShopSetup & { readonly wechat?: Wechat } = {}): Promise<Office> {
  const shop = await openShop(setup);
  // In use today already, so that a call writes nothing but its own.
  const used = { lastUsedAt: shop.clock.now };
  await shop.db.batch([token(adminToken, ['admin'], used), token(posToken, ['pos'], used)]);
  const { engine, clock } = shop;
  const { doorbell } = shop.receiver;
  const app = api({
    db: engine.db,
    engine,
    doorbell,
    jobsBell: shop.jobsBell,
    clock: () => clock.now,
    senders: { ...senders, renew: shop.receiver.sources.renew },
    polls: pollChecks(false),
    ...(wechat && { account: officialOf(shop, wechat) }),
  });
  const client = (bearer: string): Client => clientOf(app, bearer);
  return { shop, app, client, admin: client(adminToken), pos: client(posToken) };
}

export const clientOf =
  (app: ReturnType<typeof api>, bearer: string): Client =>
  async (method, path, { body, headers } = {}) => {
    const response = await app.request(`/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${bearer}`, ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const json = Json.parse(await response.json());
    asDocumented(method, path, response.status, json);
    return { status: response.status, headers: response.headers, json };
  };

/** `text` is sent as it is; unless said it is bound to nothing and lasts. */
export const token = (text: string, scopes: readonly TokenScope[], given: Partial<Token> = {}) =>
  insertToken({
    hash: sha256(text),
    id: `tk_${text}`,
    name: text,
    scopes,
    sourceId: null,
    stores: null,
    createdAt: 0,
    expiresAt: null,
    revokedAt: null,
    lastUsedAt: null,
    ...given,
  });

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const Json = z.record(z.string(), z.unknown());

const Problem = z.strictObject({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.int(),
  code: z.string().regex(/^[a-z][a-z0-9_]*$/),
  detail: z.string(),
  field: z.string().optional(),
  issues: z.array(z.strictObject({ field: z.string(), message: z.string() })).optional(),
  numbers: z.record(z.string(), z.number()).optional(),
  alternatives: z.array(z.string()).optional(),
});

function asDocumented(method: string, path: string, status: number, json: Json): void {
  const [bare = ''] = path.split('?');
  const route = routes.find(
    (one) => one.method === method && new RegExp(`^${one.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(bare),
  );
  if (status >= 400) {
    expect(Problem.safeParse(json).error).toBeUndefined();
    // Add it to `refusals` of the call.
    if (route && status < 500) expect(refusalsOf(route).get(String(status))).toContain(json['code']);
    return;
  }
  expect(route?.answer.safeParse(json).error).toBeUndefined();
  expect(route?.statuses).toContain(status);
}

/** The items of a list. */
export const items = ({ json }: Answered): Json[] => z.array(Json).parse(json['items']);

/** Every page of a list, one after the other, `limit` items at a time. */
export async function pages(client: Client, path: string, limit: number): Promise<Json[][]> {
  const all: Json[][] = [];
  let after = '';
  for (let page = 0; page < 100; page += 1) {
    const mark = path.includes('?') ? '&' : '?';
    const answer = await client('GET', `${path}${mark}limit=${limit}${after}`);
    all.push(items(answer));
    const { next } = answer.json;
    if (next === null) return all;
    after = `&after=${encodeURIComponent(z.string().parse(next))}`;
  }
  throw new Error(`${path} does not end`);
}
