/** A shop of one's own: the real receiver and the real engine over a database in memory; the test is the till. */
import { createHmac } from 'node:crypto';
import {
  type Associate,
  type CampaignVersion,
  type Coupon,
  type Grant,
  type InboxEvent,
  type Member,
  type Message,
  type Posting,
  type Product,
  type Reminder,
  type Sale,
  type Source,
} from '../../schema/index.ts';
import { getTableName } from 'drizzle-orm';
import { counterTables } from '../../workers/db/shelves/counters.ts';
import { decodeSale, selectSale, type SaleRecord } from '../../workers/db/shelves/sale-document.ts';
import { shelves } from '../../workers/db/shelves/index.ts';
import { decodeEvents, eventList, events } from '../../workers/db/inbox/event-rows.ts';
import { insertCampaign } from '../../workers/db/shop/campaigns.ts';
import { configCache } from '../../workers/db/world/config.ts';
import { insertTemplate } from '../../workers/db/shop/coupon-templates.ts';
import type { Db, Statement } from '../../workers/db/db.ts';
import { insertPlan } from '../../workers/db/shop/reminder-plans.ts';
import { decodeAll, insertSet, selectList } from '../../workers/db/set.ts';
import { putSettings } from '../../workers/db/shop/settings.ts';
import { sourceCache } from '../../workers/db/sources/sources.ts';
import { CampaignInput } from '../../workers/decide/campaigns/campaigns.ts';
import { pairKey } from '../../workers/decide/plain/keys.ts';
import { isWorn } from '../../workers/decide/tags/worn.ts';
import type { Stock } from '../../workers/decide/sales/stock.ts';
import type { Bell, JobsBell } from '../../workers/engine/ports.ts';
import type { Engine } from '../../workers/engine/engine.ts';
import { processPending } from '../../workers/engine/process.ts';
import { receiveErp, type Receiver } from '../../workers/receive/hook.ts';
import { normaliseRows } from '../../workers/receive/normalise.ts';
import { seedMaker } from '../../workers/engine/seeds.ts';
import * as tables from '../../schema/index.ts';
import { at, store, type Setup } from './builders.ts';
import { headFaults, nounRows } from './kept.ts';
import { sqliteDb, type TestDb } from './sqlite.ts';
import { account } from './wechat.ts';
import { MerchantSettings } from '../../schema/index.ts';

export const till: Source = {
  id: 'till',
  name: '收银系统',
  adapter: 'generic',
  namespace: 'pos',
  // Its openids are those of the shop's own account.
  config: { wechatAppId: account.appId },
  secrets: [
    { secret: `whsec_${Buffer.from('thirty-two bytes for the tills !').toString('base64')}`, validTo: null },
  ],
  createdAt: 0,
};

export type ShopSetup = Setup & {
  readonly products?: readonly Product[];
  readonly associates?: readonly Associate[];
  /** What the till's source was told. */
  readonly config?: Source['config'];
  /** An empty database to furnish; a new one when not given. */
  readonly db?: TestDb;
  /** The shop may see its database through something that counts or fails; the test looks at it directly. */
  readonly through?: (db: Db) => Db;
  readonly now?: string;
};

export type Answer = { readonly status: number; readonly body: Record<string, unknown> };

export type Shop = {
  readonly db: TestDb;
  readonly engine: Engine;
  readonly receiver: Receiver;
  /** The shop's clock; a test may turn it. */
  readonly clock: { now: number };
  /** Rings so far, and what was handed over with them. */
  readonly bells: Bell[];
  readonly jobsBell: JobsBell;
  /** Signs, posts and answers; several events go as one batch. */
  readonly post: (...bodies: readonly object[]) => Promise<Answer>;
  /** Decides everything pending, `groupSize` events at a time. */
  readonly work: (groupSize?: number) => Promise<void>;
  /** Both. */
  readonly tell: (...bodies: readonly object[]) => Promise<void>;
};

const groupSizeMax = 250;
export const testSecret = 'a secret of at least thirty-two characters';

export async function openShop(setup: ShopSetup = {}): Promise<Shop> {
  const db = setup.db ?? sqliteDb();
  await furnish(db, setup);
  const seen = setup.through?.(db) ?? db;
  const clock = { now: at(setup.now ?? '2026-11-22 15:00') };
  const bells: Bell[] = [];
  const sources = sourceCache(seen);
  const engine: Engine = {
    db: seen,
    config: configCache(seen, { appId: account.appId }),
    normalise: (rows) => normaliseRows(rows, sources),
    seeds: seedMaker(testSecret),
  };
  const receiver: Receiver = {
    db: seen,
    sources,
    clock: () => clock.now,
    doorbell: {
      ring: () => void bells.push({}),
      handOver: async (stalled) => void bells.push({ stalled }),
    },
  };
  const post = (...bodies: readonly object[]): Promise<Answer> => postTo(receiver, clock.now, ...bodies);
  const work = async (groupSize = groupSizeMax): Promise<void> => {
    while ((await processPending(engine, groupSize, clock.now)) > 0);
  };
  return {
    db,
    engine,
    receiver,
    clock,
    bells,
    jobsBell: { ring: () => void bells.push({ work: 'jobs' }) },
    post,
    work,
    tell: async (...bodies) => {
      if (bodies.length > 0) await post(...bodies);
      await work();
    },
  };
}

