/** 品类: a campaign on one level of the tree is met, whichever level the till tells. */
import { expect, test } from 'vitest';
import { campaign, line, product, sale, spend } from '../../support/builders.ts';
import { balanceOf, openShop } from '../../support/shop.ts';

const file = product({ categoryPath: ['01', '0101', '010101'].map((id) => ({ id, name: id })) });

/** 50 points for a product of the category, beside the 100 of the sale itself. */
async function pointsOf(category: string, told: readonly string[]): Promise<number> {
  const conditions = [spend(1, { scope: 'category', ids: [category] })];
  const rewards = [{ kind: 'points' as const, points: 50 }];
  const shop = await openShop({
    campaigns: [campaign('on-category', { conditions, rewards })],
    products: [file],
  });
  await shop.tell(sale({ lines: [line({ categoryIds: [...told] })] }));
  return balanceOf(shop.db, 'ext:pos:M1');
}

test.each([
  ['the leaf, and the campaign is on the top', ['010101'], '01'],
  ['the leaf, and the campaign is on the middle', ['010101'], '0101'],
  ['the top, and the campaign is on the leaf', ['01'], '010101'],
  ['nothing, and the campaign is on the top', [], '01'],
  ['the leaf and a shelf of its own, and the campaign is on the shelf', ['010101', 'shelf'], 'shelf'],
  ['the leaf and a shelf of its own, and the campaign is on the top', ['010101', 'shelf'], '01'],
])('the till tells %s: 150 points', async (_, told, category) => {
  expect(await pointsOf(category, told)).toBe(150);
});

test.each([
  ['another category than the file, and the campaign is on the file’s', ['0202'], '01'],
  ['the leaf, and the campaign is on a neighbour', ['010101'], '0102'],
])('the till tells %s: 100 points', async (_, told, category) => {
  expect(await pointsOf(category, told)).toBe(100);
});
