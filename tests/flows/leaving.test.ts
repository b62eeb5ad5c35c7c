/** 离开的时候: what people leave behind when they go late, come back at once, or were somebody else's record before. */
import { describe, expect, test } from 'vitest';
import type { Associate, Contact, MemberId, MerchantSettings } from '../../schema/index.ts';
import { erasePage } from '../../workers/db/upkeep/erasures.ts';
import { insertContact } from '../../workers/db/conversations/thread-messages.ts';
import { processPending } from '../../workers/engine/process.ts';
import { events, openAccount } from '../support/account.ts';
import { rfc3339, sale } from '../support/builders.ts';
import { inboxRows, memberRows, openShop, outboxRows, type Shop, type ShopSetup } from '../support/shop.ts';
import { isWrite } from '../support/faults.ts';

// As the database gives one back.
const guide = {
  id: 'g7',
  name: '小李',
  storeId: '8005',
  openid: null,
  wecomUserId: null,
} as unknown as Associate;

async function open(given: Partial<ShopSetup> = {}) {
  const settings = { shopName: '阳光母婴', publicUrl: 'https://huike.example' } as MerchantSettings;
  const shop = await openShop({ associates: [guide], settings, ...given });
  return { shop, account: openAccount(shop) };
}

const note = (memberId: string, text: string): Omit<Contact, 'seq'> => ({
  thread: memberId,
  memberId: memberId as MemberId,
  associateId: null,
  direction: 'note',
  channel: 'phone',
  kind: 'call',
  text,
  cause: 'note-1',
  at: 0,
  readAt: null,
});

const fansOf = (shop: Shop) => shop.db.all(`SELECT openid, associate_id AS associate FROM fans`);

async function forget(shop: Shop, phone: string): Promise<void> {
  const occurredAt = rfc3339('2026-11-23 10:00');
  await shop.tell({ type: 'member.deleted', id: `delete-${phone}`, occurredAt, data: { phone } });
  while (await erasePage(shop.engine.db, shop.clock.now));
}

/** Callbacks that are taken, while nobody is able to decide them. */
async function undecided(shop: Shop, act: () => Promise<unknown>): Promise<void> {
  const engine = shop.engine as { normalise: Shop['engine']['normalise'] };
  const { normalise } = engine;
  engine.normalise = () => Promise.reject(new Error('out of order'));
  await act();
  engine.normalise = normalise;
}

describe('an unsubscribe', () => {
  test('that is told late does not erase somebody who follows again', async () => {
    const { shop, account } = await open();
    const start = shop.clock.now;
    await account.push('oMa', events.follow());
    shop.clock.now = start + 60_000;
    await account.push('oMa', events.follow('adv_g7'));
    shop.clock.now = start + 30_000;
    await account.push('oMa', events.unfollow);
    expect(fansOf(shop)).toEqual([{ openid: 'oMa', associate: 'g7' }]);
  });

  test.each([250, 1])(
    'and a new follow that are decided together, %d at a time, end in following',
    async (size) => {
      const { shop, account } = await open();
      await account.push('oMa', events.follow());
      await undecided(shop, async () => {
        shop.clock.now += 1_000;
        await account.push('oMa', events.unfollow);
        shop.clock.now += 9_000;
        await account.push('oMa', events.follow('adv_g7'));
      });
      while ((await processPending(shop.engine, size, shop.clock.now)) > 0);
      expect(fansOf(shop)).toEqual([{ openid: 'oMa', associate: 'g7' }]);
      expect(outboxRows(shop.db).at(-1)).toMatchObject({ kind: 'reply', state: 'pending' });
    },
  );

  test('leaves the shop’s own notes about its member alone', async () => {
    const { shop, account } = await open();
    await shop.tell(sale({ member: { openid: 'oMa', phone: '13912345487' } }));
    const id = memberRows(shop.db)[0]?.id ?? '';
    await shop.engine.db.batch([insertContact(note(id, '周五来取奶粉'))]);
    await account.push('oMa', events.unfollow);
    expect(shop.db.all(`SELECT text FROM contacts`)).toEqual([{ text: '周五来取奶粉' }]);
  });

  test('of an associate ends the binding of their WeChat', async () => {
    const { shop, account } = await open({ associates: [{ ...guide, openid: 'oStaff' }] });
    await account.push('oStaff', events.unfollow);
    expect(shop.db.all(`SELECT openid FROM associates`)).toEqual([{ openid: null }]);
  });
});

