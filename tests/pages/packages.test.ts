/** K-60, A-24, J-17 on every face: sold and redeemed at a counter, seen on her phone, refunded by the office. */
import { expect, test } from 'vitest';
import { at } from '../support/builders.ts';
import { balanceOf, memberId } from '../support/shop.ts';
import { signInAs } from './console/support.ts';
import { openCounter, type Counter } from './counter-support.ts';
import { logIn, openPages, words, type Answered } from './support.ts';

type Here = Counter & { readonly own: string };

/** Ten 洗澡 at 50 each with two 抚触 for nothing, sold for 450 by the cashier to 王秀英. */
async function open(): Promise<Here> {
  const counter = await openCounter({});
  const { send, shop, cashier, owner } = counter;
  const form = {
    name: '洗澡次卡',
    'items~count': '2',
    'items[0].name': '洗澡',
    'items[0].count': '10',
    'items[0].unitPriceFen': '50',
    'items[1].name': '抚触',
    'items[1].count': '2',
    'items[1].unitPriceFen': '0',
    priceFen: '450',
    validDays: '30',
    enabled: 'yes',
  };
  expect((await send('/console/packages/new', form, owner)).location).toBe('/console/packages?said=created');
  const own = `/console/members/${memberId(shop.db, 'ext:pos:M1')}`;
  const [{ id: templateId } = {}] = shop.db.all('SELECT id FROM package_templates');
  const wish = { templateId: String(templateId), storeId: '8005', packageNo: 'K1' };
  for (const _ of [1, 2])
    expect((await send(`${own}/packages`, wish, cashier)).location).toBe(`${own}?said=package.sell`);
  expect(shop.db.all('SELECT id, used, count FROM packages')).toEqual([
    { id: 'package::K1', used: 0, count: 12 },
  ]);
  return { ...counter, own };
}

const codeIn = ({ shop }: Counter): string => String(shop.db.all('SELECT code FROM packages')[0]?.['code']);

/** The fields of the form that redeems this item. */
function formOf({ text }: Answered, item: string): Record<string, string> {
  const [, part = ''] = text.split(`data-item="${item}"`);
  const [form = ''] = /<form[\s\S]*?<\/form>/.exec(part) ?? [];
  const hidden = [...form.matchAll(/name="(\w+)" value="([^"]*)"/g)];
  return Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value]));
}

test('found by the end of her phone, 3 of 10 are redeemed by one touch however often it is tapped, seen on her phone, and undone', async () => {
  const here = await open();
  const { at: desk, cashier, shop } = here;
  const looked = await desk({ act: 'look', code: '5487' });
  expect(words(looked)).toContain('洗澡：还剩 10 次，共 10 次');
  const form = { ...formOf(looked, '洗澡'), times: '3' };
  const answers = await Promise.all([1, 2, 3].map(() => cashier.post('/console/redeem', form)));
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
  const done = await cashier.get(answers[0]?.location ?? '');
  expect(words(done)).toContain('已核销：洗澡次卡，现在还剩 洗澡 7/10、抚触 2/2。');

  const pages = await openPages({ shop });
  const phone = pages.visitor();
  await logIn(pages, phone, 'oWang');
  expect(words(await phone.get('/m/'))).toContain('套餐 还有 9 次');
  const seen = await phone.get('/m/packages');
  expect(words(seen)).toContain('洗澡次卡 有效期到 2026-12-21 洗澡 还剩 7 次 共 10 次');
  expect(seen.text).toContain(`data-code="${codeIn(here)}"`);
  expect(words(await phone.get('/m/leave'))).toContain('套餐里没用的 9 次');

  const [, use = ''] = /data-package-use="([^"]+)"/.exec(done.text) ?? [];
  for (const _ of [1, 2]) {
    const undone = await desk({ act: 'undo-package', use });
    expect(words(await cashier.get(undone.location ?? ''))).toContain(
      '已撤销：洗澡次卡，现在还剩 洗澡 10/10',
    );
  }
  expect(
    shop.db.all(`SELECT by, act FROM audit_rows WHERE act LIKE 'package.%' ORDER BY seq`).slice(-2),
  ).toEqual([
    { by: '小赵', act: 'package.redeem' },
    { by: '小赵', act: 'package.undo' },
  ]);
});

