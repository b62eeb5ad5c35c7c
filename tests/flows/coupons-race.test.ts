/**
 * 抢着用 in the runtime it is deployed to: 1,000 quotes and locks at the same moment as 120 receipts that name the same 40 codes. What
 * came of it is read from the tables alone: no coupon twice, no lock beyond its time, and every refusal says why, with its numbers.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startRuntime, type Runtime } from '../../scripts/runtime.ts';
import { d1 } from '../../workers/d1.ts';
import type { Db } from '../../workers/db/db.ts';
import { adminToken, token } from '../api/support.ts';
import { line, sale, template } from '../support/builders.ts';
import { couponFaults, couponTables, takenFromOthers } from '../support/coupon-lives.ts';
import { furnish, signedRequest, testSecret } from '../support/shop.ts';

const receipts = 60;
const minuteMs = 60_000;
const twoHoursMs = 120 * minuteMs;
let runtime: Runtime;
let db: Db;
let codes: string[] = [];

beforeAll(async () => {
  runtime = await startRuntime({ vars: { SEED: testSecret } });
  db = d1(await runtime.db());
  const templates = [
    template('券', { stacksWith: 'any' }),
    template('满', { stacksWith: 'any', minSpendFen: 9_000 }),
    template('独', { stacksWith: 'none' }),
    template('限', { stacksWith: 'any', perSale: 1 }),
  ];
  await furnish(db, { templates });
  await db.batch([
    token(adminToken, ['admin', 'pos'], { lastUsedAt: Date.now() }),
    ...['1', '2'].flatMap((one) => [
      { sql: `INSERT INTO identities VALUES (?1, ?2)`, params: [`ext:pos:M${one}`, `m_${one}`] },
      {
        sql: `INSERT INTO members (id, orders, spent_fen, created_at, version) VALUES (?1, 0, 0, 0, 1)`,
        params: [`m_${one}`],
      },
    ]),
  ]);
  // Ten of each, by turns of either member.
  for (const { id } of templates) {
    for (const member of ['m_1', 'm_2']) {
      const { json } = await post(`/members/${member}/coupons`, { templateId: id, count: 5, reason: '试' });
      codes.push(...(json['items'] as { id: string }[]).map((one) => one.id));
    }
  }
}, 120_000);
afterAll(async () => runtime.stop());

type Answer = { readonly status: number; readonly json: Record<string, unknown> };

/** What nobody knows yet is asked for again, as a till would. */
async function post(path: string, body: object): Promise<Answer> {
  const answer = await fetch(`${runtime.url}/api/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  // Whatever it says, it is an object.
  const json = (await answer.json()) as Record<string, unknown>;
  return answer.status === 503 ? post(path, body) : { status: answer.status, json };
}

const read = async (sql: string): Promise<Record<string, unknown>[]> => {
  const [found] = await db.batch([{ sql, params: [] }]);
  return [...(found?.rows ?? [])];
};

/** As a decision tells it, if it does. */
const listIn = <Item>(value: unknown): Item[] =>
  // Nobody but the engine has written it.
  typeof value === 'string' ? (JSON.parse(value) as Item[]) : [];

const codeAt = (place: number): string => codes[place % codes.length] ?? '';
/** One of each template and member is never locked: however slow the machine, the receipts find something to use. */
const lockableAt = (place: number): string => {
  const lockable = codes.filter((_, index) => index % 5 < 4);
  return lockable[place % lockable.length] ?? '';
};
const orderOf = (place: number): string => `r${String(place % receipts)}`;
const now = (): string => new Date().toISOString();

type Held = { readonly code: string; readonly ref: string; readonly until: number };
type Told = { readonly code: string; readonly reason: string } & Record<string, unknown>;

/** Of every refusal of a lock. */
const refusalOf = (code: string, { json }: Answer): Told => ({
  code,
  reason: String(json['code']).toUpperCase(),
  ...(json['numbers'] as object | undefined),
});

async function quote(place: number): Promise<Told[]> {
  const body = {
    store: '8005',
    member: { externalId: place % 3 === 0 ? 'M2' : 'M1' },
    lines: [{ sku: 'milk', quantity: '1', amountFen: 10_000 }],
    couponCodes: [codeAt(place), codeAt(place * 7 + 3)],
  };
  const { status, json } = await post('/quotes', body);
  expect(status).toBe(200);
  const millis = (value: unknown) =>
    typeof value === 'string' && value.includes('T') ? Date.parse(value) : value;
  return (json['others'] as Told[]).map((one) => ({
    ...one,
    at: millis(one['at']),
    until: millis(one['until']),
  }));
}

/** Every fifth lets it go again. */
async function lock(place: number, held: Held[]): Promise<Told[]> {
  const body = { code: lockableAt(place * 3), store: '8005', orderNo: orderOf(place * 7) };
  const answer = await post('/coupons/lock', { ...body, minutes: 5 + (place % 20) });
  if (answer.status !== 200) {
    expect([409, 422]).toContain(answer.status);
    expect(String(answer.json['detail']).length).toBeGreaterThan(5);
    return [refusalOf(body.code, answer)];
  }
  const until = Date.parse(String(answer.json['lockedUntil']));
  held.push({ code: body.code, ref: `sale:pos:${body.orderNo}`, until });
  if (place % 5 > 0) return [];
  const released = await post('/coupons/release', body);
  return released.status === 200 ? [] : [refusalOf(body.code, released)];
}

/** Half of the receipts are those that lock, the others come from nowhere; some name nobody. */
async function sell(place: number): Promise<void> {
  const orderNo = place < receipts ? orderOf(place) : `x${String(place)}`;
  const named = [codeAt(place * 3), codeAt(place * 11 + 5)];
  const member = [{ externalId: 'M1' }, { externalId: 'M2' }, null][place % 3];
  const amountFen = place % 2 === 0 ? 10_000 : 8_000;
  const body = {
    ...sale({ orderNo, couponCodes: named, lines: [line({ amountFen })], ...(member && { member }) }),
    occurredAt: now(),
  };
  if (member === null) delete (body.data as { member?: unknown }).member;
  const { headers, body: bytes } = signedRequest(JSON.stringify(body), Date.now(), {
    id: `msg_${String(place)}`,
  });
  const sent = { method: 'POST', headers, body: bytes, duplex: 'half' } as const;
  expect((await fetch(`${runtime.url}/hooks/erp/till`, sent)).status).toBe(202);
}

async function settled(): Promise<void> {
  for (;;) {
    const [row] = await read(
      `SELECT count(*) AS n FROM decisions WHERE state = 'done' AND outcome ->> '$.s' IS NOT NULL`,
    );
    if (row?.['n'] === 2 * receipts) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test('1,000 quotes and locks race with 120 receipts for 40 coupons: none is used twice, and whoever is refused reads why', async () => {
  const held: Held[] = [];
  const startedAt = Date.now();
  const work = Array.from({ length: 500 }, (_, place) => place).flatMap((place) => [
    () => quote(place),
    () => lock(place, held),
    ...(place % 4 === 0 && place / 4 < 2 * receipts ? [async () => (await sell(place / 4), [])] : []),
  ]);
  const refusals = (await Promise.all(work.map(async (act) => act()))).flat();
  await settled();

  const tables = {
    coupons: await read(couponTables.coupons),
    moves: await read(couponTables.moves),
    receipts: await read(couponTables.receipts),
  };
  expect(couponFaults(tables)).toEqual([]);
  expect(takenFromOthers(tables.moves)).toEqual([]);
  const usedOf = await read(`SELECT id, used_for AS ref, ended_at AS at FROM coupons WHERE state = 'used'`);
  // How many the locks keep from everybody is the machine's to say; those that no lock takes are used.
  expect(usedOf.length).toBeGreaterThan(0);

  // Each code that a receipt names it has used, or reads why not.
  const told =
    await read(`SELECT outcome ->> '$.s' AS id, outcome -> '$.couponsUsed' AS used, outcome -> '$.couponsDeclined' AS declined
    FROM decisions WHERE outcome ->> '$.s' IS NOT NULL`);
  const declined = told.flatMap((row) => listIn<Told>(row['declined']));
  const used = told.flatMap((row) => listIn<string>(row['used']));
  expect(used.toSorted()).toEqual(usedOf.map(({ id }) => String(id)).toSorted());
  const named = Array.from(
    { length: 2 * receipts },
    (_, place) => new Set([codeAt(place * 3), codeAt(place * 11 + 5)]).size,
  );
  expect(used.length + declined.length).toBe(named.reduce((sum, one) => sum + one, 0));

  // Every lock ends when its till was told, and every refusal says so.
  const moves = await read(`SELECT coupon_id AS id, act, cause, at FROM coupon_moves`);
  const locked = await read(
    `SELECT id, locked_for AS ref, locked_until AS until FROM coupons WHERE locked_for IS NOT NULL`,
  );
  for (const { id, ref, until } of locked) {
    expect(held).toContainEqual({ code: id, ref, until });
    expect(Number(until)).toBeLessThanOrEqual(Date.now() + 25 * minuteMs);
  }
  const isSaid = (one: Told): boolean => {
    switch (one.reason) {
      case 'LOCKED_BY_OTHER':
        return (
          Number(one['until']) > startedAt &&
          held.some(({ code, until }) => code === one.code && until === one['until'])
        );
      case 'ALREADY_USED':
        return moves.some(({ id, act, at }) => id === one.code && act === 'used' && at === one['at']);
      case 'BELOW_MIN':
        return one['have'] === 8_000 && one['need'] === 9_000;
      case 'PER_SALE_LIMIT':
        return one['need'] === 1;
      case 'DOES_NOT_STACK':
        return codes.includes(String(one['with'])) && one['with'] !== one.code;
      default:
        return one.reason === 'NOT_THEIRS';
    }
  };
  expect([...refusals, ...declined].filter((one) => !isSaid(one))).toEqual([]);
  expect(new Set(refusals.map(({ reason }) => reason))).toContain('LOCKED_BY_OTHER');
  expect(new Set(declined.map(({ reason }) => reason))).toContain('ALREADY_USED');
}, 240_000);

test('when their time is over, every coupon that is not used is free for another receipt', async () => {
  await db.batch([
    {
      sql: `UPDATE coupons SET locked_until = locked_until - ?1 WHERE locked_until IS NOT NULL`,
      params: [twoHoursMs],
    },
  ]);
  const states = await read(`SELECT id, state FROM coupons`);
  const answers = await Promise.all(
    states.map(async ({ id }) => post('/coupons/lock', { code: id, store: '8005', orderNo: 'later' })),
  );
  expect(answers.map(({ status }) => status)).toEqual(
    states.map(({ state }) => (state === 'used' ? 409 : 200)),
  );
});
