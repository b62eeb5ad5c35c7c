import { expect, test } from 'vitest';
import { refund, rfc3339, sale } from '../../support/builders.ts';
import { inboxRows, rowCounts } from '../../support/shop.ts';
import { items, openOffice, pages } from '../support.ts';
import { fillInbox } from '../../support/inbox.ts';

test('events are found by state and by source', async () => {
  const { admin, shop } = await openOffice();
  await shop.tell(sale({ orderNo: 'A' }));
  await shop.tell({ type: 'ping', id: 'p1', occurredAt: rfc3339('2026-11-22 14:00') });
  await shop.tell(refund({ orderNo: 'later' }));
  await shop.tell({ ...sale({ orderNo: 'B' }), data: { orderNo: 'B' } });
  await shop.post(sale({ orderNo: 'C' }));
  const found = async (query: string) =>
    items(await admin('GET', `/events?${query}`)).map(({ senderId }) => senderId);
  expect(await found('state=done')).toEqual(['A-1']);
  expect(await found('state=ignored')).toEqual(['p1']);
  expect(await found('state=waiting')).toEqual(['refund-R1']);
  expect(await found('state=parked')).toEqual(['B-1']);
  expect(await found('state=received&source=till')).toEqual(['C-1']);
  expect(await found('source=till')).toHaveLength(5);
  expect(await found('source=elsewhere')).toEqual([]);
  expect((await admin('GET', '/events?state=lost')).json).toMatchObject({ status: 422, field: 'state' });
});

test('a page that had to look far may be empty and still go on', async () => {
  const { admin, shop } = await openOffice();
  await shop.tell({ type: 'ping', id: 'p1', occurredAt: rfc3339('2026-11-22 14:00') });
  fillInbox(shop.db, 12_000, { receivedAt: 0 });
  const all = await pages(admin, '/events?state=ignored', 50);
  expect(all.map((page) => page.map(({ senderId }) => senderId))).toEqual([[], [], ['p1']]);
});

test('pages of events do not shift when new ones arrive', async () => {
  const { admin, shop } = await openOffice();
  for (const orderNo of ['A', 'B', 'C', 'D']) await shop.tell(sale({ orderNo }));
  const first = await admin('GET', '/events?limit=2');
  await shop.tell(sale({ orderNo: 'E' }));
  const second = await admin('GET', `/events?limit=2&after=${String(first.json['next'])}`);
  expect([...items(first), ...items(second)].map(({ senderId }) => senderId)).toEqual([
    'D-1',
    'C-1',
    'B-1',
    'A-1',
  ]);
  expect(second.json['next']).toBeNull();
  expect((await admin('GET', '/events?after=nonsense')).json).toMatchObject({ status: 422, field: 'after' });
  expect((await admin('GET', '/events?limit=0')).json).toMatchObject({ status: 422, field: 'limit' });
  expect(items(await admin('GET', '/events?limit=9999'))).toHaveLength(5);
});

test('a parked event is told again and decided; one that was applied changes nothing', async () => {
  const { admin, shop } = await openOffice();
  await shop.tell(sale({ orderNo: 'A' }));
  await shop.tell({ ...sale({ orderNo: 'B' }), data: { orderNo: 'B' } });
  const [parked, done] = items(await admin('GET', '/events'));
  const rings = shop.bells.length;
  const again = await admin('POST', `/events/${String(parked?.['id'])}/replay`);
  expect(again.json).toMatchObject({ state: 'received', error: null, attempts: 0 });
  expect(shop.bells.length).toBe(rings + 1);
  expect((await admin('POST', `/events/${String(parked?.['id'])}/replay`)).json).toMatchObject({
    status: 409,
    code: 'already_pending',
  });
  await shop.work();
  expect(inboxRows(shop.db).map(({ state }) => state)).toEqual(['done', 'parked']);

  const before = rowCounts(shop.db);
  await admin('POST', `/events/${String(done?.['id'])}/replay`);
  await shop.work();
  // Who asked for it is written down.
  expect(rowCounts(shop.db)).toEqual({ ...before, audit_rows: 2 });
  expect((await admin('GET', `/events/${String(done?.['id'])}`)).json).toMatchObject({
    state: 'done',
    effects: { points: 100 },
  });
});

test('an unknown event is a 404', async () => {
  const { admin } = await openOffice();
  expect((await admin('GET', '/events/ev_none')).json).toMatchObject({ status: 404, code: 'unknown_event' });
  expect((await admin('POST', '/events/ev_none/replay')).json).toMatchObject({ code: 'unknown_event' });
});
