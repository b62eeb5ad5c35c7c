/**
 * 一家店搬来, in the runtime it is deployed to: what members had in the old system is taken in page by page as a browser sends it,
 * the sums are the file's, and it can be spent. `MOVING_IN=20000` moves a larger shop.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startRuntime, type Runtime } from '../../scripts/runtime.ts';
import type { ImportPage, ImportReport } from '../../schema/index.ts';
import { d1 } from '../../workers/d1.ts';
import type { Db } from '../../workers/db/db.ts';
import { joined, readPages } from '../../workers/receive/files/paging/in-browser.ts';
import { adminToken, token } from '../api/support.ts';
import { furnish, testSecret, till } from '../support/shop.ts';

const shopSize = Number(process.env['MOVING_IN'] ?? 2_000);

let runtime: Runtime;
let db: Db;
beforeAll(async () => {
  runtime = await startRuntime({ vars: { SEED: testSecret } });
  db = d1(await runtime.db());
  await furnish(db, {});
  await db.batch([token(adminToken, ['admin', 'pos'])]);
});
afterAll(async () => runtime.stop());

const members = Array.from({ length: shopSize }, (_, place) => ({
  id: `OLD${String(place)}`,
  phone: `139${String(place).padStart(8, '0')}`,
  points: (place * 7) % 1_000,
  principalFen: (place * 1_331) % 100_000,
  bonusFen: (place * 977) % 20_000,
}));
const yuan = (fen: number): string => (fen / 100).toFixed(2);
const text = [
  '会员编号,手机号,姓名,积分,储值本金,储值赠金',
  ...members.map((one) =>
    [one.id, one.phone, `会员${one.id}`, one.points, yuan(one.principalFen), yuan(one.bonusFen)].join(),
  ),
].join('\n');
const sumOf = (part: 'points' | 'principalFen' | 'bonusFen'): number =>
  members.reduce((sum, one) => sum + one[part], 0);
const sums = {
  members: shopSize,
  points: sumOf('points'),
  principalFen: sumOf('principalFen'),
  bonusFen: sumOf('bonusFen'),
  levels: {},
};

async function call(method: string, path: string, body: object, key?: string) {
  const answer = await fetch(`${runtime.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${adminToken}`,
      'content-type': 'application/json',
      ...(key && { 'idempotency-key': key }),
    },
    body: JSON.stringify(body),
  });
  return { status: answer.status, text: await answer.text() };
}

/** Whoever finds the shop too busy asks again. */
async function report(page: ImportPage, mode: string): Promise<ImportReport> {
  for (;;) {
    const { status, text: said } = await call(
      'POST',
      `/imports/page?kind=members&source=${till.id}&mode=${mode}`,
      page,
    );
    if (status === 200) return JSON.parse(said);
    if (status < 500) throw new Error(said);
  }
}

async function each(pages: readonly ImportPage[], mode: string): Promise<ImportReport> {
  const reports: ImportReport[] = [];
  for (const page of pages) reports.push(await report(page, mode));
  const all = joined(reports, []);
  if (!all) throw new Error('a file has pages');
  return all;
}

async function untilCounted(pages: readonly ImportPage[]): Promise<ImportReport> {
  for (;;) {
    const found = await each(pages, 'preview');
    if (found.balances?.waiting === 0) return found;
    await new Promise((resolve) => {
      setTimeout(resolve, 500);
    });
  }
}

const ledgerSums = async (): Promise<Record<string, unknown>> => {
  const [found] = await db.batch([
    { sql: `SELECT account, sum(delta) AS sum FROM ledger GROUP BY account`, params: [] },
  ]);
  return Object.fromEntries((found?.rows ?? []).map(({ account, sum }) => [String(account), sum]));
};

test(`${String(shopSize)} members move in: the books hold what the file says, to the fen, also when it is sent twice`, async () => {
  const paged = await readPages('members', new Uint8Array(new TextEncoder().encode(text)), 'Asia/Shanghai');
  if ('fault' in paged) throw new Error(paged.fault);
  const began = performance.now();
  const seconds = (): string => `${((performance.now() - began) / 1_000).toFixed(1)} s`;
  expect((await each(paged.pages, 'preview')).balances).toMatchObject({
    file: sums,
    counted: { members: 0 },
  });
  await each(paged.pages, 'commit');
  const taken = seconds();
  const after = await untilCounted(paged.pages);
  console.info(`${String(shopSize)} members: taken in after ${taken}, counted after ${seconds()}`);
  expect(after.balances).toEqual({ file: sums, counted: sums, waiting: 0 });
  expect(await each(paged.pages, 'commit')).toMatchObject({ fresh: 0, changed: 0, unchanged: shopSize });
  const books = { points: sums.points, principal: sums.principalFen, bonus: sums.bonusFen };
  expect(await ledgerSums()).toEqual(books);
  const [first] = await db.batch([
    { sql: `SELECT member_id AS id FROM identities WHERE key = 'ext:pos:OLD99'`, params: [] },
  ]);
  const id = String(first?.rows[0]?.['id']);
  const body = { spendNo: 'S1', payableFen: 5_000, amountFen: 5_000, store: '8005', source: till.id };
  expect(await call('POST', `/members/${id}/stored-value/spends`, body)).toMatchObject({ status: 201 });
  expect(await call('POST', `/members/${id}/spendings`, { points: 600 }, 'P1')).toMatchObject({
    status: 201,
  });
  expect(await ledgerSums()).toEqual({
    ...books,
    points: books.points - 600,
    principal: books.principal - 5_000,
  });
}, 900_000);
