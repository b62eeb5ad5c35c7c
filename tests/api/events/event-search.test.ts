import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { Value } from '../../../workers/db/db.ts';
import { at, refund, rfc3339, sale } from '../../support/builders.ts';
import type { Shop } from '../../support/shop.ts';
import type { TestDb } from '../../support/sqlite.ts';
import { items, openOffice, pages, type Client, type Json } from '../support.ts';
import { fillInbox } from '../../support/inbox.ts';

const senders = async (client: Client, query: string): Promise<unknown[]> =>
  items(await client('GET', `/events?${query}`)).map(({ senderId }) => senderId);

/** A till that stamps its sales with the hour in which they are sent. */
async function tellAt(shop: Shop, local: string, ...bodies: readonly object[]): Promise<void> {
  shop.clock.now = at(local);
  await shop.tell(...bodies);
}

async function spent(
  db: TestDb,
  action: () => Promise<unknown>,
): Promise<{ batches: number; statements: number }> {
  const before = { ...db.counts };
  await action();
  return {
    batches: db.counts.batches - before.batches,
    statements: db.counts.statements - before.statements,
  };
}

const byId = async (client: Client, sender: string): Promise<Json> => {
  const [found] = items(await client('GET', `/events?sender=${sender}`));
  return (await client('GET', `/events/${String(found?.['id'])}`)).json;
};

test('events of one day are found among a year of them, without looking at the rest', async () => {
  const { admin, shop } = await openOffice();
  await tellAt(shop, '2026-03-01 10:00', sale({ orderNo: 'spring', at: '2026-03-01 09:59' }));
  fillInbox(shop.db, 12_000, { receivedAt: at('2026-06-01 10:00') });
  await tellAt(shop, '2026-11-22 15:00', sale({ orderNo: 'winter' }));
  const march = `from=${encodeURIComponent(rfc3339('2026-03-01 00:00'))}&to=${encodeURIComponent(rfc3339('2026-03-02 00:00'))}`;
  const answer = await admin('GET', `/events?${march}`);
  expect(items(answer).map(({ senderId }) => senderId)).toEqual(['spring-1']);
  expect(answer.json['next']).toBeNull();
  expect(await spent(shop.db, () => admin('GET', `/events?${march}`))).toEqual({ batches: 2, statements: 3 });
  expect(await senders(admin, `from=${encodeURIComponent(rfc3339('2026-11-22 14:00'))}`)).toEqual([
    'winter-1',
  ]);
  expect(await senders(admin, `to=${encodeURIComponent(rfc3339('2026-01-01 00:00'))}`)).toEqual([]);
});

test('the boundaries of a time range are exact to the millisecond', async () => {
  const { admin, shop } = await openOffice();
  await tellAt(shop, '2026-11-22 15:00', sale({ orderNo: 'A' }));
  await tellAt(shop, '2026-11-22 15:01', sale({ orderNo: 'B' }));
  await tellAt(shop, '2026-11-22 15:02', sale({ orderNo: 'C' }));
  const range = (from: string, to: string): string =>
    `from=${encodeURIComponent(rfc3339(from))}&to=${encodeURIComponent(rfc3339(to))}`;
  expect(await senders(admin, range('2026-11-22 15:01', '2026-11-22 15:02'))).toEqual(['B-1']);
  expect(await senders(admin, range('2026-11-22 15:00', '2026-11-22 15:03'))).toEqual(['C-1', 'B-1', 'A-1']);
});

test('by the sender’s id every revision is found, in one search of the ids', async () => {
  const { admin, shop } = await openOffice();
  await shop.tell(sale({ orderNo: 'A' }));
  fillInbox(shop.db, 12_000, { receivedAt: 0 });
  await shop.tell({ ...sale({ orderNo: 'A' }), data: { ...sale({ orderNo: 'A' }).data, terminal: '02' } });
  const found = items(await admin('GET', '/events?sender=A-1'));
  expect(found.map(({ revision }) => revision)).toEqual([2, 1]);
  expect(await senders(admin, 'sender=A-1&source=till&state=done')).toEqual(['A-1']);
  expect(await senders(admin, 'sender=A')).toEqual([]);
  expect(await spent(shop.db, () => admin('GET', '/events?sender=A-1&source=till'))).toEqual({
    batches: 2,
    statements: 2,
  });
});