test('the code that she shows is the package alone; more than is left is refused with what there is, and so is one that is over', async () => {
  const here = await open();
  const { at: desk, cashier, shop } = here;
  const shown = await desk({ act: 'look', code: codeIn(here).toLowerCase() });
  expect(words(shown)).toContain('套餐：洗澡次卡');
  expect(words(shown)).not.toContain('王秀英');
  const many = await cashier.post('/console/redeem', { ...formOf(shown, '洗澡'), times: '11' });
  expect([many.status, words(many)]).toEqual([
    409,
    expect.stringContaining('“洗澡”不够：还剩 10 次，这次要用 11 次。'),
  ]);
  const none = await cashier.post('/console/redeem', { ...formOf(shown, '洗澡'), times: '一次' });
  expect([none.status, words(none)]).toEqual([422, expect.stringContaining('请写这次用几次')]);
  shop.clock.now = at('2026-12-22 09:00');
  const boss = await signInAs(here, here.boss);
  const late = await desk({ act: 'look', code: codeIn(here), store: '8005' }, boss);
  expect(words(late)).toContain('有效期到 2026-12-21，已过期；没用完的可以到店里退');
  const form = { act: 'redeem-package', package: 'package::K1', item: '洗澡', times: '1', store: '8005' };
  const refused = await desk(form, boss);
  expect([refused.status, words(refused)]).toEqual([
    409,
    expect.stringContaining('这张套餐 2026-12-22 00:00 过期，不能再用'),
  ]);
  expect(shop.db.all('SELECT used FROM packages')).toEqual([{ used: 0 }]);
});

test('the office refunds what is left, 450 − 3 × 50, as it was seen; what is used meanwhile is not paid', async () => {
  const here = await open();
  const { at: desk, cashier, owner, own, send, shop } = here;
  const before = await owner.get(`${own}/package-refund`);
  expect(words(before)).toContain('洗澡次卡（还剩 洗澡 10/10、抚触 2/2），退 450 元');
  const form = formOf(await desk({ act: 'look', code: '5487' }), '洗澡');
  await cashier.post('/console/redeem', { ...form, times: '3' });
  const hasty = { packageId: '45000/package::K1', storeId: '8005', reason: '顾客搬家' };
  expect(words(await send(`${own}/package-refund`, hasty, owner))).toContain('再确认一次：退给顾客 450元');
  expect(balanceOf(shop.db, 'ext:pos:M1', 'prepaid')).toBe(30000);
  const wish = { ...hasty, isSure: 'yes' };
  expect(words(await send(`${own}/package-refund`, wish, owner))).toContain('刚刚又用掉了一些，现在退 300元');
  const seen = { ...wish, packageId: '30000/package::K1' };
  for (const _ of [1, 2])
    expect((await send(`${own}/package-refund`, seen, owner)).location).toBe(`${own}?said=package.refund`);
  expect(balanceOf(shop.db, 'ext:pos:M1', 'prepaid')).toBe(0);
  const profile = words(await owner.get(own));
  expect(profile).toContain('已退 到 2026-12-21 450 退了 300');
  expect(profile).toContain('套餐和留存 0 次（件）');
  expect((await cashier.get(`${own}/package-refund`)).status).toBe(403);
});

test('J-17: the office sees how many pieces are held for her, and undoes after days what a till cannot any more', async () => {
  const here = await open();
  const { at: desk, cashier, owner, own, send, shop } = here;
  const form = formOf(await desk({ act: 'look', code: '5487' }), '抚触');
  const done = await cashier.post('/console/redeem', { ...form, times: '2' });
  expect(words(await owner.get(own))).toContain('套餐和留存 10 次（件）');
  shop.clock.now += 3 * 86_400_000;
  const signedIn = await signInAs(here, here.boss);
  const asked = await signedIn.get(`${own}/package-undo`);
  expect(words(asked)).toContain('洗澡次卡：抚触 2 次');
  const useId = decodeURIComponent(/redeemed=(.+)$/.exec(done.location ?? '')?.[1] ?? '');
  const wish = { useId, reason: '划错了人' };
  expect((await send(`${own}/package-undo`, wish, signedIn)).location).toBe(`${own}?said=package.undo`);
  expect(shop.db.all('SELECT used FROM packages')).toEqual([{ used: 0 }]);
});
