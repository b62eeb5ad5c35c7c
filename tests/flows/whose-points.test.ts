/** 谁的积分: one customer through till, account, pages and office: her points stay hers, and nobody else's become hers. */
import { expect, test } from 'vitest';
import { MerchantSettings } from '../../schema/index.ts';
import { campaign, sale, template } from '../support/builders.ts';
import { events, openAccount } from '../support/account.ts';
import { couponRows, memberId, memberRows, outboxRows } from '../support/shop.ts';
import { guide } from '../support/scenes.ts';
import { items, openOffice } from '../api/support.ts';
import { lastCode, logIn, openPages, ordinary, signUp, tokenIn, withSms, words } from '../pages/support.ts';

const phone = ordinary.phone;

async function openHouse() {
  const office = await openOffice({
    now: '2026-11-22 15:00',
    settings: withSms,
    associates: [guide('12', '小李')],
    // The till does not say whose openids it sends.
    config: { wechatAppId: undefined },
    templates: [template('新人券')],
    campaigns: [
      campaign('新人礼', {
        trigger: 'member.joined',
        conditions: [],
        rewards: [{ kind: 'coupon', templateId: '新人券', count: 1 }],
      }),
    ],
  });
  const pages = await openPages({ shop: office.shop });
  return { ...office, pages, account: openAccount(office.shop) };
}

test('served with another app’s openid, she registers, is bound by her own scan, moves to a new WeChat, and has one welcome gift', async () => {
  const { admin, shop, pages, account } = await openHouse();
  const member = { externalId: 'M1', phone, openid: 'oOfTheTillsProgram' };
  await shop.tell(sale({ orderNo: '1', member, associate: { id: 'g9', name: '收银小赵' } }));

  const before = pages.visitor();
  expect((await signUp(pages, before, { openid: 'oHers' })).status).toBe(303);
  expect(words(await before.get('/m/'))).toContain('积分 100');
  await account.push('oHers', events.scan('adv_12'));
  const id = memberId(shop.db, 'ext:pos:M1');
  expect((await admin('GET', `/members/${id}`)).json['associate']).toEqual({ id: '12', name: '小李' });

  shop.clock.now += 60_000;
  const now = pages.visitor();
  const asked = await signUp(pages, now, { openid: 'oHersNow' });
  expect(asked.status).toBe(409);
  const form = { ...ordinary, token: tokenIn(asked), code: lastCode(pages), rebind: 'yes' };
  expect((await now.post('/m/register', form)).status).toBe(303);
  expect((await before.get('/m/')).location).toBe('/m/register');
  expect(items(await admin('GET', `/members/${id}/contacts`))[0]).toMatchObject({ kind: 'rebound' });

  // She leaves, and comes back with another number: a member again, without a second gift.
  shop.clock.now += 60_000;
  await account.push('oHersNow', events.unfollow);
  await shop.work();
  const again = pages.visitor();
  expect((await signUp(pages, again, { openid: 'oHersNow', phone: '13800138000' })).status).toBe(303);
  expect([memberRows(shop.db).length, couponRows(shop.db).length]).toEqual([2, 1]);
});

test('a card for everybody is said to the shop, listed by the office, and from then on its sales are walk-ins', async () => {
  const { admin, shop } = await openHouse();
  for (let count = 0; count < 9; count += 1) {
    await shop.tell(sale({ orderNo: `W${String(count)}`, member: { cardNo: '000000' } }));
  }
  const alerts = items(await admin('GET', '/alerts')).filter(({ kind }) => kind === 'member.everybody');
  expect(alerts.map(({ text }) => String(text).includes('“000000”'))).toEqual([true]);
  const { json } = await admin('GET', '/settings');
  const settings = MerchantSettings.parse({ ...json, nobody: ['000000'] });
  expect((await admin('PUT', '/settings', { body: settings })).status).toBe(200);
  await shop.tell(sale({ orderNo: 'W9', member: { cardNo: '000000' } }));
  const everybody = memberId(shop.db, 'card:pos:000000');
  expect((await admin('GET', `/members/${everybody}`)).json['stats']).toMatchObject({ orders: 9 });
});

test('what the till says of a stranger lets nobody’s WeChat in, and sends them nothing', async () => {
  const { pos, shop, pages } = await openHouse();
  await shop.tell(sale({ orderNo: '1', member: { externalId: 'M1', phone } }));
  expect((await pos('POST', '/members', { body: { phone, openid: 'oCashier' } })).json).toMatchObject({
    status: 403,
    field: 'openid',
  });
  const cashier = pages.visitor();
  await logIn(pages, cashier, 'oCashier');
  expect((await cashier.get('/m/')).location).toBe('/m/register');
  await shop.tell(sale({ orderNo: '2', member: { externalId: 'M1', openid: 'oCashier' } }));
  expect(outboxRows(shop.db)).toEqual([]);
});