describe('a deleted member', () => {
  test('whom only the till knew leaves no note behind', async () => {
    const { shop } = await open();
    await shop.tell(sale({ member: { externalId: 'M100200', phone: '13912345487' } }));
    const id = memberRows(shop.db)[0]?.id ?? '';
    await shop.engine.db.batch([insertContact(note(id, '宝宝湿疹'))]);
    await forget(shop, '13912345487');
    expect(shop.db.all(`SELECT text FROM contacts`)).toEqual([{ text: null }]);
  });

  test('takes along the record that was merged into theirs', async () => {
    const { shop } = await open();
    await shop.tell(
      sale({ orderNo: '1', member: { externalId: 'M100200', name: '张美丽' } }),
      sale({ orderNo: '2', member: { phone: '13912345487', name: '张小姐' } }),
      sale({ orderNo: '3', member: { externalId: 'M100200', phone: '13912345487' } }),
    );
    await forget(shop, '13912345487');
    expect(memberRows(shop.db).map(({ name, phone }) => [name, phone])).toEqual([
      [null, null],
      [null, null],
    ]);
    expect(JSON.stringify(outboxRows(shop.db))).not.toMatch(/张美丽|张小姐/);
  });

  test('with the till number 100200 does not take along order 20261122100200 of somebody else', async () => {
    const { shop } = await open();
    await shop.tell(sale({ orderNo: '20261122100200', member: { externalId: 'X1', phone: '13800000001' } }));
    await shop.tell(sale({ orderNo: 'Z9', member: { externalId: '100200', phone: '13912345487' } }));
    await forget(shop, '13912345487');
    const bodies = inboxRows(shop.db).map(({ body }) => body);
    expect(bodies[0]).toContain('20261122100200');
    expect(bodies[1]).toBe('');
  });
});

describe('an answer in place', () => {
  const claims = (sql: string): boolean => sql.includes(`channel = 'wechat-passive', attempts`);

  test('that another request has given is not given back by the one that was late', async () => {
    const held = Promise.withResolvers<void>();
    let isArmed = false;
    const { shop, account } = await open({
      through: (db) => ({
        batch: async (statements) => {
          if (isArmed && statements.some(({ sql }) => claims(sql))) {
            isArmed = false;
            await held.promise;
          }
          return db.batch(statements);
        },
      }),
    });
    isArmed = true;
    expect((await account.push('oMa', events.follow())).body).toBe('success');
    shop.clock.now += 5_100;
    expect((await account.repeat()).reply).not.toBeNull();
    held.resolve();
    await account.settled();
    expect(outboxRows(shop.db)).toMatchObject([{ state: 'sent', channel: 'wechat-passive' }]);
  });

  test('whose taking was written but never heard of is given back, and goes another way', async () => {
    let isArmed = false;
    const { shop, account } = await open({
      through: (db) => ({
        batch: async (statements) => {
          const results = await db.batch(statements);
          if (!isArmed || !statements.some(({ sql }) => claims(sql))) return results;
          isArmed = false;
          throw new Error('connection lost');
        },
      }),
    });
    isArmed = true;
    expect((await account.push('oMa', events.follow())).body).toBe('success');
    await account.settled();
    expect(outboxRows(shop.db)).toMatchObject([{ state: 'pending', channel: null }]);
  });
});

test('an act that was read before the code was scanned does not undo the binding', async () => {
  const [held, reached] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let isArmed = true;
  const { shop, account } = await open({
    through: (db) => ({
      batch: async (statements) => {
        if (isArmed && isWrite(statements)) {
          isArmed = false;
          reached.resolve();
          await held.promise;
        }
        return db.batch(statements);
      },
    }),
  });
  const said = account.push('oMa', events.say('在吗'));
  await reached.promise;
  await account.push('oMa', events.follow('adv_g7'));
  held.resolve();
  await said;
  expect(fansOf(shop)).toEqual([{ openid: 'oMa', associate: 'g7' }]);
});
