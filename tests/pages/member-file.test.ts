/** 会员详情 for whoever serves her (J-16, J-17, J-18, J-24, A-12): her associate's pages, and the forms of the office. */
import { beforeEach, expect, test } from 'vitest';
import type { MemberId } from '../../schema/index.ts';
import { correctPoints } from '../../workers/commands/members/correct-points.ts';
import { line, product, sale } from '../support/builders.ts';
import { useStages } from '../support/reminding.ts';
import { guide, join } from '../support/scenes.ts';
import { ledgerFaults, memberId, type Shop } from '../support/shop.ts';
import { employ, openConsole, signInAs, type Console } from './console/support.ts';
import { logIn, tokenIn, withSms, words, type Visitor } from './support.ts';

let opened: Console;
let shop: Shop;
let li: Visitor;
let id: string;
let at: (path: string) => string;

const milk = product({ sku: '6901234', name: '牧童A2奶粉3段', brand: '牧童' } as never);

beforeEach(async () => {
  opened = await openConsole({
    settings: { ...withSms, useStages } as never,
    associates: [
      { ...guide('g7', '小李'), openid: 'oLi' },
      { ...guide('g8', '小王'), openid: 'oWang' },
    ],
    products: [milk, product({ sku: '6902101', name: '云绵纸尿裤L' })],
  });
  ({ shop } = opened);
  await join(shop, 'oMa', '13912345487', '周女士');
  await join(shop, 'oBa', '13800138000', '吴先生');
  const member = { externalId: 'M1', cardNo: '80050011', openid: 'oMa', phone: '13912345487' };
  await shop.tell(
    sale({ orderNo: 'A', member, lines: [line({ sku: '6901234', quantity: '2', amountFen: 6_855_587 })] }),
    sale({ orderNo: 'B', member, lines: [line({ sku: '6902101', amountFen: 9_900 })] }),
  );
  id = String(memberId(shop.db, 'ext:pos:M1'));
  shop.db.all(`UPDATE members SET associate_id = iif(id = ?, 'g7', 'g8')`, id);
  li = opened.visitor();
  await logIn(opened, li, 'oLi', '/a/');
  at = (path) => `/a/members/${path}?of=${id}`;
});

/** Sends the form as it is drawn there, with these changes. */
async function fill(path: string, given: Readonly<Record<string, string>>, by = li) {
  const { text } = await by.get(at(path));
  const key = /name="key" value="([^"]+)"/.exec(text)?.[1] ?? '';
  return by.post(at(path), { token: tokenIn({ text }), of: id, key, ...given });
}
const audits = () =>
  shop.db
    .all(`SELECT by, act, before, after FROM audit_rows WHERE act LIKE 'member.%' ORDER BY seq`)
    .map(({ by, act, before, after }) => [by, act, JSON.parse(String(before)), JSON.parse(String(after))]);

test('J-16: her associate sees card, masked phone, purchases, coupons, and points that add up: 68,654 − 9,488 = 59,166', async () => {
  const asked = { key: 'k'.padEnd(26, '0'), memberId: id as MemberId, delta: -9_488 };
  await correctPoints(shop.engine, asked, shop.clock.now);
  await opened.send(`/console/members/${id}/note`, { kind: 'call', text: '问过奶粉' });
  const page = words(await li.get(at('one')));
  for (const said of [
    '周女士',
    '手机 139****5487',
    '会员卡号 80050011',
    '消费 2 笔，68,654.87 元，最近 11月22日 14:59',
    '积分 累计 68,654 − 减少 9,488 = 现有 59,166',
    '能用的券 0 张',
    '沟通 1 次，最近 11月22日 15:00',
  ])
    expect(page).toContain(said);
  const [sums] = shop.db.all(
    `SELECT sum(max(delta, 0)) AS came, -sum(min(delta, 0)) AS went, sum(delta) AS left FROM ledger WHERE account = 'points' AND member_id = ?`,
    id,
  );
  expect(sums).toEqual({ came: 68_654, went: 9_488, left: 59_166 });
  expect(ledgerFaults(shop.db)).toEqual([]);
  expect(words(await li.get('/a/members'))).toContain('周女士 139****5487');
  expect(words(await li.get('/a/members?q=5487'))).toContain('周女士');
  expect(words(await opened.owner.get(`/console/members/${id}`))).toContain('会员卡号 80050011');
});

test('somebody else’s member is not there: neither her page, nor her purchases, nor a form', async () => {
  const wang = opened.visitor();
  await logIn(opened, wang, 'oWang', '/a/');
  for (const path of ['one', 'purchases', 'edit', 'uses'])
    expect((await wang.get(at(path))).status).toBe(404);
  const other = String(memberId(shop.db, 'openid:oBa'));
  const token = tokenIn(await wang.get(`/a/members/edit?of=${other}`));
  expect((await wang.post(at('edit'), { token, of: id, address: 'x' })).status).toBe(404);
  expect(words(await wang.get('/a/members'))).not.toContain('周女士');
});

