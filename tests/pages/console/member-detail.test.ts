/** 会员资料 (J-16, J-17): every number on it is exact and opens into the rows that it is the sum of. */
import { expect, test } from 'vitest';
import type { MemberId } from '../../../schema/index.ts';
import { correctPoints } from '../../../workers/commands/members/correct-points.ts';
import { yuanFigure } from '../../../workers/decide/plain/yuan.ts';
import { campaign, line, product, refund, sale } from '../../support/builders.ts';
import { couponRows, ledgerFaults, memberId } from '../../support/shop.ts';
import { postElsewhere } from '../../support/kept.ts';
import { openOffice } from '../../api/support.ts';
import { template } from '../../support/builders.ts';
import { words, withSms } from '../support.ts';
import { employ, openConsole, signInAs } from './support.ts';

const buyer = { externalId: 'M1', openid: 'oMother', name: '周女士', phone: '13912345487' };

test('J-16: 68555.87 − 9488 = 59067.87, on the page, over the API and in the rows, and never 59067.869999999995', async () => {
  expect(68_555.87 - 9_488).toBe(59_067.869_999_999_995);
  expect(yuanFigure(6_855_587 - 948_800)).toBe('59067.87');
  const office = await openOffice({ settings: withSms });
  const { owner } = await openConsole({ shop: office.shop });
  const { shop } = office;
  await shop.tell(sale({ member: buyer, lines: [line({ amountFen: 6_855_587 })] }));
  await shop.tell(refund({ lines: [line({ lineNo: '1', quantity: '0.1', amountFen: 948_800 })] }));
  const id = memberId(shop.db, 'ext:pos:M1') as MemberId;
  postElsewhere(shop.db, id, 'wallet', 6_855_587);
  postElsewhere(shop.db, id, 'wallet', -948_800);
  const own = `/console/members/${id}`;
  expect(words(await owner.get(own))).toContain('余额 59,067.87 元');
  expect(words(await owner.get(own))).toContain('消费 59,067.87 元 · 1 笔 · 最近 11-22 14:59');
  const ledger = words(await owner.get(`${own}/ledger/wallet`));
  expect(ledger).toContain('现在：59,067.87 元。累计得到 68,555.87 元，减少 9,488 元');
  const { json } = await office.admin('GET', `/members/${id}`);
  expect(json).toMatchObject({ accounts: { wallet: 5_906_787 }, stats: { spentFen: 5_906_787 } });
});

test('J-16: points are whole: 68,555 received, 9,488 given for goods, 59,067 left, by page and by API', async () => {
  const office = await openOffice({ settings: withSms });
  const { owner } = await openConsole({ shop: office.shop });
  const { shop } = office;
  await shop.tell(sale({ member: buyer, lines: [line({ amountFen: 6_855_587 })] }));
  const memberIdOf = memberId(shop.db, 'ext:pos:M1') as MemberId;
  const asked = { key: 'k'.padEnd(26, '0'), memberId: memberIdOf, delta: -9_488 };
  await correctPoints(shop.engine, asked, shop.clock.now);
  const page = words(await owner.get(`/console/members/${memberIdOf}`));
  expect(page).toContain('积分 59,067');
  expect(page).toContain('累计积分 68,555 − 已用、收回和到期 9,488 = 现有 59,067');
  const { json } = await office.admin('GET', `/members/${memberIdOf}`);
  expect(json).toMatchObject({ points: 59_067, pointsEarned: 68_555, pointsUsed: 9_488 });
  expect(ledgerFaults(shop.db)).toEqual([]);
});

const giving = {
  templates: [template('8元券')],
  campaigns: [
    campaign('每单送券', { conditions: [], rewards: [{ kind: 'coupon', templateId: '8元券', count: 60 }] }),
  ],
  products: [
    product({ sku: '6901234', name: '牧童A2奶粉3段' }),
    product({ sku: '6902101', name: '云绵纸尿裤L' }),
  ],
};

test('J-16: how often and when she was spoken with, what she bought and which coupons she could use: each opens into its rows', async () => {
  const opened = await openConsole(giving);
  const { shop, owner, send } = opened;
  await shop.tell(sale({ member: buyer, lines: [line({ sku: '6901234' })] }));
  const own = `/console/members/${memberId(shop.db, 'ext:pos:M1')}`;
  for (const text of ['问过奶粉', '约了周六']) await send(`${own}/note`, { kind: 'call', text });
  const { text } = await owner.get(own);
  expect(words({ text })).toContain('沟通 2 次 · 最近 11-22 15:00');
  expect(words({ text })).toContain('能用的券 60 张');
  for (const path of ['ledger/points', 'ledger/wallet', 'ledger/growth', 'sales', 'coupons'])
    expect(text).toContain(`href="${own}/${path}"`);
  expect(text).toContain(`href="${own.replace('members', 'talks')}"`);
  const cashier = await signInAs(opened, await employ(opened, 'cashier', { storeIds: ['8005'] }));
  expect((await cashier.get(own)).text).not.toContain('/console/talks/');
});

test('all of her sixty coupons are on two pages, and no address holds a code', async () => {
  const { shop, owner } = await openConsole(giving);
  await shop.tell(sale({ member: buyer }));
  const own = `/console/members/${memberId(shop.db, 'ext:pos:M1')}`;
  const codes = couponRows(shop.db).map(({ id }) => id as string);
  const first = await owner.get(`${own}/coupons`);
  const next = /href="([^"]+\/coupons\?before=[^"]+)"/.exec(first.text)?.[1] ?? '';
  const second = await owner.get(next);
  const shown = [first, second].flatMap(({ text }) =>
    [...text.matchAll(/<code>(\w+)<\/code>/g)].map(([, code = '']) => code),
  );
  expect(shown.toSorted()).toEqual(codes.toSorted());
  const addresses = [...(first.text + second.text).matchAll(/href="([^"]+)"/g)].map(([, href = '']) => href);
  expect(addresses.filter((href) => codes.some((code) => href.includes(code)))).toEqual([]);
});

test('J-17: her purchases are found by a product’s name or code', async () => {
  const { shop, owner } = await openConsole(giving);
  await shop.tell(
    sale({ orderNo: 'A', member: buyer, lines: [line({ sku: '6901234' })] }),
    sale({ orderNo: 'B', member: buyer, lines: [line({ sku: '6902101', quantity: '2' })] }),
  );
  const list = `/console/members/${memberId(shop.db, 'ext:pos:M1')}/sales`;
  const found = words(await owner.get(`${list}?q=${encodeURIComponent('奶粉')}`));
  expect(found).toContain('牧童A2奶粉3段 × 1');
  expect(found).not.toContain('云绵纸尿裤L');
  expect(words(await owner.get(`${list}?q=6902101`))).toContain('云绵纸尿裤L × 2');
  expect(words(await owner.get(`${list}?q=nothing`))).toContain('没有买过。');
});
