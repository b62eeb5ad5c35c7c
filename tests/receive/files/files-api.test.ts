/** 导入接口: a file as a body, a report as an answer; admin alone may, and what is too large is refused early. */
import { expect, test } from 'vitest';
import { api } from '../../../workers/api/index.ts';
import { apiFiles } from '../../../workers/api/openapi/files.ts';
import { files } from '../../../workers/receive/files/index.ts';
import { readRow, matchHeader } from '../../../workers/receive/files/columns.ts';
import { fileKinds } from '../../../workers/receive/files/kinds.ts';
import { senders } from '../../../workers/receive/senders.ts';
import { adminToken, posToken, token } from '../../api/support.ts';
import { misbehaving } from '../../support/faults.ts';
import { inboxRows, openShop, saleRows, till, type Shop } from '../../support/shop.ts';
import type { Db } from '../../../workers/db/db.ts';

const sales =
  '订单号,销售时间,门店,条码,数量,金额\nT1,2026-11-22 14:59,8005,6901,1,103.60\nT2,错,8005,6901,1,1';

type Desk = {
  readonly shop: Shop;
  readonly ask: (path: string, body?: BodyInit, bearer?: string) => Promise<Response>;
};

async function desk(through: (db: Db) => Db = (db) => db): Promise<Desk> {
  const shop = await openShop();
  await shop.db.batch([token(adminToken, ['admin']), token(posToken, ['pos'])]);
  const app = api({
    db: through(shop.db),
    engine: shop.engine,
    doorbell: shop.receiver.doorbell,
    jobsBell: shop.jobsBell,
    clock: () => shop.clock.now,
    files,
    senders: { ...senders, renew: shop.receiver.sources.renew },
  });
  return {
    shop,
    ask: async (path, body, bearer = adminToken) =>
      app.request(`/v1/imports${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { authorization: `Bearer ${bearer}` },
        ...(body !== undefined && { body }),
      }),
  };
}

test('a file is looked at by default and taken in on request, and only then the bell is rung', async () => {
  const { shop, ask } = await desk();
  const looked = await ask(`?kind=sales&source=${till.id}`, sales);
  expect(looked.status).toBe(200);
  expect(await looked.json()).toMatchObject({
    mode: 'preview',
    fresh: 1,
    badRows: 1,
    errors: [{ line: 3, column: '销售时间' }],
  });
  expect([inboxRows(shop.db), shop.bells]).toEqual([[], []]);
  const taken = await ask(`?kind=sales&source=${till.id}&mode=commit`, sales);
  expect(await taken.json()).toMatchObject({ mode: 'commit', fresh: 1, badRows: 1, sample: [] });
  expect(inboxRows(shop.db)).toHaveLength(1);
  expect(shop.bells).toHaveLength(1);
});

test.each([
  ['no token', '?kind=sales&source=till', posToken.slice(1), 401, 'unauthorized'],
  ['a till’s token', '?kind=sales&source=till', posToken, 403, 'insufficient_scope'],
  ['a kind that does not exist', '?kind=cats&source=till', adminToken, 422, 'invalid'],
  ['no source', '?kind=sales', adminToken, 422, 'invalid'],
  ['a source nobody registered', '?kind=sales&source=x', adminToken, 422, 'invalid'],
])('%s is refused and nothing is stored', async (_, query, bearer, status, code) => {
  const { shop, ask } = await desk();
  const response = await ask(`${query}&mode=commit`, sales, bearer);
  expect([response.status, await response.json()]).toMatchObject([status, { code }]);
  expect(inboxRows(shop.db)).toEqual([]);
});

test('six megabytes are refused with 413, also when nobody says how long the body is', async () => {
  const { ask } = await desk();
  const chunk = new Uint8Array(1_000_000).fill(65);
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      sent += 1;
      controller.enqueue(chunk);
    },
  });
  // Node asks for duplex where a body is a stream; workerd's types do not know it.
  const init: RequestInit & { readonly duplex: 'half' } = {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}` },
    body: endless,
    duplex: 'half',
  };
  const request = new Request('http://huike/v1/imports?kind=sales&source=till', init);
  const shop = await openShop();
  await shop.db.batch([token(adminToken, ['admin'])]);
  const app = api({
    db: shop.db,
    engine: shop.engine,
    doorbell: shop.receiver.doorbell,
    jobsBell: shop.jobsBell,
    clock: () => 0,
    files,
  });
  expect((await app.request(request)).status).toBe(413);
  expect(sent).toBeLessThan(10);
  expect((await ask('?kind=sales&source=till', new Uint8Array(6_000_000))).status).toBe(413);
});

