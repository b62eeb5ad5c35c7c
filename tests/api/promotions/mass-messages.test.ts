/** 群发 through the API: asked for once, followed to its end, and stopped on the way. */
import { describe, expect, test } from 'vitest';
import { events, openAccount } from '../../support/account.ts';
import { follow, minute, openidAt, playMass } from '../../support/mass.ts';
import { items, openOffice, pages } from '../support.ts';

const words = { text: '双十二，奶粉满减', to: { all: true } };

async function open(followers = 25) {
  const office = await openOffice();
  await follow(office.shop, followers);
  return office;
}

test('a message is asked for, goes out within a minute, and WeChat says how many it reached', async () => {
  const office = await open();
  const { status, json } = await office.admin('POST', '/mass-messages', { body: words });
  expect([status, json]).toEqual([
    201,
    {
      id: expect.stringMatching(/^mm_/),
      text: '双十二，奶粉满减',
      mediaId: null,
      to: { kind: 'all', tag: null, group: null, storeId: null },
      state: 'waiting',
      note: null,
      at: '2026-11-22T07:00:00.000Z',
      createdAt: '2026-11-22T07:00:00.000Z',
      endedAt: null,
      recipients: 0,
      overLimit: 0,
      sent: 0,
      failed: 0,
      reported: 0,
      calls: [],
    },
  ]);
  await minute(office.shop, playMass(), { pagesPerTick: 20, pageMax: 20 });
  const account = openAccount(office.shop);
  await account.push('oSystem', {
    MsgType: 'event',
    Event: 'MASSSENDJOBFINISH',
    MsgID: '1000',
    Status: 'send success',
    TotalCount: 19,
    FilterCount: 18,
    SentCount: 17,
    ErrorCount: 1,
  });
  const after = await office.admin('GET', `/mass-messages/${String(json['id'])}`);
  expect(after.json).toMatchObject({
    state: 'done',
    endedAt: '2026-11-22T07:00:00.000Z',
    recipients: 25,
    sent: 17,
    failed: 2,
    reported: 19,
    calls: [
      {
        page: 0,
        recipients: 19,
        state: 'sent',
        attempts: 1,
        msgId: '1000',
        lastError: null,
        receipt: { status: 'send success', sent: 17, failed: 1, passedOver: 1 },
      },
      { page: 1, recipients: 6, state: 'sent', msgId: '1001', receipt: null },
    ],
  });
});

test('the same request twice is one message; the same key for another one is refused', async () => {
  const { admin } = await open();
  const headers = { 'idempotency-key': 'sale-1212' };
  const first = await admin('POST', '/mass-messages', { body: words, headers });
  const second = await admin('POST', '/mass-messages', { body: words, headers });
  expect(second.json).toEqual(first.json);
  expect(items(await admin('GET', '/mass-messages'))).toHaveLength(1);
  const other = await admin('POST', '/mass-messages', { body: { ...words, text: '别的' }, headers });
  expect([other.status, other.json['code']]).toEqual([409, 'idempotency_key_reused']);
});

describe('a message is refused', () => {
  const many = Array.from({ length: 5001 }, (_, index) => openidAt(index));
  test.each<[string, object, string]>([
    ['without words', { to: { all: true } }, 'text'],
    ['with both words and an article', { ...words, mediaId: 'm' }, 'text'],
    ['of 601 characters', { ...words, text: '奶'.repeat(601) }, 'text'],
    ['to nobody', { text: '好' }, 'to'],
    ['to two kinds of people at once', { ...words, to: { all: true, tag: '奶粉客' } }, 'to'],
    ['to 5001 openids', { ...words, to: { openids: many } }, 'to'],
    ['31 days ahead', { ...words, at: '2026-12-23T15:00:01+08:00' }, 'at'],
  ])('%s', async (_, body, field) => {
    const { admin } = await open(0);
    const { status, json } = await admin('POST', '/mass-messages', { body });
    expect([status, String(json['field']).split('.')[0]]).toEqual([422, field]);
    expect(items(await admin('GET', '/mass-messages'))).toEqual([]);
  });

  test('to a till', async () => {
    const { pos } = await open(0);
    expect((await pos('POST', '/mass-messages', { body: words })).status).toBe(403);
  });
});

