/** K-56: 柜台卖预售券: sold by a cashier for ready money, once for each receipt, and paid back while it is not used. */
import { expect, test } from 'vitest';
import { at, rfc3339, sale, store, template } from '../../support/builders.ts';
import { couponRows, memberId } from '../../support/shop.ts';
import { words } from '../support.ts';
import { employ, openConsole, signInAs, type Console } from './support.ts';

const presale = {
  kind: 'presale',
  name: '618 预售券',
  priceFen: 1_000,
  saleFrom: rfc3339('2026-06-11 00:00'),
  saleTo: rfc3339('2026-06-18 00:00'),
  valueFen: 2_000,
  furtherFromFen: 61_800,
  furtherOffFen: 6_180,
  validity: { fixed: { from: rfc3339('2026-06-18 00:00'), to: rfc3339('2026-06-19 00:00') } },
};

async function open(): Promise<Console & { readonly own: string; readonly cashier: Console['owner'] }> {
  const opened = await openConsole({
    now: '2026-06-12 10:00',
    templates: [template('618', presale), template('满80减8')],
    stores: [store(), store({ id: 'S2' })],
  });
  await opened.shop.tell(
    sale({ orderNo: 'x', at: '2026-06-11 09:00', member: { externalId: 'M1', name: '周女士' } }),
  );
  const cashier = await signInAs(opened, await employ(opened, 'cashier', { storeIds: ['8005'] }));
  return { ...opened, cashier, own: `/console/members/${String(memberId(opened.shop.db, 'ext:pos:M1'))}` };
}

const asked = { templateId: '618', count: '2', storeId: '8005', saleNo: 'Y1' };
const codes = ({ shop }: Console) => couponRows(shop.db).map(({ state }) => state);

test('a cashier sells two on 06-12 and pays back both on 06-17; each act stands once in the audit', async () => {
  const opened = await open();
  const { own, cashier, send, shop } = opened;
  const form = words(await cashier.get(`${own}/vouchers`));
  expect(form).toContain('618 预售券（10 元）');
  expect(form).not.toContain('满80减8');
  for (const _ of [1, 2])
    expect((await send(`${own}/vouchers`, asked, cashier)).location).toBe(`${own}?said=voucher.sell`);
  expect(codes(opened)).toEqual(['issued', 'issued']);
  const other = words(await send(`${own}/vouchers`, { ...asked, count: '1' }, cashier));
  expect(other).toContain('这个小票号已经卖过别的券');
  shop.clock.now = at('2026-06-17 10:00');
  const back = await cashier.get(`${own}/voucher-refund`);
  expect(words(back)).toContain('20 元（没用、没用）');
  expect((await send(`${own}/voucher-refund`, { voucherSaleId: ':Y1' }, cashier)).location).toBe(
    `${own}?said=voucher.refund`,
  );
  expect(codes(opened)).toEqual(['revoked', 'revoked']);
  expect(words(await cashier.get(`${own}/voucher-refund`))).not.toContain('20 元');
});

test('on 06-18 it is not sold any more, on 06-19 its money is kept, and each answer says why', async () => {
  const { own, cashier, send, shop } = await open();
  await send(`${own}/vouchers`, asked, cashier);
  shop.clock.now = at('2026-06-18 10:00');
  const closed = words(await send(`${own}/vouchers`, { ...asked, saleNo: 'Y2' }, cashier));
  expect(closed).toContain('现在不卖这种券：2026-06-11 00:00 起、2026-06-18 00:00 前才卖。');
  shop.clock.now = at('2026-06-19 10:00');
  const kept = words(await send(`${own}/voucher-refund`, { voucherSaleId: ':Y1' }, cashier));
  expect(kept).toContain('过期，按规定过期不退');
});

test('nobody sells in a store that is not hers, and nothing of another member’s is paid back', async () => {
  const opened = await open();
  const { own, cashier, send, shop } = opened;
  expect((await send(`${own}/vouchers`, { ...asked, storeId: 'S2' }, cashier)).status).toBe(409);
  await send(`${own}/vouchers`, asked, cashier);
  await shop.tell(sale({ orderNo: 'y', at: '2026-06-11 09:00', member: { externalId: 'M2' } }));
  const other = `/console/members/${String(memberId(shop.db, 'ext:pos:M2'))}`;
  const refused = words(await send(`${other}/voucher-refund`, { voucherSaleId: ':Y1' }, cashier));
  expect(refused).toContain('没有这个小票号卖出的券');
  expect(codes(opened)).toEqual(['issued', 'issued']);
});
