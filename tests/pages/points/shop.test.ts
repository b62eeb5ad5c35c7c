/** 积分商城 on the member's phone and at the counter: what it costs, what she has, and one button that means it. */
import { expect, test } from 'vitest';
import { correctPoints } from '../../../workers/commands/members/correct-points.ts';
import { sale, store, template } from '../../support/builders.ts';
import { balanceOf, couponRows, ledgerRows, memberId } from '../../support/shop.ts';
import type { MemberId } from '../../../schema/index.ts';
import { logIn, openPages, tokenIn, words, type Answered } from '../support.ts';
import { employ, openConsole, signInAs } from '../console/support.ts';
import { insertItem } from '../../../workers/db/points/exchange-items.ts';
import { ExchangeItemId, ExchangeItemInput } from '../../../schema/index.ts';
import type { Shop } from '../../support/shop.ts';

const templates = [template('68', { name: '68 元券', valueFen: 6_800 }), template('玩具', { kind: 'gift' })];

const put = async ({ db, clock }: Shop, given: object): Promise<void> => {
  const definition = ExchangeItemInput.parse({ name: '68 元券', templateId: '68', points: 3_000, ...given });
  const row = { definition, exchanged: 0, limitCount: definition.stock, createdAt: clock.now };
  await db.batch(insertItem({ ...row, id: ExchangeItemId.parse('x_1') }));
};

/** A member who has so many points. */
async function earns(shop: Shop, points: number): Promise<MemberId> {
  await shop.tell(sale({ member: { externalId: 'M1', openid: 'oMember', name: '周女士' } }));
  const id = memberId(shop.db, 'ext:pos:M1') as MemberId;
  // Whatever the sale gave.
  const delta = points - balanceOf(shop.db, 'ext:pos:M1');
  await correctPoints(shop.engine, { key: 'k'.padEnd(26, '0'), memberId: id, delta }, shop.clock.now);
  return id;
}

const pointsMoved = ({ db }: Shop): number[] =>
  ledgerRows(db).flatMap(({ account, delta }) => (account === 'points' ? [delta] : []));

const fieldIn = ({ text }: Answered, name: string): string =>
  new RegExp(`name="${name}" value="([^"]+)"`).exec(text)?.[1] ?? '';

test('K-31: with 2,999 points the 68 yuan coupon says what is missing; with 3,000 it is asked once more and hers', async () => {
  const pages = await openPages({ templates });
  const { shop } = pages;
  await put(shop, {});
  const id = await earns(shop, 2_999);
  const visitor = pages.visitor();
  await logIn(pages, visitor, 'oMember');
  expect((await visitor.get('/m/')).text).toContain('href="/m/shop"');
  expect(words(await visitor.get('/m/shop'))).toContain('积分不够：要 3000 分，现在能用 2999 分。');
  await correctPoints(shop.engine, { key: 'l'.padEnd(26, '0'), memberId: id, delta: 1 }, shop.clock.now);
  const asked = await visitor.get('/m/shop/x_1');
  expect(words(asked)).toContain('要 3,000 积分，您现在可以用 3,000 积分，换了还剩 0 积分');
  const form = { token: tokenIn(asked), once: fieldIn(asked, 'once'), points: fieldIn(asked, 'points') };
  const [first, again] = [await visitor.post('/m/shop/x_1', form), await visitor.post('/m/shop/x_1', form)];
  expect([first.status, first.location]).toEqual([303, expect.stringMatching(/^\/m\/coupon\?of=/)]);
  expect(again.location).toBe(first.location);
  expect(pointsMoved(shop)).toEqual([100, 2_899, 1, -3_000]);
  expect(couponRows(shop.db)).toHaveLength(1);
});

test('a price that rose while she looked takes nothing and is shown', async () => {
  const pages = await openPages({ templates });
  const { shop } = pages;
  await put(shop, {});
  await earns(shop, 5_000);
  const visitor = pages.visitor();
  await logIn(pages, visitor, 'oMember');
  const asked = await visitor.get('/m/shop/x_1');
  shop.db.all(`UPDATE exchange_items SET definition = json_set(definition, '$.points', 4000)`);
  const form = { token: tokenIn(asked), once: fieldIn(asked, 'once'), points: fieldIn(asked, 'points') };
  const sent = await visitor.post('/m/shop/x_1', form);
  expect([sent.status, words(sent)]).toEqual([409, expect.stringContaining('价格变了：现在要 4000 分')]);
  expect(couponRows(shop.db)).toEqual([]);
});

test('without an item on the shelf no page leads to the shop', async () => {
  const pages = await openPages({ templates });
  await put(pages.shop, { enabled: false });
  await earns(pages.shop, 10);
  const visitor = pages.visitor();
  await logIn(pages, visitor, 'oMember');
  expect((await visitor.get('/m/')).text).not.toContain('/m/shop');
  expect(words(await visitor.get('/m/shop'))).toContain('现在没有可以兑换的');
});

test('K-32: a cashier exchanges the last toy for the member before her; the office undoes it, each once in the audit', async () => {
  const opened = await openConsole({ templates, stores: [store(), store({ id: 'S2' })] });
  const { shop, send, owner } = opened;
  const made = await send('/console/exchange-items/new', {
    name: '30 元玩具',
    templateId: '玩具',
    points: '500',
    stock: '1',
    enabled: 'yes',
  });
  expect(made.location).toBe('/console/exchange-items?said=created');
  const own = `/console/members/${await earns(shop, 800)}`;
  const cashier = await signInAs(opened, await employ(opened, 'cashier', { storeIds: ['8005'] }));
  const look = { act: 'look', member: own.slice('/console/members/'.length) };
  expect((await send('/console/redeem', look, cashier)).text).toContain(`href="${own}/exchange"`);
  const page = await cashier.get(`${own}/exchange`);
  expect(words(page)).toContain('30 元玩具（500 积分）');
  const [{ id: itemId } = { id: '' }] = shop.db.all(`SELECT id FROM exchange_items`) as { id: string }[];
  expect((await send(`${own}/exchange`, { itemId, storeId: '8005' }, cashier)).location).toBe(
    `${own}?said=exchanged`,
  );
  const more = await send(`${own}/exchange`, { itemId, storeId: '8005' }, cashier);
  expect(words(more)).toContain('换完了：一共 1 份，都被换走了。');
  const [{ id: exchangeId } = { id: '' }] = shop.db.all(`SELECT id FROM exchanges`) as { id: string }[];
  expect(words(await owner.get(`${own}/exchange-undo`))).toContain('30 元玩具');
  const undone = await send(`${own}/exchange-undo`, { exchangeId, reason: '换错了' });
  expect(undone.location).toBe(`${own}?said=points.exchange-undo`);
  expect(pointsMoved(shop)).toEqual([100, 700, -500, 500]);
  expect(couponRows(shop.db).map(({ state }) => state)).toEqual(['revoked']);
  const acts = shop.db.all(`SELECT act FROM audit_rows WHERE act LIKE 'points.%' ORDER BY rowid`);
  expect(acts).toEqual([{ act: 'points.exchange' }, { act: 'points.exchange-undo' }]);
});