test('5,000 openids of WeChat’s length fit into one request', async () => {
  const { admin } = await open(0);
  const openids = Array.from(
    { length: 5000 },
    (_, index) => `oUpF8uMuAJO_M2pxb1Q9zNj${String(10_000 + index)}`,
  );
  const { status, json } = await admin('POST', '/mass-messages', { body: { ...words, to: { openids } } });
  expect([status, json['to']]).toEqual([201, { kind: 'openids', tag: null, group: null, storeId: null }]);
});

test('a message for tomorrow can be stopped today, and what is stopped cannot be stopped again', async () => {
  const { admin, shop } = await open();
  const at = '2026-11-23T09:00:00+08:00';
  const { json } = await admin('POST', '/mass-messages', { body: { ...words, at } });
  const path = `/mass-messages/${String(json['id'])}/stop`;
  expect((await admin('POST', path)).json).toMatchObject({ state: 'stopped', note: '已手动停止' });
  const again = await admin('POST', path);
  expect([again.status, again.json['code']]).toEqual([409, 'already_ended']);
  shop.clock.now = Date.parse(at);
  const wechat = playMass();
  await minute(shop, wechat);
  expect(wechat.asked).toEqual([]);
});

test('stopped on the way, whoever was not written to keeps their four', async () => {
  const { admin, shop } = await open();
  const { json } = await admin('POST', '/mass-messages', { body: words });
  const wechat = playMass((_, place) => (place === 2 ? { taken: false, reply: { errcode: 45009 } } : null));
  await minute(shop, wechat);
  const stopped = await admin('POST', `/mass-messages/${String(json['id'])}/stop`);
  expect(stopped.json).toMatchObject({ state: 'stopped', recipients: 18 });
  expect((stopped.json['calls'] as { state: string }[]).map(({ state }) => state)).toEqual([
    'sent',
    'refused',
  ]);
  expect(shop.db.all(`SELECT sum(sent) AS n FROM mass_counters`)).toEqual([{ n: 9 }]);
});

test('messages are listed newest first, a page at a time; an unknown one is not there', async () => {
  const { admin, shop } = await open(0);
  for (const text of ['一', '二', '三']) {
    await admin('POST', '/mass-messages', { body: { ...words, text } });
    shop.clock.now += 1000;
  }
  const texts = (await pages(admin, '/mass-messages', 2)).map((page) => page.map(({ text }) => text));
  expect(texts).toEqual([['三', '二'], ['一']]);
  const { status, json } = await admin('GET', '/mass-messages/mm_none');
  expect([status, json['code']]).toEqual([404, 'unknown_mass_message']);
});

test('who has left is not among all', async () => {
  const { admin, shop } = await open(3);
  await openAccount(shop).push(openidAt(1), events.unfollow);
  await admin('POST', '/mass-messages', { body: words });
  const wechat = playMass();
  await minute(shop, wechat);
  expect(wechat.received()).toEqual({ [openidAt(0)]: 1, [openidAt(2)]: 1 });
});

describe('nobody is woken', () => {
  test.each([
    ['2026-11-22T23:30:00+08:00', '2026-11-23T01:00:00.000Z'],
    ['2026-11-23T06:00:00+08:00', '2026-11-23T01:00:00.000Z'],
    ['2026-11-22T21:00:00+08:00', '2026-11-23T01:00:00.000Z'],
    ['2026-11-22T20:59:00+08:00', '2026-11-22T12:59:00.000Z'],
    ['2026-11-23T09:00:00+08:00', '2026-11-23T01:00:00.000Z'],
  ])('what is asked for at %s goes out at %s, and the answer says so', async (asked, goesOut) => {
    const office = await open(0);
    const { json } = await office.admin('POST', '/mass-messages', { body: { ...words, at: asked } });
    expect(json['at']).toBe(goesOut);
  });
});