/** Signs, posts and answers; several events go as one batch. */
export async function postTo(receiver: Receiver, now: number, ...bodies: readonly object[]): Promise<Answer> {
  const [only] = bodies;
  const text = JSON.stringify(bodies.length === 1 ? only : { events: bodies });
  const response = await receiveErp(receiver, signedRequest(text, now), till.id);
  // Whatever it says, it is an object: the tests compare it as a whole.
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** Puts in what a merchant would enter before the first sale. */
export async function furnish(db: Db, setup: ShopSetup): Promise<void> {
  const statements: Statement[] = [
    insertSet(tables.sources, [{ ...till, config: { ...till.config, ...setup.config } }]),
    insertSet(tables.stores, setup.stores ?? [store()]),
    insertSet(tables.products, setup.products ?? []),
    insertSet(tables.associates, setup.associates ?? []),
  ];
  for (const version of setup.campaigns ?? []) statements.push(...insertCampaignVersion(version));
  for (const template of setup.templates ?? []) statements.push(...insertTemplate(template));
  for (const plan of setup.plans ?? []) statements.push(...insertPlan(plan));
  await db.batch(statements);
  if (setup.settings) await putSettings(db, MerchantSettings.parse(setup.settings));
}

function insertCampaignVersion(version: CampaignVersion): Statement[] {
  const { limits } = CampaignInput.parse(version.definition);
  return insertCampaign(version, { totalLimit: limits.total, budgetFen: limits.budgetFen });
}

export type Signing = {
  readonly id?: string;
  readonly secret?: string;
  readonly timestamp?: number | string;
  readonly headers?: Readonly<Record<string, string | null>>;
};

/** A request as the till would send it: Standard Webhooks, over exactly these bytes. */
export function signedRequest(
  body: string | Uint8Array<ArrayBuffer>,
  now: number,
  signing: Signing = {},
): Request {
  const id = signing.id ?? 'msg_1';
  const timestamp = String(signing.timestamp ?? Math.floor(now / 1000));
  const secret = signing.secret ?? till.secrets[0]?.secret ?? '';
  const signature = createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64'))
    .update(`${id}.${timestamp}.`)
    .update(body)
    .digest('base64');
  const headers = new Headers({
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  });
  for (const [name, value] of Object.entries(signing.headers ?? {})) {
    if (value === null) headers.delete(name);
    else headers.set(name, value);
  }
  return new Request('https://shop.example/hooks/erp/till', { method: 'POST', headers, body });
}

type TableRow<Table extends keyof typeof tables> = (typeof tables)[Table] extends {
  readonly $inferSelect: infer Row;
}
  ? Row
  : never;

function rowsOf(db: TestDb, table: Parameters<typeof selectList>[0], name: string, tail = ''): unknown[] {
  return decodeAll(table, db.all(`SELECT ${selectList(table, 't')} FROM ${name} AS t ${tail}`));
}

// Each table is decoded by its own columns: the row types are the table's.
export const inboxRows = (db: TestDb): InboxEvent[] =>
  decodeEvents(db.all(`SELECT ${eventList} FROM ${events} AS t ORDER BY t.seq`));
export const couponRows = (db: TestDb) =>
  rowsOf(db, tables.coupons, 'coupons', 'ORDER BY issued_at, id') as Coupon[];
export const ledgerRows = (db: TestDb) =>
  rowsOf(db, tables.ledger, 'ledger', 'ORDER BY member_id, account, seq') as Posting[];
export const reminderRows = (db: TestDb): Reminder[] =>
  nounRows(db, 'reminders', 'member_id, subject, plan_id');
/** 消耗提醒, each with what it stands on. */
export const runOutRows = (db: TestDb) =>
  reminderRows(db)
    .filter(({ kind }) => kind === 'run-out')
    .map(({ subject, basis, ...row }) => ({ ...row, sku: subject, ...(basis as Stock) }));
export const outboxRows = (db: TestDb) => rowsOf(db, tables.outbox, 'outbox', 'ORDER BY seq') as Message[];
export const memberRows = (db: TestDb): Member[] =>
  (rowsOf(db, tables.members, 'members', 'ORDER BY created_at, id') as TableRow<'members'>[]).map((row) => {
    const member: Omit<typeof row, 'document'> & { document?: unknown } = { ...row };
    delete member.document;
    return member;
  });
/** Each sale with its lines and what it was granted. */
export const saleRecords = (db: TestDb): SaleRecord[] =>
  db.all(`SELECT ${selectSale} FROM sales AS t ORDER BY t.id`).map(decodeSale);
/** Of sales and of every other cause. */
export const grantRows = (db: TestDb): Grant[] =>
  [
    ...(rowsOf(db, tables.grants, 'grants') as Grant[]),
    ...saleRecords(db).flatMap(({ grants }) => grants),
  ].toSorted((a, b) => (pairKey(a.cause, a.campaignId) < pairKey(b.cause, b.campaignId) ? -1 : 1));
export const saleRows = (db: TestDb): Sale[] => saleRecords(db).map(({ sale }) => sale);

/** The id of the member who owns this identity. */
export function memberId(db: TestDb, key: string): string {
  const [row] = db.all(`SELECT member_id AS id FROM identities WHERE key = ?`, key);
  if (!row) throw new Error(`nobody owns ${key}`);
  return String(row['id']);
}

export function balanceOf(db: TestDb, key: string, account: Posting['account'] = 'points'): number {
  const [row] = db.all(
    `SELECT balance FROM ledger WHERE member_id = ? AND account = ? ORDER BY seq DESC LIMIT 1`,
    memberId(db, key),
    account,
  );
  return Number(row?.['balance'] ?? 0);
}

export function tagsOf(db: TestDb, key: string): string[] {
  const id = memberId(db, key);
  return nounRows(db, 'tags', 'tag')
    .filter((tag) => tag.memberId === id && isWorn(tag))
    .map(({ tag }) => tag);
}

/** The same database as on its first day: cheaper than another one where hundreds of shops are tried. */
export function emptied(db: TestDb): TestDb {
  for (const { name } of db.all(`SELECT name FROM sqlite_master WHERE type = 'table'`)) {
    db.all(`DELETE FROM ${String(name)}`);
  }
  return db;
}

/** How many rows each table holds: what a refused request must not change. */
export function rowCounts(db: TestDb): Record<string, number> {
  const names = db.all(`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`);
  return Object.fromEntries(
    names.map(({ name }) => [
      String(name),
      Number(db.all(`SELECT count(*) AS n FROM ${String(name)}`)[0]?.['n']),
    ]),
  );
}

/** Every noun and counter, old and new, and what stands by hand. */
const tablesTold = new Set([
  'members',
  'identities',
  'ledger',
  'refunds',
  'product_facts',
  'outbox',
  ...Object.values(shelves).flatMap(({ kept }) => (kept.in === 'table' ? [getTableName(kept.table)] : [])),
  ...counterTables.map(getTableName),
]);
/** Columns that tell how the work was cut up, not what came of it. */
const howOften = new Set(['version', 'rev']);

/** Everything the engine wrote, table by table, to compare two shops by. */
export function everything(db: TestDb): Record<string, unknown[]> {
  const rows = (table: string): unknown[] =>
    db
      .all(`SELECT * FROM ${table}`)
      .map((row) => JSON.stringify(Object.entries(row).filter(([column]) => !howOften.has(column))))
      .toSorted();
  return {
    ...Object.fromEntries([...tablesTold].map((table) => [table, rows(table)])),
    // What a merger is undone by is noted only where it came alone.
    mergers: [],
    // Which number a sale got, and how its document is laid out, tells how the work was cut up.
    sales: saleRecords(db).map(({ sale, lines }) => [{ ...sale, rev: 0 }, lines]),
    grants: grantRows(db),
  };
}

/** Every account is the sum of its rows, row after row, its head is the last of them, and nothing is below zero that may not be. */
export function ledgerFaults(db: TestDb): string[] {
  const faults: string[] = headFaults(db);
  let [account, balance, credited, seq] = ['', 0, 0, 0];
  for (const row of ledgerRows(db)) {
    const here = `${row.memberId}/${row.account}`;
    if (here !== account) [account, balance, credited, seq] = [here, 0, 0, 0];
    balance += row.delta;
    // What could not be paid out, or was exchanged by mistake, and came back is no income; nor is what a merger undone gives back.
    if (!/^(withdrawal:\w+\/.|split:|exchange-undone:|points-back:)/.test(row.cause))
      credited += Math.max(0, row.delta);
    seq += 1;
    if (row.balance !== balance)
      faults.push(`${here}#${row.seq} says ${row.balance}, its rows sum to ${balance}`);
    if (row.credited !== credited)
      faults.push(`${here}#${row.seq} was credited ${credited}, says ${row.credited}`);
    if (row.seq !== seq) faults.push(`${here}#${row.seq} stands where #${seq} should`);
    if (row.balance < 0 && !row.overdraft) faults.push(`${here}#${row.seq} is below zero`);
  }
  return faults;
}
