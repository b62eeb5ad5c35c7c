/** 标准单据的示例, told as a till tells them: each is taken, read, and does what its description says. */
import { expect, test } from 'vitest';
import { canonicalTypes } from '../../../schema/index.ts';
import type { EventType } from '../../../workers/api/openapi/events/define.ts';
import { eventExample } from '../../../workers/api/openapi/events/webhooks.ts';
import { template } from '../../support/builders.ts';
import { inboxRows, openShop } from '../../support/shop.ts';

/** What an example stands on: told before it, as another of its kind. */
const before: Partial<Record<EventType, readonly object[]>> = {
  'member.merged': [{ type: 'member.created', id: 'M1007', data: { externalId: 'M1007' } }],
  'member.deleted': [{ type: 'member.created', id: 'M1008', data: { externalId: 'M1008' } }],
  'sale.voided': [told('sale.completed', { orderNo: '8005-373' })],
  'stored_value.reversed': [told('stored_value.recharged', { rechargeNo: 'CZ8005-18' })],
};

function told(type: EventType, data: object): object {
  const example = eventExample(type);
  return { ...example, id: JSON.stringify(data), data: { ...(example['data'] as object), ...data } };
}

const vouchers = template('t_8f3k2m9q7w1x4z6b', {
  kind: 'presale',
  valueFen: 5000,
  priceFen: 2000,
  saleFrom: '2026-11-01T00:00:00+08:00',
  saleTo: '2026-12-01T00:00:00+08:00',
});

test('every example is answered 202, and is decided: none is parked, none waits', async () => {
  const shop = await openShop({ templates: [vouchers] });
  const became: Record<string, unknown> = {};
  for (const type of canonicalTypes) {
    const example = eventExample(type);
    await shop.tell(
      ...(before[type] ?? []).map((event) => ({ occurredAt: example['occurredAt'], ...event })),
    );
    const answer = await shop.post(example);
    expect([type, answer.status, answer.body['duplicate']]).toEqual([type, 202, false]);
    await shop.work();
    const row = inboxRows(shop.db).find(({ id }) => id === answer.body['eventId']);
    became[type] = row?.note === null ? row.state : row?.note;
    const again = await shop.post(example);
    expect([type, again.status, again.body['duplicate']]).toEqual([type, 200, true]);
  }
  const { ping, ...others } = became;
  expect(ping).toEqual({ code: 'PING' });
  expect(others).toEqual(Object.fromEntries(Object.keys(others).map((type) => [type, 'done'])));
});

test('an example that is only a test is stored, and nothing follows from it', async () => {
  const shop = await openShop();
  await shop.tell({ ...eventExample('sale.completed'), test: true });
  expect(inboxRows(shop.db).map(({ state, note }) => [state, note])).toEqual([['ignored', { code: 'TEST' }]]);
});
