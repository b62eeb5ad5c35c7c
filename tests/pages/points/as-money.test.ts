/** 积分抵钱 where people see it: at the cashier's counter by touch, on the member's phone, and in the ledger of the office. */
import { expect, test } from 'vitest';
import { MerchantSettings, type MemberId } from '../../../schema/index.ts';
import { correctPoints } from '../../../workers/commands/members/correct-points.ts';
import { changeSettings } from '../../../workers/commands/shop/settings.ts';
import { refund, sale } from '../../support/builders.ts';
import { balanceOf, memberId, type Shop } from '../../support/shop.ts';
import { employ, signInAs } from '../console/support.ts';
import { openCounter, type Counter } from '../counter-support.ts';
import { logIn, openPages, words, type Answered } from '../support.ts';

const rules = (given: object): Partial<MerchantSettings> =>
  MerchantSettings.pick({ pointsAsMoney: true }).parse({ pointsAsMoney: { on: true, ...given } });

/** 王秀英 with 1,200 points. */
async function open(given: object = {}): Promise<Counter & { readonly id: MemberId }> {
  const counter = await openCounter({});
  const { shop } = counter;
  await changeSettings(shop.engine.db, rules(given));
  const id = memberId(shop.db, 'ext:pos:M1') as MemberId;
  const delta = 1_200 - balanceOf(shop.db, 'ext:pos:M1');
  await correctPoints(shop.engine, { key: 'k'.padEnd(26, '0'), memberId: id, delta }, shop.clock.now);
  shop.clock.now += 60_000;
  return { ...counter, id };
}

const look = ({ at }: Counter, amount = '128', orderNo = '') =>
  at({ act: 'look', code: '5487', amount, orderNo });

/** What stands in the form whose act this is. */
function formIn({ text }: Answered, act: string): Record<string, string> {
  const [form = ''] = text.split('<form').filter((one) => one.includes(`name="act" value="${act}"`));
  const fields = [...form.replace(/<\/form>.*/s, '').matchAll(/name="([^"]+)" value="([^"]*)"/g)];
  return Object.fromEntries(fields.map(([, name = '', value = '']) => [name, value]));
}
const balance = ({ shop }: { readonly shop: Shop }): number => balanceOf(shop.db, 'ext:pos:M1');
const audits = ({ shop }: Counter) =>
  shop.db.all(`SELECT by, act FROM audit_rows WHERE act LIKE 'points.pay%' ORDER BY seq`);

test('of 1,200 points the cashier takes 1,000 off a bill of 128, once however often it is tapped, and undoes it, once', async () => {
  const counter = await open();
  const looked = await look(counter);
  expect(words(looked)).toContain('积分 1,200');
  expect(words(looked)).toContain('最多用 1,200 分，抵 12 元，还收 116 元');
  const form = { ...formIn(looked, 'pay'), points: '1,000' };
  const taps = await Promise.all([1, 2, 3].map(() => counter.cashier.post('/console/redeem', form)));
  expect(taps.map(({ status }) => status)).toEqual([303, 303, 303]);
  expect(balance(counter)).toBe(200);
  const done = await counter.cashier.get(taps[0]?.location ?? '');
  expect(words(done)).toContain('用 1,000 积分抵 10 元，还收 118 元');
  for (const _ of [1, 2])
    expect((await counter.cashier.post('/console/redeem', formIn(done, 'unpay'))).status).toBe(303);
  expect(balance(counter)).toBe(1_200);
  expect(audits(counter)).toEqual([
    { by: '小赵', act: 'points.pay' },
    { by: '小赵', act: 'points.pay-undo' },
  ]);
  expect(words(await look(counter))).toContain('已撤销或退回');
});

test('with the number of the receipt the goods bring the points back, and the office reads why in the ledger', async () => {
  const counter = await open();
  await counter.cashier.post('/console/redeem', formIn(await look(counter, '100', 'S7'), 'pay'));
  expect(balance(counter)).toBe(0);
  await counter.shop.tell(sale({ orderNo: 'S7', member: { externalId: 'M1' } }));
  await counter.shop.tell(refund({ orderNo: 'S7', scope: 'full' }));
  expect(balance(counter)).toBe(1_200);
  const manager = await signInAs(counter, await employ(counter, 'owner', {}), counter.visitor());
  const ledger = words(await manager.get(`/console/members/${counter.id}/ledger/points`));
  expect(ledger).toContain('积分抵钱');
  expect(ledger).toContain('退货，退回抵钱的积分');
});

test('more than half of the bill, a number that is none, and no bill are said, and nothing is taken', async () => {
  const counter = await open({ ceilingBps: 5_000 });
  const looked = await look(counter, '10');
  expect(words(looked)).toContain('100 积分抵 1 元，每次用 100 分的整数倍，每单最多抵 50%');
  const form = formIn(looked, 'pay');
  const sent = async (given: object) =>
    words(await counter.cashier.post('/console/redeem', { ...form, ...given }));
  expect(await sent({ points: '600' })).toContain('这单 10元，最多用 500 分，抵 5元；要用的是 600 分。');
  expect(await sent({ points: '一百' })).toContain('请先查到会员，填好这单多少元和用多少积分。');
  expect(await sent({ amount: '' })).toContain('请先查到会员，填好这单多少元和用多少积分。');
  expect(words(await look(counter, ''))).toContain('要看能抵多少：请填这单多少元，再查一次。');
  expect(words(await look(counter, '1.50'))).toContain('这单现在不能用积分抵。');
  expect(balance(counter)).toBe(1_200);
});

test('another store’s cashier neither sees nor undoes it; where it is off there is nothing to see', async () => {
  const counter = await open();
  const paid = await counter.cashier.post('/console/redeem', formIn(await look(counter), 'pay'));
  const done = await counter.cashier.get(paid.location ?? '');
  const person = await employ(counter, 'cashier', { name: '小钱', storeIds: ['8006'] });
  const other = await signInAs(counter, person, counter.visitor());
  expect(words(await other.get(paid.location ?? ''))).not.toContain('积分抵 12 元');
  const { token: _, ...undo } = formIn(done, 'unpay');
  const refused = await counter.at(undo, other);
  expect([refused.status, words(refused).includes('这位会员没有为这一单用过积分')]).toEqual([409, true]);
  expect(balance(counter)).toBe(0);
  await changeSettings(counter.shop.engine.db, rules({ on: false }));
  expect((await look(counter)).text).not.toContain('用积分抵');
});

test('the member reads how her points pay, where the shop has it on, and nothing of it where not', async () => {
  for (const on of [true, false]) {
    const pages = await openPages({ settings: MerchantSettings.parse({ pointsAsMoney: { on } }) });
    await pages.shop.tell(sale({ member: { externalId: 'M1', openid: 'oMember' } }));
    const visitor = pages.visitor();
    await logIn(pages, visitor, 'oMember');
    const said = words(await visitor.get('/m/')).includes('到店结账时，100 积分抵 1 元');
    expect(said).toBe(on);
  }
});
