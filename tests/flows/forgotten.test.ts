/** 清除个人信息: after somebody has left or asked to be forgotten, no table holds a word of theirs; the ledgers stay. */
import { expect, test } from 'vitest';
import { erasePage } from '../../workers/db/upkeep/erasures.ts';
import type { MemberJoined } from '../../schema/index.ts';
import { processGroup } from '../../workers/engine/process.ts';
import { events, openAccount } from '../support/account.ts';
import { rfc3339, sale } from '../support/builders.ts';
import { memberRows, openShop, type Shop } from '../support/shop.ts';
import type { TestDb } from '../support/sqlite.ts';
import { fillInbox } from '../support/inbox.ts';

/** Every place where one of the words still stands: table, column and word. */
function traces(db: TestDb, words: readonly string[]): string[] {
  const tables = db
    .all(`SELECT name FROM sqlite_master WHERE type = 'table'`)
    .map(({ name }) => String(name));
  return tables.flatMap((table) =>
    db
      .all(`SELECT * FROM ${table}`)
      .flatMap((row) =>
        Object.entries(row).flatMap(([column, value]) =>
          words
            .filter((word) => typeof value === 'string' && value.includes(word))
            .map((word) => `${table}.${column}: ${word}`),
        ),
      ),
  );
}

async function join(shop: Shop, openid: string, phone: string): Promise<void> {
  const event: MemberJoined = {
    type: 'member.joined',
    id: 'join-1' as MemberJoined['id'],
    namespace: '',
    occurredAt: shop.clock.now,
    openid,
    digests: [],
    unionid: null,
    phone,
    name: '张美丽',
    children: [{ born: '2026-01-02', isExpected: false }],
    birthdayOn: null,
    storeId: null,
    associateId: null,
    source: 'hospital',
  };
  await processGroup(shop.engine, [{ event, seq: null }], shop.clock.now);
}

const openid = 'oZhangMeili0123456789';
const phone = '13912345487';

async function aLife(): Promise<{ shop: Shop; account: ReturnType<typeof openAccount> }> {
  const shop = await openShop({
    settings: { shopName: '阳光母婴', publicUrl: 'https://x.example' } as never,
  });
  const account = openAccount(shop);
  await account.push(openid, events.follow('src_hospital'));
  await join(shop, openid, phone);
  await shop.tell(sale({ member: { externalId: 'M100200', phone, name: '张美丽' } }));
  await account.push(openid, events.say('我家宝宝拉肚子，换哪种奶粉'));
  return { shop, account };
}

const wipe = async (shop: Shop): Promise<number> => {
  let pages = 1;
  while (await erasePage(shop.engine.db, shop.clock.now)) pages += 1;
  return pages;
};

test('who unfollows leaves nothing that WeChat told; the phone the shop was given and 100 points stay', async () => {
  const { shop, account } = await aLife();
  expect(traces(shop.db, [openid]).length).toBeGreaterThan(3);
  await account.push(openid, events.unfollow);
  expect(traces(shop.db, [openid, '拉肚子'])).toEqual([]);
  expect(memberRows(shop.db)).toMatchObject([{ phone, orders: 1 }]);
  expect(shop.db.all(`SELECT balance FROM ledger WHERE account = 'points'`)).toEqual([{ balance: 100 }]);
});

test('the same unsubscribe delivered again changes nothing, and brings nothing back', async () => {
  const { shop, account } = await aLife();
  await account.push(openid, events.unfollow);
  expect((await account.push(openid, events.unfollow)).body).toBe('success');
  expect(traces(shop.db, [openid])).toEqual([]);
});

test('a WeChat account that is cancelled is forgotten like one that left, though WeChat itself is the sender', async () => {
  const { shop, account } = await aLife();
  await account.push('oSystemOfWeChat', {
    MsgType: 'event',
    Event: 'user_authorization_cancellation',
    OpenID: openid,
    AppID: 'wx1',
    RevokeInfo: '205',
  });
  expect(traces(shop.db, [openid])).toEqual([]);
});

test('a revoked authorization takes the raw copies; the member may still be written to', async () => {
  const { shop, account } = await aLife();
  await account.push('oSystemOfWeChat', {
    MsgType: 'event',
    Event: 'user_authorization_revoke',
    OpenID: openid,
    RevokeInfo: '205',
  });
  expect(traces(shop.db, [openid]).filter((trace) => trace.startsWith('inbox'))).toEqual([]);
  expect(shop.db.all(`SELECT openid FROM fans`)).toEqual([{ openid }]);
});

test('a deleted member is gone from every table, raw bodies and kept answers too; ledger and sales stay, without a name', async () => {
  const { shop } = await aLife();
  const words = [openid, phone, 'M100200', '张美丽', '拉肚子'];
  await shop.tell({
    type: 'member.deleted',
    id: 'd1',
    occurredAt: rfc3339('2026-11-23 10:00'),
    data: { phone },
  });
  expect(await wipe(shop)).toBe(1);
  expect(traces(shop.db, words)).toEqual([]);
  const [member] = memberRows(shop.db);
  expect(member).toMatchObject({
    name: null,
    phone: null,
    children: null,
    birthdayOn: null,
    source: null,
    orders: 1,
  });
  expect(shop.db.all(`SELECT balance FROM ledger WHERE account = 'points'`)).toEqual([
    { balance: 100 },
    { balance: 0 },
  ]);
  expect(shop.db.all(`SELECT count(*) AS n FROM sales`)).toEqual([{ n: 1 }]);
});

test('whoever asks while a pass is under way is looked for from the beginning of the next', async () => {
  const { shop } = await aLife();
  await shop.tell(sale({ orderNo: '9', member: { phone: '13800000001' } }));
  // Events enough for a second page.
  fillInbox(shop.db, 6_000, { receivedAt: 'number' });
  const forget = (id: string, data: object): Promise<void> =>
    shop.tell({ type: 'member.deleted', id, occurredAt: rfc3339('2026-11-23 10:00'), data });
  await forget('d1', { phone });
  expect(await erasePage(shop.engine.db, shop.clock.now)).toBe(true);
  await forget('d2', { phone: '13800000001' });
  expect(await wipe(shop)).toBeGreaterThan(2);
  expect(traces(shop.db, [phone, '13800000001'])).toEqual([]);
  expect(shop.db.all(`SELECT * FROM erasures`)).toEqual([]);
});