test('J-17, A-12: what she bought, with brand, code, price, how many and when, is found by a product’s name or code', async () => {
  const all = words(await li.get(at('purchases')));
  expect(all).toContain('牧童A2奶粉3段 牧童，6901234 × 2 68,555.87 元');
  expect(all).toContain('11月22日 14:59');
  const office = words(await opened.owner.get(`/console/members/${id}/sales`));
  expect(office).toContain('牧童A2奶粉3段 × 2（牧童，6901234，68,555.87 元）');
  const found = words(await li.get(`${at('purchases')}&q=${encodeURIComponent('奶粉')}`));
  expect(found).toContain('牧童A2奶粉3段');
  expect(found).not.toContain('云绵纸尿裤L');
  expect(words(await li.get(`${at('purchases')}&q=6902101`))).toContain('云绵纸尿裤L');
  expect(words(await li.get(`${at('purchases')}&q=nothing`))).toContain('没有买过“nothing”。');
});

test('J-24, A-12: her associate changes the file, under her own name in the audit; what cannot be so is shown again', async () => {
  const file = {
    name: '周女士',
    sex: 'female',
    address: '天河路1号',
    postcode: '510620',
    income: '5000-10000',
  };
  expect(words(await fill('edit', { ...file, postcode: '5106' }))).toContain('邮编是 6 位数字');
  expect((await fill('edit', file)).location).toBe(at('one'));
  const page = words(await li.get(at('one')));
  expect(page).toContain('性别 女');
  expect(page).toContain('地址 天河路1号，510620');
  expect(page).toContain('月收入 5000 到 1 万元');
  expect(audits()).toMatchObject([['小李', 'member.edit', { address: null }, { address: '天河路1号' }]]);
  // Neither the phone nor an identity number is hers to change.
  await fill('edit', { ...file, phone: '13700000000', idNumber: '11010519491231002X' });
  expect(words(await li.get(at('one')))).toContain('139****5487');
  expect(shop.db.all(`SELECT id_sealed FROM member_files`)).toEqual([{ id_sealed: null }]);
});

test('J-18: told that she uses 3段 for 467 days more, that is what her pages say, and who was told stands in the audit', async () => {
  await opened.send(`/console/members/${id}/children`, {
    'children~count': '1',
    'children[0].bornOn': '2025-01-28',
  });
  expect(words(await li.get(at('one')))).toContain('奶粉 3段，432 天后换 4段');
  expect((await fill('uses', { child: 'milk/2025-01-28', stage: 'XL', untilOn: '' })).status).toBe(422);
  await fill('uses', { child: 'milk/2025-01-28', stage: '3段', untilOn: '2028-03-03' });
  await fill('uses', { child: 'nappy/2025-01-28', stage: 'L', untilOn: '2027-09-01' });
  const page = words(await li.get(at('one')));
  expect(page).toContain('奶粉 3段，467 天后换 4段（会员说的）');
  expect(page).toContain('纸尿裤 L，283 天后换 XL（会员说的）');
  const office = words(await opened.owner.get(`/console/members/${id}`));
  expect(office).toContain('奶粉 3段，467 天后换 4段（会员说的）');
  const cashier = await signInAs(opened, await employ(opened, 'cashier'));
  expect(words(await cashier.get(`/console/members/${id}`))).toContain('奶粉 3段，以后换 4段（会员说的）');
  // The office takes it back.
  await opened.send(`/console/members/${id}/uses`, { child: 'milk/2025-01-28' });
  expect(words(await li.get(at('one')))).toContain('奶粉 3段，432 天后换 4段');
  expect(audits().slice(1)).toMatchObject([
    ['小李', 'member.uses', { stage: null }, { stage: '3段', untilOn: '2028-03-03' }],
    ['小李', 'member.uses', { stage: null }, { stage: 'L' }],
    ['陈老板', 'member.uses', { stage: '3段' }, { stage: null }],
  ]);
});

test('J-24: the office files an identity number where it is switched on, with consent; pages and audit show its end', async () => {
  const own = `/console/members/${id}`;
  const given = { idNumber: '11010519491231002X', consent: 'yes' };
  expect((await opened.owner.get(own)).text).not.toContain('登记身份证号');
  expect(words(await opened.send(`${own}/id-number`, given))).toContain('店里没有打开“登记身份证号”');
  await opened.send('/console/settings/member-file', { 'memberFile.idNumber': 'yes' });
  expect(words(await opened.send(`${own}/id-number`, { ...given, consent: '' }))).toContain('要会员本人同意');
  expect(
    words(await opened.send(`${own}/id-number`, { ...given, idNumber: '110105194912310021' })),
  ).toContain('身份证号输错了');
  await opened.send(`${own}/id-number`, given);
  const shown = [
    await opened.owner.get(own),
    await opened.owner.get('/console/audit'),
    await li.get(at('one')),
  ];
  expect(shown[0]?.text).toContain('**************002X（');
  for (const { text } of shown) expect(text).not.toContain('19491231');
  expect(shown[2]?.text).not.toContain('002X');
  await opened.send(`${own}/profile`, { name: '周女士', address: '体育东路5号' });
  expect(words(await opened.owner.get(own))).toContain('地址 体育东路5号');
  expect((await opened.owner.get(own)).text).toContain('002X（');
});