test('an order tells its story from the hour it was made in: sale, refund, and what was said again', async () => {
  const { admin, shop } = await openOffice();
  fillInbox(shop.db, 12_000, { receivedAt: at('2026-10-01 10:00') });
  await tellAt(shop, '2026-11-22 15:00', sale({ orderNo: 'A' }), sale({ orderNo: 'B' }));
  await tellAt(shop, '2026-11-23 10:00', refund({ orderNo: 'A', id: 'back' }));
  const answer = await admin('GET', '/events?order=A');
  expect(items(answer).map(({ senderId }) => senderId)).toEqual(['A-1', 'back']);
  expect(answer.json['next']).toBeNull();
  expect((await pages(admin, '/events?order=A', 1)).flat().map(({ senderId }) => senderId)).toEqual([
    'A-1',
    'back',
  ]);
});

test('an order that never became a sale is found among what is parked', async () => {
  const { admin, shop } = await openOffice();
  await shop.tell({ ...sale({ orderNo: 'B' }), data: { orderNo: 'B' } });
  expect(await senders(admin, 'order=B&state=parked')).toEqual(['B-1']);
  expect((await admin('GET', '/events?order=B&sender=B-1')).json).toMatchObject({
    status: 422,
    field: 'order',
  });
});

test('events are found by type, by the code of their reason and by what the reason names', async () => {
  const { admin, shop } = await openOffice();
  await shop.tell(sale({ orderNo: 'A' }), {
    type: 'ping',
    id: 'p1',
    occurredAt: rfc3339('2026-11-22 14:00'),
  });
  await shop.tell({ ...sale({ orderNo: 'B' }), data: { orderNo: 'B' } });
  await shop.tell({ type: 'stock.moved', id: 's1', occurredAt: rfc3339('2026-11-22 14:00'), data: {} });
  expect(await senders(admin, 'type=ping')).toEqual(['p1']);
  expect(await senders(admin, 'state=parked&text=DATA.LINES')).toEqual(['B-1']);
  expect(await senders(admin, 'code=NOT_ACTED_ON')).toEqual(['s1']);
  expect(await senders(admin, 'code=NOT_ACTED_ON&text=Stock')).toEqual(['s1']);
  expect(await senders(admin, 'text=nothing%20like%20it')).toEqual([]);
  // What a reason calls its facts is no fact.
  expect(await senders(admin, 'text=faults')).toEqual([]);
  expect((await admin('GET', '/events?code=SOMEHOW')).json).toMatchObject({ status: 422, field: 'code' });
});

test.each([
  ['', 'SEARCH t USING INTEGER PRIMARY KEY (rowid<?)'],
  ['state=parked', 'SEARCH t USING INDEX decisions_parked (seq<?)'],
  ['state=waiting', 'SCAN t USING INDEX decisions_waiting'],
  ['state=done&type=ping', 'SEARCH t USING INTEGER PRIMARY KEY (rowid<?)'],
  ['type=ping&text=x', 'SEARCH t USING INTEGER PRIMARY KEY (rowid<?)'],
  ['order=A', 'SEARCH t USING INTEGER PRIMARY KEY (rowid>?)'],
  ['sender=A', 'SEARCH i USING INDEX inbox_id (id>? AND id<?)'],
  [
    `from=2026-11-22T00:00:00Z&to=2026-11-23T00:00:00Z`,
    'SEARCH t USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)',
  ],
])('GET /events?%s goes straight to where it looks', async (query, way) => {
  const sent = new Map<string, readonly Value[]>();
  const { admin, shop } = await openOffice({
    through: (db) => ({
      batch: (statements) => {
        for (const { sql, params } of statements) sent.set(sql, params);
        return db.batch(statements);
      },
    }),
  });
  sent.clear();
  await admin('GET', `/events?${query}`);
  const steps = [...sent].flatMap(([sql, params]) => shop.db.all(`EXPLAIN QUERY PLAN ${sql}`, ...params));
  const details = steps.map(({ detail }) => String(detail));
  expect(details).toContain(way);
  expect(details.filter((step) => /^SCAN (inbox|decisions|i|d|r|sales)\b/.test(step))).toEqual([]);
});

