/** What every award kind promises to the campaigns that give it: whatever it is, it is counted, told, and taken back. */
import { describe, expect, test } from 'vitest';
import type { Amount } from '../../schema/index.ts';
import { isNothing } from '../../workers/decide/awards/define.ts';
import { awards } from '../../workers/decide/awards/index.ts';
import type { Config } from '../../workers/decide/config.ts';
import { rewards } from '../../workers/decide/rewards/index.ts';
import { campaign, line, refund, sale, template } from '../support/builders.ts';
import {
  balanceOf,
  couponRows,
  grantRows,
  ledgerFaults,
  ledgerRows,
  openShop,
  outboxRows,
  saleRows,
  tagsOf,
} from '../support/shop.ts';
import { forgotten } from '../support/registry.ts';

const m1 = 'ext:pos:M1';
const coupon = template('满80减8');

/** What the examples of all rewards come to, by kind. */
const examples = new Map<string, Amount>(
  rewards.flatMap(({ compile, example }) =>
    Object.entries(compile(example, 0).award({ times: 1, draw: (_label, min) => min })),
  ),
);

test('every file of the folder is in the list, each kind once, and some reward gives it', async () => {
  expect(await forgotten('workers/decide/awards', awards)).toEqual([]);
  const kinds = awards.map(({ kind }) => kind);
  expect(new Set(kinds).size).toBe(kinds.length);
  expect([...examples.keys()].toSorted()).toEqual(kinds.toSorted());
});

describe.each(awards)('$kind', ({ kind, empty, sum, costFen, worthFen, words }) => {
  const example = examples.get(kind) ?? empty;
  // What something costs may depend on the templates, and on nothing else of the configuration.
  const config = { templates: new Map([[coupon.id, coupon.definition]]) } as unknown as Config;

  test('added to nothing it stays what it is, and twice of it is more', () => {
    expect([isNothing(empty), sum(empty, example), sum(example, empty)]).toEqual([true, example, example]);
    expect(sum(example, example)).not.toEqual(example);
  });

  test('costs and is worth whole fen, twice as much when given twice', () => {
    for (const count of [costFen, worthFen]) {
      const once = count(example, config);
      expect(Number.isSafeInteger(once) && once >= 0).toBe(true);
      expect(count(sum(example, example), config)).toBe(once * 2);
    }
  });

  test('is told in Chinese, or not at all', () => {
    expect(words(320)).toMatch(/^$|\p{Script=Han}/u);
  });
});

describe.each(rewards)('a campaign for one sale that gives $label', ({ example }) => {
  const open = () =>
    openShop({
      settings: { tellSale: true },
      templates: [coupon],
      campaigns: [
        campaign('c', { conditions: [], limits: { total: 1, budgetFen: 100_000 }, rewards: [example] }),
      ],
    });
  const given = { member: { externalId: 'M1', openid: 'open-M1' }, lines: [line({ amountFen: 20_000 })] };
  const bought = sale(given);
  const slots = ({ db }: Awaited<ReturnType<typeof open>>) =>
    db.all(`SELECT used, spent_fen AS fen FROM campaign_counters`).map(({ used, fen }) => [used, fen]);

  test('gives nothing more when the sale is corrected without a change, and nothing to the next sale', async () => {
    const shop = await open();
    const holds = () => [ledgerRows(shop.db), couponRows(shop.db), tagsOf(shop.db, m1), outboxRows(shop.db)];
    await shop.tell(bought);
    const once = holds();
    await shop.tell(sale({ ...given, version: '2' }));
    expect(holds()).toEqual(once);
    await shop.tell(sale({ orderNo: '2', member: { externalId: 'M2' } }));
    expect(grantRows(shop.db).map(({ cause, times }) => [cause, times])).toEqual([['sale:pos:8005-372', 1]]);
    expect(slots(shop)).toEqual([[1, grantRows(shop.db)[0]?.costFen]]);
  });

  test('has its slot and its budget back when the sale comes back whole, and the member keeps nothing', async () => {
    const shop = await open();
    await shop.tell(bought);
    await shop.tell(refund());
    const balances = ledgerRows(shop.db).map(({ account }) => [account, balanceOf(shop.db, m1, account)]);
    expect(balances.filter(([, balance]) => balance !== 0)).toEqual([]);
    expect(couponRows(shop.db).filter(({ state }) => state !== 'revoked')).toEqual([]);
    expect(tagsOf(shop.db, m1)).toEqual([]);
    expect([slots(shop), ledgerFaults(shop.db)]).toEqual([[[0, 0]], []]);
    expect(saleRows(shop.db).map(({ points, growth }) => [points, growth])).toEqual([[0, 0]]);
  });
});
