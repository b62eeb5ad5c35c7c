/** 可信程度: how far the request was believed stays with the event, and what is believed less may be limited a day (D-37). */
import { describe, expect, test } from 'vitest';
import type { InboxEvent, Source } from '../../schema/index.ts';
import { insertSet } from '../../workers/db/set.ts';
import { sources } from '../../schema/index.ts';
import { configCache } from '../../workers/db/world/config.ts';
import { sourceCache } from '../../workers/db/sources/sources.ts';
import type { Engine } from '../../workers/engine/engine.ts';
import { processEvent, processPending } from '../../workers/engine/process.ts';
import { receiveErp } from '../../workers/receive/hook.ts';
import { toInboxRows } from '../../workers/receive/files/rows.ts';
import { normaliseRows } from '../../workers/receive/normalise.ts';
import { at, refund, sale } from '../support/builders.ts';
import { requestOf, sourceOf } from '../support/erp/fixtures.ts';
import { changed, fixture, shopOf } from '../support/erp/tell.ts';
import { isWrite } from '../support/faults.ts';
import { inboxRows, openShop, type Shop } from '../support/shop.ts';
import { items, openOffice } from '../api/support.ts';
import { forgetDecisions } from '../support/inbox.ts';

describe('what the verifier found is kept with the event', () => {
  test.each([
    ['generic', 'sale', 'signed'],
    ['youzan', 'sale', 'signed'],
    ['pospal', 'sale', 'weak'],
    ['qimen', 'sale', 'weak'],
    ['shopify', 'sale', 'signed'],
    ['meituan', 'sale', 'weak'],
    ['yonyou', 'sale', 'signed'],
    ['feidu', 'sale', 'token'],
  ] as const)('%s: %s', async (adapter, name, trust) => {
    const given = fixture(adapter, name);
    const shop = await shopOf(sourceOf(given));
    await receiveErp(shop.receiver, requestOf(given, { now: shop.clock.now }), 'shop');
    expect(shop.db.all('SELECT DISTINCT trust FROM inbox')).toEqual([{ trust }]);
  });

  test('handed over while the database stalled, it is stored with it later', async () => {
    const given = fixture('feidu', 'sale');
    const shop = await shopOf(sourceOf(given));
    await shop.receiver.sources.get('shop', shop.clock.now);
    const down = { batch: () => Promise.reject(new Error('down')) };
    await receiveErp({ ...shop.receiver, db: down }, requestOf(given, { now: shop.clock.now }), 'shop');
    expect(shop.bells.flatMap(({ stalled }) => stalled ?? [])).toMatchObject([{ trust: 'token' }]);
  });

  test('what was asked for or read from a file was sent by nobody', async () => {
    const shop = await openShop();
    const raw = { senderId: 'x', type: 'ping', body: '{}' };
    await shop.db.batch((await toInboxRows('till', [raw], shop.clock.now)).inserts);
    expect(inboxRows(shop.db).map(({ trust }) => trust)).toEqual([null]);
  });

  test('the API shows it, in the list and in the event', async () => {
    const { admin, shop } = await openOffice();
    await shop.tell(sale());
    const [listed] = items(await admin('GET', '/events'));
    const { json } = await admin('GET', `/events/${String(listed?.['id'])}`);
    expect([listed?.['trust'], json['trust']]).toEqual(['signed', 'signed']);
  });
});

const limited = (max: number | null): Source => ({
  ...sourceOf(fixture('feidu', 'sale')),
  config: max === null ? {} : { effectsPerDayMax: max },
});

const ticket = (number: number) =>
  changed(fixture('feidu', 'sale'), ['"XS2026112200017"', `"XS-${String(number).padStart(3, '0')}"`]);

async function push(shop: Shop, ...numbers: readonly number[]): Promise<void> {
  for (const number of numbers) {
    const response = await receiveErp(
      shop.receiver,
      requestOf(ticket(number), { now: shop.clock.now }),
      'shop',
    );
    expect(await response.text()).toBe('success');
  }
}

const states = (shop: Shop): string =>
  inboxRows(shop.db)
    .map(({ state }) => state)
    .join(' ');
const notes = (shop: Shop): InboxEvent['note'][] => inboxRows(shop.db).map(({ note }) => note);

