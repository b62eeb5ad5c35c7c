/** 账户余额 on her phone: every fen is explained by a row, and what is taken out is seen on its way. */
import { expect, test } from 'vitest';
import { campaign, line, refund, sale } from '../../support/builders.ts';
import { ledgerFaults } from '../../support/shop.ts';
import { member, openPayShop } from '../../support/payout.ts';
import { logIn, openPages, tokenIn, words, type Answered } from '../support.ts';
import { figureIn, mother, openHouse, sum } from './support.ts';

/** Of exactly so much for a purchase at 8005 or 8006. */
const packet = (fen: number, storeId: string) =>
  campaign(`红包${String(fen)}`, {
    name: `满188抽红包（${storeId}）`,
    stores: [storeId],
    rewards: [{ kind: 'red-packet', minFen: fen, maxFen: fen }],
  });
const campaigns = [packet(200, '8005'), packet(1_325, '8006')];
const bought = (orderNo: string, store: string) =>
  sale({ orderNo, store, member: mother, lines: [line({ amountFen: 20_000 })] });

test('K-36: +2.00 and +13.25 make 15.25, and the rows sum', async () => {
  const house = await openHouse({ campaigns });
  await house.shop.tell(bought('A', '8005'), bought('B', '8006'));
  const page = await house.phone.get('/m/wallet');
  expect(figureIn(page.text, 'wallet')).toBe('15.25');
  expect(words(page)).toContain('累计得到 15.25 元，提现和收回 0 元');
  expect(words(page)).toMatch(
    /满188抽红包（8006）（消费） 11月22日 14:59 单号 B \+13\.25 余 15\.25 满188抽红包（8005）（消费） 11月22日 14:59 单号 A \+2 余 2/,
  );
  const rows = await house.rows('wallet');
  expect(rows.map(({ delta }) => delta)).toEqual([1_325, 200]);
  expect(sum(rows.map(({ delta }) => delta))).toBe(1_525);
  expect(await house.member()).toMatchObject({ accounts: { wallet: 1_525 } });
  expect(ledgerFaults(house.shop.db)).toEqual([]);
});

test('a packet that went back with the goods is a row of its own, and leads to the receipt', async () => {
  const house = await openHouse({ campaigns });
  await house.shop.tell(bought('A', '8005'), bought('B', '8006'), refund({ orderNo: 'A' }));
  const page = await house.phone.get('/m/wallet');
  expect(words(page)).toContain('退货 11月23日 10:00 单号 A −2 余 13.25');
  expect(words(page)).toContain('累计得到 15.25 元，提现和收回 2 元');
  expect(page.text).toContain('href="/m/purchases/one?of=pos%3AA"');
});

test('forty-five rows are three pages; each row is on one of them, and every balance is the sum of what came before', async () => {
  const house = await openHouse({ campaigns: [packet(1, '8005')] });
  for (let place = 0; place < 45; place += 1) await house.shop.tell(bought(`N${String(place)}`, '8005'));
  const shown: string[] = [];
  for (let path: string | undefined = '/m/wallet'; path !== undefined;) {
    const { text }: Answered = await house.phone.get(path);
    shown.push(...[...text.matchAll(/余 ([\d.]+)/g)].map(([, after = '']) => after));
    path = /href="(\/m\/wallet\?before=\d+)"/.exec(text)?.[1];
  }
  expect(shown).toEqual(Array.from({ length: 45 }, (_, place) => `0.${String(45 - place).padStart(2, '0')}`));
});

test('without WeChat Pay the page says what the money is good for, and asks for no amount', async () => {
  const house = await openHouse({ campaigns });
  await house.shop.tell(bought('A', '8005'));
  const page = await house.phone.get('/m/wallet');
  expect(words(page)).toContain('暂时不能提现，账户里的钱可以在店里消费时使用。');
  expect(page.text).not.toContain('name="amount"');
});

const fieldIn = ({ text }: Answered, name: string): string => {
  const tag = new RegExp(`<input[^>]*name="${name}"[^>]*>`).exec(text)?.[0] ?? '';
  return /value="([^"]*)"/.exec(tag)?.[1] ?? '';
};

async function openPaying() {
  const pay = await openPayShop({ settings: { shopName: '阳光小镇母婴' } });
  await member(pay, 'M1', 5_000);
  const pages = await openPages({ shop: { ...pay.shop, engine: pay.engine } });
  const phone = pages.visitor();
  await logIn(pages, phone, 'open-M1');
  const ask = async (amount: string, once?: string): Promise<Answered> => {
    const page = await phone.get('/m/wallet');
    const form = { token: tokenIn(page), once: once ?? fieldIn(page, 'once'), amount };
    return phone.post('/m/wallet', form);
  };
  return { pay, phone, ask };
}

test('提现 of 20.50 out of 50 leaves 29.50, opens the page where it is confirmed, and is listed with how far it has come', async () => {
  const { pay, phone, ask } = await openPaying();
  expect(fieldIn(await phone.get('/m/wallet'), 'amount')).toBe('50');
  const sent = await ask('20.50');
  const [row] = pay.rows();
  expect([sent.status, sent.location]).toEqual([303, `/m/transfers/${row?.outBillNo ?? ''}`]);
  const page = await phone.get('/m/wallet');
  expect(figureIn(page.text, 'wallet')).toBe('29.50');
  expect(words(page)).toContain('已申请，正在提交给微信支付 11月22日 15:00 20.50 元');
  expect(words(page)).toContain('提现 11月22日 15:00 −20.50 余 29.50');
  await pay.round();
  expect(words(await phone.get('/m/wallet'))).toContain('等您确认收款');
});

test('the same form twice is one withdrawal', async () => {
  const { pay, ask } = await openPaying();
  const once = 'one0form0sent0twice0000000';
  const [first, again] = [await ask('20', once), await ask('20', once)];
  expect(again.location).toBe(first.location);
  expect(pay.rows().map(({ amountFen }) => amountFen)).toEqual([2_000]);
});

test.each([
  ['五块', 422, '金额看不懂：写元，比如 5 或 5.50。'],
  ['0', 422, '金额看不懂：写元，比如 5 或 5.50。'],
  ['-5', 422, '金额看不懂：写元，比如 5 或 5.50。'],
  ['50.01', 409, '账户里只有50元。'],
  ['0.50', 409, '每次至少提现1元。'],
  ['200.01', 409, '每次最多提现200元。'],
])(
  '提现 of “%s” is refused beside the field, which keeps what was typed, and nothing moves',
  async (amount, status, why) => {
    const { pay, ask } = await openPaying();
    const sent = await ask(amount);
    expect([sent.status, fieldIn(sent, 'amount')]).toEqual([status, amount]);
    expect(words(sent)).toContain(why);
    expect(pay.rows()).toEqual([]);
  },
);
