/** 储值充值 through the whole shop: whatever is repeated, raced or lost on the way, the money is on the card once. */
import { expect, test } from 'vitest';
import { configCache } from '../../workers/db/world/config.ts';
import { sourceCache } from '../../workers/db/sources/sources.ts';
import type { Engine } from '../../workers/engine/engine.ts';
import { processPending } from '../../workers/engine/process.ts';
import { normaliseRows } from '../../workers/receive/normalise.ts';
import { recharge, sale } from '../support/builders.ts';
import { isWrite, misbehaving, type Fault } from '../support/faults.ts';
import { balanceOf, inboxRows, ledgerFaults, ledgerRows, openShop, type Shop } from '../support/shop.ts';
import { forgetDecisions } from '../support/inbox.ts';

const card = (shop: Shop, who: string) => [
  balanceOf(shop.db, `ext:pos:${who}`, 'principal'),
  balanceOf(shop.db, `ext:pos:${who}`, 'bonus'),
];

/** A consumer with caches of its own over the same database. */
function consumer({ engine }: Shop): Engine {
  const sources = sourceCache(engine.db);
  return {
    ...engine,
    config: configCache(engine.db),
    normalise: (rows) => normaliseRows(rows, sources),
  };
}

test('ten recharges, each told five times under other event ids, to three consumers at once, are ten', async () => {
  const shop = await openShop();
  const told = Array.from({ length: 50 }, (_, index) => {
    const number = index % 10;
    return recharge({
      id: `told-${index}`,
      rechargeNo: `CZ${number}`,
      member: { externalId: `M${number % 3}` },
      principalFen: 1_000 * (number + 1),
      bonusFen: 0,
    });
  });
  await Promise.all(told.map((body) => shop.post(body)));
  const lane = async (engine: Engine): Promise<void> => {
    while ((await processPending(engine, 4, shop.clock.now)) > 0);
  };
  await Promise.all([lane(consumer(shop)), lane(consumer(shop)), lane(consumer(shop))]);
  // M0 put in 1, 4, 7 and 10 times ten yuan, M1 2, 5 and 8, M2 3, 6 and 9.
  expect(['M0', 'M1', 'M2'].map((who) => card(shop, who))).toEqual([
    [22_000, 0],
    [15_000, 0],
    [18_000, 0],
  ]);
  const states = inboxRows(shop.db).map(({ state }) => state);
  expect([states.filter((state) => state === 'done'), states.filter((state) => state === 'ignored')]).toEqual(
    [Array.from({ length: 10 }, () => 'done'), Array.from({ length: 40 }, () => 'ignored')],
  );
  expect(ledgerFaults(shop.db)).toEqual([]);
});

test.each<Fault>(['reply-lost', 'down'])(
  'when the batch that puts the money on the card is %s, the next try ends with the same card',
  async (fault) => {
    let left = 1;
    const shop = await openShop({
      through: misbehaving((statements) => (isWrite(statements) && left-- > 0 ? fault : null)),
    });
    await shop.post(recharge(), sale());
    await expect(shop.work()).rejects.toThrow('Network connection lost');
    await shop.work();
    expect(card(shop, 'M1')).toEqual([50_000, 5_000]);
    expect(ledgerRows(shop.db).filter(({ cause }) => cause.startsWith('recharge:'))).toHaveLength(2);
    expect(balanceOf(shop.db, 'ext:pos:M1')).toBe(100);
  },
);

test('told again a year later, when the id of its event has been forgotten, the number still is not', async () => {
  const shop = await openShop();
  await shop.tell(recharge());
  forgetDecisions(shop.db);
  await shop.work();
  expect(card(shop, 'M1')).toEqual([50_000, 5_000]);
});