test('another revision says what it changed, and what was hidden stays hidden', async () => {
  const { admin, shop } = await openOffice();
  const first = sale({ orderNo: 'A', member: { externalId: 'M1', phone: '13912345487', name: '陈小满' } });
  const member = { externalId: 'M1', phone: '13999995487', name: '陈小美' };
  const second = {
    ...first,
    data: { ...first.data, member, terminal: '02', amounts: { paidFen: 9_900 } },
    sign: 'abc',
  };
  await shop.tell(first);
  await shop.tell(second);
  const json = await byId(admin, 'A-1');
  expect(json['revisions']).toMatchObject([{ revision: 1, state: 'done' }]);
  expect(json['diff']).toEqual([
    { path: 'data.member.phone', before: '"139****5487"', after: '"139****5487"' },
    { path: 'data.member.name', before: '"陈**"', after: '"陈**"' },
    { path: 'data.amounts.paidFen', before: '10000', after: '9900' },
    { path: 'data.amounts.shippingFen', before: '0', after: null },
    { path: 'data.terminal', before: null, after: '"02"' },
    { path: 'sign', before: null, after: '"****"' },
  ]);
  expect(JSON.stringify(json)).not.toMatch(/13912345487|13999995487|小满|小美|abc/);
  const earlier = (await admin('GET', `/events/${String((json['revisions'] as Json[])[0]?.['id'])}`)).json;
  expect(earlier).toMatchObject({ diff: null, revisions: [{ revision: 2 }] });
});

test('an event and all its revisions cost one round trip', async () => {
  const { admin, shop } = await openOffice();
  await shop.tell(sale({ orderNo: 'A' }));
  const { id } = await byId(admin, 'A-1');
  expect(await spent(shop.db, () => admin('GET', `/events/${String(id)}`))).toEqual({
    batches: 2,
    statements: 3,
  });
});

test.each([
  [sale({ orderNo: 'A' }), '已处理完成。'],
  [{ type: 'ping', id: 'p', occurredAt: rfc3339('2026-11-22 14:00') }, '这是一次连通测试，接口是通的。'],
  [{ type: 'stock.moved', id: 's', data: {} }, '“stock.moved”这类数据与会员营销无关：只存档，不处理。'],
  [{ ...sale({ orderNo: 'A' }), test: true }, '发送方把它标为测试数据：只存档，不处理。'],
  [refund({ orderNo: 'later' }), '它对应的销售单 pos:later 还没有到；一到就会自动处理。'],
])('%#: the shop reads why an event stands where it does', async (body, why) => {
  const { admin, shop } = await openOffice();
  await shop.tell(body);
  const [listed] = items(await admin('GET', '/events'));
  expect((await admin('GET', `/events/${String(listed?.['id'])}`)).json['why']).toBe(why);
});

test('what is wrong with a parked event is said in Chinese, with the field as the till knows it', async () => {
  const { admin, shop } = await openOffice();
  await shop.tell({ ...sale({ orderNo: 'B' }), data: { orderNo: 'B' } });
  const { why } = await byId(admin, 'B-1');
  expect(why).toMatch(/^内容有缺失或格式不对（data\.store：.+）。请让发送方改正，或补好映射后点“重放”。$/);
  await shop.tell(sale({ orderNo: 'C' }));
  await shop.tell(sale({ orderNo: 'C', id: 'again', lines: [{ sku: 'milk', quantity: '1', amountFen: 5 }] }));
  expect((await byId(admin, 'again'))['why']).toBe(
    '订单 C 的版本 1 收到了两份不同的内容，无法判断以哪份为准；请让收银系统把版本号加一后重发。',
  );
});

test('a request copied as curl is one a shell can read, with no secret or person in it', async () => {
  const { admin, shop } = await openOffice();
  const body = {
    ...sale({ orderNo: 'A', member: { phone: '13912345487' } }),
    token: 'static-secret',
    memo: "it's",
  };
  await shop.tell(body);
  const { curl } = await byId(admin, 'A-1');
  const text = String(curl);
  expect(text).toContain('"$HUIKE_URL/hooks/erp/till"');
  expect(text).not.toMatch(/13912345487|static-secret|whsec_/);
  // The shell hands back the very body that is shown: curl is replaced by something that prints its last argument.
  const printed = execFileSync('sh', ['-c', `curl() { for last; do :; done; printf %s "$last"; }\n${text}`]);
  expect(JSON.parse(String(printed))).toMatchObject({ id: 'A-1', token: '****', memo: "it's" });
});