describe('a source that cannot sign and may bring about three events a day', () => {
  test('gets three sales of five decided; the others are acknowledged, kept and shown with what to do', async () => {
    const shop = await shopOf(limited(3));
    await push(shop, 1, 2, 3, 4, 5);
    await shop.work();
    expect(states(shop)).toBe('done done done parked parked');
    expect(notes(shop).at(-1)).toEqual({
      code: 'DAILY_CAP',
      sourceId: 'shop',
      date: '2026-11-22',
      max: 3,
    });
    expect(shop.db.all('SELECT count(*) AS n FROM sales')).toEqual([{ n: 3 }]);
  });

  test.each([1, 2, 250])('decided in groups of %d it is the same three', async (groupSize) => {
    const shop = await shopOf(limited(3));
    await push(shop, 1, 2, 3, 4, 5);
    await shop.work(groupSize);
    expect(states(shop)).toBe('done done done parked parked');
  });

  test('by two consumers at once it is three as well', async () => {
    const shop = await shopOf(limited(3));
    await push(shop, 1, 2, 3, 4, 5, 6, 7, 8);
    const lane = async (): Promise<void> => {
      const own = sourceCache(shop.engine.db);
      const engine: Engine = {
        ...shop.engine,
        config: configCache(shop.engine.db),
        normalise: (rows) => normaliseRows(rows, own),
      };
      while ((await processPending(engine, 2, shop.clock.now)) > 0);
    };
    await Promise.all([lane(), lane(), lane()]);
    expect(shop.db.all('SELECT count(*) AS n FROM sales')).toEqual([{ n: 3 }]);
    expect(
      states(shop)
        .split(' ')
        .filter((state) => state === 'parked'),
    ).toHaveLength(5);
  });

  test('the last place goes to one of two that are decided in the same moment', async () => {
    const shop = await shopOf(limited(1));
    const strangers = [1, 2].map((number) =>
      changed(ticket(number), ['"card_code"', '"no_card"'], ['"mobile"', '"no_mobile"']),
    );
    for (const one of strangers)
      await receiveErp(shop.receiver, requestOf(one, { now: shop.clock.now }), 'shop');
    const [first, second] = inboxRows(shop.db).map(({ id }) => id);
    let isMet = false;
    const slow: Engine = {
      ...shop.engine,
      db: {
        batch: async (statements) => {
          // The other one is decided between this one's reading and its writing.
          if (!isMet && isWrite(statements)) {
            isMet = true;
            await processEvent(shop.engine, second ?? '', shop.clock.now);
          }
          return shop.db.batch(statements);
        },
      },
    };
    await processEvent(slow, first ?? '', shop.clock.now);
    expect(states(shop)).toBe('parked done');
  });

  test('what changes nothing is not counted', async () => {
    const shop = await shopOf(limited(3));
    await push(shop, 1, 1, 2);
    const repeated = changed(ticket(1), ['"addtime":"1795330740"', '"addtime":"1795330741"']);
    await receiveErp(shop.receiver, requestOf(repeated, { now: shop.clock.now }), 'shop');
    await shop.work();
    await push(shop, 3, 4);
    await shop.work();
    expect(states(shop)).toBe('done done ignored done parked');
  });

  test('starts anew at midnight of its zone', async () => {
    const shop = await shopOf(limited(3));
    shop.clock.now = at('2026-11-22 23:59');
    await push(shop, 1, 2, 3, 4);
    shop.clock.now = at('2026-11-23 00:00');
    await push(shop, 5);
    await shop.work();
    expect(states(shop)).toBe('done done done parked done');
  });

  test('replaying does not get round the limit, not even on another day; raising it does', async () => {
    const shop = await shopOf(limited(3));
    await push(shop, 1, 2, 3, 4);
    await shop.work();
    const replay = async (): Promise<void> => {
      forgetDecisions(shop.db, `t.state = 'parked'`);
      await shop.work();
    };
    shop.clock.now = at('2026-11-23 09:00');
    await replay();
    expect(states(shop)).toBe('done done done parked');
    shop.db.all(`UPDATE sources SET config = '{"effectsPerDayMax":4}'`);
    await replay();
    expect(states(shop)).toBe('done done done done');
  });
});

test('without the setting nothing is limited, and a source that signs well is not limited by it', async () => {
  const free = await shopOf(limited(null));
  await push(free, 1, 2, 3, 4, 5);
  await free.work();
  expect(states(free)).toBe('done done done done done');
  const shop = await openShop();
  shop.db.all(`UPDATE sources SET config = '{"effectsPerDayMax":1}'`);
  await shop.tell(sale({ orderNo: '1' }), sale({ orderNo: '2' }), refund({ orderNo: '1' }));
  expect(states(shop)).toBe('done done done');
});

test('a limit costs a group one more round trip, and writes not a row', async () => {
  const shop = await shopOf(limited(30));
  for (const number of [1, 2]) {
    // The first sale of a new shop makes it known, and the second reads that once.
    await push(shop, number);
    await shop.work();
  }
  await push(shop, 3, 4);
  const before = { ...shop.db.counts };
  await processPending(shop.engine, 250, shop.clock.now);
  expect(shop.db.counts.batches - before.batches).toBe(4);
});

test('a limit that is no number is refused before it is saved', async () => {
  const { admin } = await openOffice();
  const body = { name: '飞度', adapter: 'generic', config: { effectsPerDayMax: 0 } };
  expect((await admin('PUT', '/sources/feidu', { body })).status).toBe(422);
});

test('the database refuses a trust that nobody has', async () => {
  const shop = await openShop();
  await shop.db.batch([insertSet(sources, [{ ...limited(1), id: 'other' }])]);
  await shop.post(sale());
  expect(() => shop.db.all(`UPDATE inbox SET trust = 'believed'`)).toThrow('inbox_trust');
});
