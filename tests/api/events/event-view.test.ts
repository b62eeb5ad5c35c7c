import { expect, test } from 'vitest';
import * as z from 'zod';
import { receiveErp } from '../../../workers/receive/hook.ts';
import { rfc3339, sale } from '../../support/builders.ts';
import { items, openOffice } from '../support.ts';

const person = {
  externalId: 'M1001',
  phone: '13912345487',
  name: '陈小满',
  openid: 'oMemberChenXiaoman',
  unionid: 'uUnionChenXiaoman',
};
const personal = /13912345487|陈小满|oMemberChenXiaoman|uUnionChenXiaoman|林小雨|收银员甲/;

const personalSale = sale({
  orderNo: 'A',
  member: person,
  associate: { id: 'g7', name: '林小雨' },
  cashier: { id: 'c1', name: '收银员甲' },
});

test('an event shows as received, as understood and with what it brought about, without anything personal', async () => {
  const { admin, shop } = await openOffice();
  await shop.tell(personalSale);
  const [listed] = items(await admin('GET', '/events'));
  const { json } = await admin('GET', `/events/${String(listed?.['id'])}`);
  expect(json).toMatchObject({
    source: 'till',
    senderId: 'A-1',
    type: 'sale.completed',
    revision: 1,
    state: 'done',
    error: null,
    effects: { saleId: 'pos:A', points: 100 },
    receivedAt: '2026-11-22T07:00:00.000Z',
  });
  expect(JSON.stringify([listed, json])).not.toMatch(personal);
  expect(JSON.parse(String(json['body']))).toMatchObject({
    data: {
      store: { name: '天河店' },
      member: {
        externalId: 'M1001',
        phone: '139****5487',
        name: '陈**',
        openid: 'oMem****',
        unionid: 'uUni****',
      },
      cashier: { name: '收**' },
      lines: [{ sku: 'milk', quantity: '1' }],
    },
  });
  expect(json['canonical']).toMatchObject({
    type: 'sale.completed',
    saleId: 'pos:A',
    occurredAt: '2026-11-22T06:59:00.000Z',
    data: { member: { phone: '139****5487', name: '陈**' }, lines: [{ quantity: '1', amountFen: 10_000 }] },
  });
});

test('a member told bare or wrapped is masked alike', async () => {
  const { admin, shop } = await openOffice();
  const occurredAt = rfc3339('2026-11-22 14:00');
  await shop.tell({ type: 'member.created', id: 'm1', occurredAt, data: person });
  await shop.tell({
    type: 'member.updated',
    id: 'm2',
    occurredAt,
    data: { member: { ...person, level: '金卡' } },
  });
  await shop.tell({
    type: 'member.merged',
    id: 'm3',
    occurredAt,
    data: { from: { cardNo: '9' }, into: person },
  });
  for (const { id } of items(await admin('GET', '/events'))) {
    const { json } = await admin('GET', `/events/${String(id)}`);
    expect(JSON.stringify(json)).not.toMatch(personal);
    expect(String(json['body'])).toContain('139****5487');
  }
});

test('a form that came before there is a mapping shows its order number, and nothing personal', async () => {
  const { admin, shop } = await openOffice();
  const config = { verifier: { scheme: 'url-token' }, answer: { success: { body: 'SUCCESS' } } };
  const source = await admin('PUT', '/sources/plain', { body: { name: '收银', adapter: 'mapping', config } });
  const { address } = z.object({ address: z.url() }).parse(source.json['webhook']);
  const form = {
    billNo: 'A-2026-1',
    mobile: '+86 139-1234-5487',
    memberName: '陈小满',
    openid: 'oMemberChenXiaoman',
    receiver_address: '天河路1号',
    sign: 'c0ffee',
  };
  const body = new URLSearchParams(form);
  const answer = await receiveErp(shop.receiver, new Request(address, { method: 'POST', body }), 'plain');
  expect(answer.status).toBe(200);
  await shop.tell();
  const [listed] = items(await admin('GET', '/events?source=plain'));
  const { json } = await admin('GET', `/events/${String(listed?.['id'])}`);
  expect(JSON.stringify([listed, json])).toContain('A-2026-1');
  expect(decodeURIComponent(JSON.stringify([listed, json]).replaceAll('+', ' '))).not.toMatch(
    /139.?1234|陈小满|oMemberChen|天河路|c0ffee/,
  );
});
