import { expect, test } from 'vitest';
import { drain } from '../../../workers/deliver/drain.ts';
import { sale } from '../../support/builders.ts';
import { memberId } from '../../support/shop.ts';
import { deliveryOf, playWechat } from '../../support/wechat.ts';
import { items, openOffice, pages, type Office } from '../support.ts';

const withWechat = { externalId: 'M1', openid: 'oMember1' };

async function parkedMessage({ shop }: Office): Promise<void> {
  await shop.tell(sale({ member: withWechat }));
  shop.db.all(
    `UPDATE outbox SET state = 'parked', attempts = 5, last_error = '45015', channel = 'wechat', ended_at = 1`,
  );
}

test('messages are listed with their attempts and last error', async () => {
  const office = await openOffice();
  await parkedMessage(office);
  const [message] = items(await office.admin('GET', '/messages?state=parked'));
  expect(message).toMatchObject({
    id: '1',
    kind: 'sale-earned',
    memberId: memberId(office.shop.db, 'openid:oMember1'),
    state: 'parked',
    attempts: 5,
    lastError: '45015',
    channel: 'wechat',
    payload: { paidFen: 10_000, earned: { points: 100 } },
  });
  expect(items(await office.admin('GET', '/messages'))).toEqual([message]);
  expect(items(await office.admin('GET', '/messages?state=sent'))).toEqual([]);
});

test('a parked message is tried again with all its attempts, any other is not', async () => {
  const office = await openOffice();
  await parkedMessage(office);
  const { admin, shop } = office;
  const rings = shop.bells.length;
  const { json } = await admin('POST', '/messages/1/retry');
  expect(json).toMatchObject({
    state: 'pending',
    attempts: 0,
    dueAt: '2026-11-22T07:00:00.000Z',
    lastError: '45015',
  });
  expect(items(await admin('GET', '/messages?state=pending'))).toEqual([json]);
  expect(shop.bells.length).toBe(rings + 1);
  expect((await admin('POST', '/messages/1/retry')).json).toMatchObject({ status: 409, code: 'not_parked' });
  expect((await admin('POST', '/messages/2/retry')).json).toMatchObject({
    status: 404,
    code: 'unknown_message',
  });
  expect((await admin('POST', '/messages/x/retry')).json).toMatchObject({ status: 422, field: 'id' });
});

test('messages are paged newest first', async () => {
  const { admin, shop } = await openOffice();
  for (const orderNo of ['A', 'B', 'C']) await shop.tell(sale({ orderNo, member: withWechat }));
  expect((await pages(admin, '/messages', 2)).map((page) => page.map(({ id }) => id))).toEqual([
    ['3', '2'],
    ['1'],
  ]);
});

test('a message shows every channel that was thought of and not taken, with the reason, and no openid', async () => {
  const office = await openOffice();
  const { admin, shop } = office;
  await shop.tell(sale({ member: withWechat }));
  await drain(deliveryOf(shop, playWechat()), 10, shop.clock.now);
  const [message] = items(await admin('GET', '/messages'));
  expect(message).toMatchObject({
    state: 'parked',
    arrival: null,
    passedOver: [
      { channel: 'wechat-template', why: '没有为这种消息设置模板' },
      { channel: 'wechat-service', why: '48小时内没有互动，客服消息发不出去' },
      { channel: 'wechat-subscription', why: '没有为这种消息设置模板' },
    ],
  });
  expect(JSON.stringify(message)).not.toContain('oMember1');
  // Tried again by hand, everything is thought of anew.
  expect((await admin('POST', '/messages/1/retry')).json).toMatchObject({ state: 'pending', passedOver: [] });
});