test('a page of a file that was read elsewhere is taken like a file; one that is no page is refused', async () => {
  const { shop, ask } = await desk();
  const [header = [], ...rows] = sales.split('\n').map((line) => line.split(','));
  const page = {
    header,
    headerLine: 3,
    origin: '1900',
    rows: rows.map((cells, place) => ({ line: place + 4, cells })),
  };
  const send = (body: unknown, rest = '') =>
    ask(`/page?kind=sales&source=${till.id}${rest}`, JSON.stringify(body));
  expect(await (await send(page)).json()).toMatchObject({
    fresh: 1,
    errors: [{ line: 5, column: '销售时间' }],
  });
  expect(inboxRows(shop.db)).toEqual([]);
  expect(await (await send(page, '&mode=commit')).json()).toMatchObject({ mode: 'commit', fresh: 1 });
  expect([inboxRows(shop.db).length, shop.bells.length]).toEqual([1, 1]);
  const tooMany = Array.from({ length: 1001 }, (_, line) => ({ line: line + 1, cells: [] }));
  for (const wrong of [
    null,
    {},
    { ...page, rows: tooMany },
    { ...page, origin: '1970' },
    { ...page, more: 1 },
  ])
    expect((await send(wrong)).status).toBe(422);
  expect((await ask('/page')).status).toBe(405);
});

test('the template is a file to download', async () => {
  const { ask } = await desk();
  const response = await ask('/template?kind=members&format=csv');
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="huike-members.csv"');
  expect(new Uint8Array(await response.arrayBuffer()).slice(0, 3)).toEqual(Uint8Array.of(0xef, 0xbb, 0xbf));
});

test('a database that does not answer is an outage that may be tried again', async () => {
  let isDown = false;
  const { ask } = await desk(
    misbehaving((statements) =>
      isDown && statements.some(({ sql }) => sql.includes('imported')) ? 'down' : null,
    ),
  );
  isDown = true;
  const response = await ask('?kind=sales&source=till&mode=commit', sales);
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
});

test('the document and its page describe the calls that take files', async () => {
  const { 'openapi.json': document, 'docs.html': page } = await apiFiles();
  for (const word of ['"/v1/imports"', '"/v1/imports/page"', '"/v1/imports/template"', 'ignoredColumns'])
    expect(document).toContain(word);
  expect(page).toContain('/v1/imports/template');
});

test('every heading and every alias means one column of its kind', () => {
  for (const { columns } of Object.values(fileKinds)) {
    for (const { key, heading, aliases } of columns) {
      for (const name of [key, heading, ...aliases]) {
        const { columns: matched } = matchHeader(
          { header: [name], headerLine: 1, rows: [], origin: '1900', notes: [] },
          columns,
        );
        expect([name, matched[0]?.key]).toEqual([name, key]);
      }
    }
  }
});

test('the example row of every kind is read without an error', () => {
  for (const { columns } of Object.values(fileKinds)) {
    const cells = columns.map(({ example = '' }) => example);
    expect(
      readRow({ line: 2, cells }, columns, { zone: 'Asia/Shanghai', origin: '1900' }),
    ).not.toBeInstanceOf(Array);
  }
});

test('how a source numbers is said with a file: looking reckons with it, taking in keeps it, and back to less is refused', async () => {
  const { shop, ask } = await desk();
  const twoDays = 'T1,2026-11-21 14:59,8005,6901,1,100\nT1,2026-11-22 14:59,8005,6901,1,200';
  const upload = (rest: string, rows = twoDays) =>
    ask(`?kind=sales&source=${till.id}${rest}`, `订单号,销售时间,门店,条码,数量,金额\n${rows}`);
  const numberingOf = () => shop.db.all(`SELECT config ->> '$.numbering' AS n FROM sources`)[0]?.['n'];
  expect(await (await upload('')).json()).toMatchObject({ records: 0, suggestedNumbering: 'per-store-day' });
  const looked = await (await upload('&numbering=per-store-day')).json();
  expect(looked).toMatchObject({ records: 2, numbering: 'per-store-day', warnings: [] });
  expect(numberingOf()).toBe(null);
  expect(await (await upload('&numbering=per-store-day&mode=commit')).json()).toMatchObject({ fresh: 2 });
  await shop.work();
  expect(numberingOf()).toBe('per-store-day');
  expect(saleRows(shop.db).map(({ id }) => id)).toEqual(['pos:T1@8005/2026-11-21', 'pos:T1@8005/2026-11-22']);
  const back = await upload('&numbering=unique');
  expect([back.status, await back.json()]).toMatchObject([409, { code: 'numbering_is_fixed' }]);
  const members = await ask(`?kind=members&source=${till.id}&numbering=per-store`, '手机号\n13800000000');
  expect(await members.json()).toMatchObject({ status: 422, field: 'numbering' });
});
