/** K-34: 柜台办储值: a cashier tops up by a plan, takes what a bill may take, gives it back; the office calls off and pays out. */
import { expect, test } from 'vitest';
import { sale, store } from '../../support/builders.ts';
import { balanceOf, memberId } from '../../support/shop.ts';
import { words } from '../support.ts';
import { employ, openConsole, signInAs, type Console } from './support.ts';

const plan = { name: '充100送200', paidFen: 10_000, principalFen: 10_000, bonusFen: 20_000 };

async function open(): Promise<Console & { readonly own: string; readonly cashier: Console['owner'] }> {
  const opened = await openConsole({ stores: [store()] });
  const rules = {
    'storedValue.plans~count': '1',
    'storedValue.plans[0].name': plan.name,
    'storedValue.plans[0].paidFen': '100',
    'storedValue.plans[0].principalFen': '100',
    'storedValue.plans[0].bonusFen': '200',
    'storedValue.spendFirst': 'principal',
    'storedValue.ceilingPercent': '10',
  };
  expect((await opened.send('/console/settings/stored-value', rules)).location).toBe(
    '/console/settings/stored-value?said=saved',
  );
  await opened.shop.tell(sale());
  const cashier = await signInAs(opened, await employ(opened, 'cashier', { storeIds: ['8005'] }));
  return { ...opened, cashier, own: `/console/members/${memberId(opened.shop.db, 'ext:pos:M1')}` };
}
const held = ({ shop }: Console) => [
  balanceOf(shop.db, 'ext:pos:M1', 'principal'),
  balanceOf(shop.db, 'ext:pos:M1', 'bonus'),
];

test('a cashier tops up 100 for 300, takes 25.00 of a bill of 250.00, gives 5.00 back; the sums on the page add up', async () => {
  const opened = await open();
  const { own, cashier, send } = opened;
  expect(words(await cashier.get(`${own}/top-up`))).toContain(
    '充100送200（收 100 元，到账本金 100 元、赠送 200 元）',
  );
  const put = { plan: plan.name, storeId: '8005', rechargeNo: 'CZ1' };
  for (const _ of [1, 2])
    expect((await send(`${own}/top-up`, put, cashier)).location).toBe(`${own}?said=stored.top-up`);
  expect(held(opened)).toEqual([10_000, 20_000]);
  const bill = { payableFen: '250', storeId: '8005', spendNo: 'S1' };
  const tooMuch = words(await send(`${own}/spend`, { ...bill, amountFen: '25.01' }, cashier));
  expect(tooMuch).toContain('储值最多用 10%，这次可以用 25元，要用的是 25.01元。');
  expect((await send(`${own}/spend`, bill, cashier)).location).toBe(`${own}?said=stored.spend`);
  expect(held(opened)).toEqual([7_500, 20_000]);
  expect(words(await cashier.get(`${own}/spend-back`))).toContain('花 25 元，还能退 25 元（S1）');
  const back = { spendingId: 'spent::S1', amountFen: '5', storeId: '8005' };
  expect((await send(`${own}/spend-back`, back, cashier)).location).toBe(`${own}?said=stored.refund`);
  const page = words(await cashier.get(own));
  for (const line of ['累计充值（实收） 100 元', '赠送 200 元', '花掉 25 元', '退货退回 5 元'])
    expect(page).toContain(line);
  expect(page).toContain('剩下 280 元（本金 80 元，赠送 200 元）');
  const audit = opened.shop.db.all(`SELECT act FROM audit_rows WHERE act LIKE 'stored.%'`);
  expect(audit.map(({ act }) => act)).toEqual([
    'stored.top-up',
    'stored.top-up',
    'stored.spend',
    'stored.refund',
  ]);
});

test('paying out asks again with what is given up, and only then pays; a cashier may not', async () => {
  const opened = await open();
  const { own, cashier, send } = opened;
  await send(`${own}/top-up`, { plan: plan.name, storeId: '8005', rechargeNo: 'CZ1' });
  const out = { principalFen: '40', storeId: '8005', reason: '顾客搬家' };
  expect((await cashier.get(`${own}/cash-out`)).status).toBe(403);
  expect(words(await send(`${own}/cash-out`, out))).toContain(
    '再确认一次：退本金 40元，同时作废赠送 80元，不能恢复。',
  );
  expect(held(opened)).toEqual([10_000, 20_000]);
  expect((await send(`${own}/cash-out`, { ...out, isSure: 'yes' })).location).toBe(
    `${own}?said=stored.cash-out`,
  );
  expect(held(opened)).toEqual([6_000, 12_000]);
});

test('a top-up by mistake is called off with its reason while it is all there', async () => {
  const opened = await open();
  const { own, send } = opened;
  await send(`${own}/top-up`, { plan: plan.name, storeId: '8005', rechargeNo: 'CZ1' });
  expect((await send(`${own}/top-up-off`, { rechargeId: ':CZ1', reason: '充错了人' })).location).toBe(
    `${own}?said=stored.reverse`,
  );
  expect(held(opened)).toEqual([0, 0]);
});

test('at the counter the customer’s stored value is told with what this bill may take, and leads to the form', async () => {
  const opened = await open();
  const { own, cashier, send, shop } = opened;
  await send(`${own}/top-up`, { plan: plan.name, storeId: '8005', rechargeNo: 'CZ1' });
  const id = String(memberId(shop.db, 'ext:pos:M1'));
  const desk = await send('/console/redeem', { act: 'look', member: id, amount: '299.99' }, cashier);
  expect(words(desk)).toContain('储值还有 300 元，不用券的话这单可以用 29.99 元。 扣储值');
  expect(desk.text).toContain(`href="${own}/spend"`);
});

test('the owner puts a wrong balance right with a reason, once for its form; a manager may not', async () => {
  const opened = await open();
  const { own, send } = opened;
  const manager = await signInAs(opened, await employ(opened, 'manager', { storeIds: ['8005'] }));
  expect((await manager.get(`${own}/stored`)).status).toBe(403);
  const form = {
    way: 'add',
    principalFen: '300',
    bonusFen: '50.5',
    reason: '旧系统抄漏了',
    key: 'a'.repeat(26),
  };
  for (const _ of [1, 2])
    expect((await send(`${own}/stored`, form)).location).toBe(`${own}?said=stored.correct`);
  expect(held(opened)).toEqual([30_000, 5_050]);
  const back = { ...form, way: 'take', principalFen: '300.01', key: 'b'.repeat(26) };
  expect(words(await send(`${own}/stored`, back))).toContain('300');
  expect(held(opened)).toEqual([30_000, 5_050]);
  expect(words(await opened.owner.get(own))).toContain('更正 350.50 元');
  expect(words(await opened.owner.get(`${own}/ledger/principal`))).toContain('更正储值');
});
