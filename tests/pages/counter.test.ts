/** 柜台核销: without a till that knows of coupons, by a cashier in the console and by an associate on the phone. */
import { describe, expect, test } from 'vitest';
import { ownCode } from '../../workers/commands/member-codes/member-code.ts';
import type { IdentityKey } from '../../schema/index.ts';
import { refund, sale } from '../support/builders.ts';
import { couponRows, memberId } from '../support/shop.ts';
import { employ, signInAs } from './console/support.ts';
import { fieldsFor, openCounter, type Counter, type Given } from './counter-support.ts';
import { logIn, openPages, words, type Answered } from './support.ts';

const states = ({ shop }: Counter) => couponRows(shop.db).map(({ state }) => state);
const moves = ({ shop }: Counter) =>
  shop.db.all('SELECT act, store_id AS store, by, off_fen AS off FROM coupon_moves ORDER BY seq');
const seqIn = ({ location }: Answered): string => /used=(\d+)/.exec(location ?? '')?.[1] ?? '';

const cash: Given = { name: '满80减8', valueFen: 800, minSpendFen: 8_000 };

describe('the cashier', () => {
  test('sees of a coupon of 8 off 80 what a bill of 128 comes to, uses it, once however often it is tapped, and undoes it', async () => {
    const counter = await openCounter({ cash });
    const { at, cashier, code } = counter;
    const { cash: shown = '' } = code;
    const looked = await at({ act: 'look', code: shown.toLowerCase().replaceAll('0', 'o'), amount: '128' });
    expect(words(looked)).toContain('减 8 元，还收 120 元');
    expect(moves(counter)).toEqual([]);
    const form = fieldsFor(looked, shown);
    const [first, second] = [
      await cashier.post('/console/redeem', form),
      await cashier.post('/console/redeem', form),
    ];
    expect([first.status, first.location, second.location]).toEqual([303, second.location, first.location]);
    expect(moves(counter)).toEqual([{ act: 'used', store: '8005', by: '小赵', off: 800 }]);
    const done = await cashier.get(first.location ?? '');
    expect(words(done)).toContain('已核销：满80减8，减 8 元，还收 120 元');
    expect(words(done)).toContain('小赵，天河店');
    for (const _ of [1, 2])
      expect((await at({ act: 'undo', seq: seqIn(first) })).location).toBe('/console/redeem?said=undone');
    expect(states(counter)).toEqual(['issued']);
    expect(moves(counter).map(({ act }) => act)).toEqual(['used', 'given-back']);
    const audit = counter.shop.db.all(
      `SELECT by, act, subject FROM audit_rows WHERE act LIKE 'coupon.%' ORDER BY seq`,
    );
    expect(audit).toEqual([
      { by: '小赵', act: 'coupon.redeem', subject: shown },
      { by: '小赵', act: 'coupon.undo', subject: shown },
    ]);
  });

  test('taps twice at once: one use', async () => {
    const counter = await openCounter({ cash });
    const form = fieldsFor(
      await counter.at({ act: 'look', code: counter.code['cash'] ?? '', amount: '128' }),
      counter.code['cash'] ?? '',
    );
    const answers = await Promise.all([1, 2, 3].map(() => counter.cashier.post('/console/redeem', form)));
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect(moves(counter)).toHaveLength(1);
  });

  test('finds by the member’s code, by the last four digits, and by the whole phone; of two with the same digits she chooses', async () => {
    const counter = await openCounter({ cash });
    const { at, shop, code } = counter;
    const own = await ownCode(shop.engine, 'openid:oWang' as IdentityKey, shop.clock.now);
    for (const text of [own?.code ?? '', '5487', '139 1234 5487']) {
      const looked = await at({ act: 'look', code: text, amount: '128' });
      expect(words(looked)).toContain('王秀英，139****5487');
      expect(looked.text).toContain(`data-offer="${code['cash'] ?? ''}"`);
    }
    await shop.tell(
      sale({ orderNo: 'x', member: { externalId: 'M2', phone: '13800005487', name: '李建国' } }),
    );
    const two = await at({ act: 'look', code: '5487', amount: '128' });
    expect(words(two)).toContain('有 2 位');
    expect(two.text).not.toContain('13912345487');
    const one = await at({ act: 'look', code: '5487', name: '秀英', amount: '128' });
    expect(one.text).toContain('data-offer');
    const chosen = await at({ act: 'look', member: memberId(shop.db, 'ext:pos:M1'), amount: '79.99' });
    expect(words(chosen)).toContain('现在 79.99元，要满 80元');
  });

  test('sees each of a member’s coupons with what it takes off, or the one reason why it does not; what is handed over has no amount', async () => {
    const { at } = await openCounter({
      现金: { valueFen: 500 },
      九折: { kind: 'percent', payBps: 9_000 },
      礼品: { kind: 'gift' },
      体验: { kind: 'experience' },
      异业: { kind: 'partner' },
      别店: { stores: ['8006'] },
      大额: { valueFen: 5_000, minSpendFen: 50_000 },
    });
    const said = words(await at({ act: 'look', code: '5487', amount: '100' }));
    const about = (name: string): string =>
      new RegExp(
        `${name} [^，]*，.*?(减 \\d+ 元，还收 \\d+ 元|不减钱|不在这里用|不能在这家门店用，可用门店：8006|要满 500元)`,
      ).exec(said)?.[1] ?? said;
    expect(['现金', '九折', '礼品', '体验', '异业', '别店', '大额'].map(about)).toEqual([
      '减 5 元，还收 95 元',
      '减 10 元，还收 90 元',
      '不减钱',
      '不减钱',
      '不在这里用',
      '不能在这家门店用，可用门店：8006',
      '要满 500元',
    ]);
    const blind = words(await at({ act: 'look', code: '5487' }));
    expect(blind).toContain('要看金额：请填这单多少元');
  });

  test('uses two for one bill as far as they stack, and is told when they do not', async () => {
    const counter = await openCounter({ 甲: { valueFen: 500 }, 乙: { valueFen: 300 } });
    const { at, cashier, code } = counter;
    const looked = await at({ act: 'look', code: '5487', amount: '100' });
    await cashier.post('/console/redeem', fieldsFor(looked, code['甲'] ?? ''));
    const second = await cashier.post('/console/redeem', fieldsFor(looked, code['乙'] ?? ''));
    expect([second.status, words(second)]).toEqual([409, expect.stringContaining('不能和')]);
    expect(states(counter).toSorted()).toEqual(['issued', 'used']);
  });

  test('writes the number of the receipt, and its return gives the coupon back by itself', async () => {
    const counter = await openCounter({ cash });
    const { at, cashier, shop, code } = counter;
    const looked = await at({ act: 'look', code: '5487', amount: '128', orderNo: 'B' });
    await cashier.post('/console/redeem', fieldsFor(looked, code['cash'] ?? ''));
    expect(couponRows(shop.db)[0]?.usedFor).toBe('sale:pos:B');
    await shop.tell(sale({ orderNo: 'B', member: { externalId: 'M1' } }));
    const undone = await at({
      act: 'undo',
      seq: String(shop.db.all('SELECT seq FROM coupon_moves')[0]?.['seq']),
    });
    expect([undone.status, words(undone)]).toEqual([409, expect.stringContaining('请退货或作废这张单')]);
    await shop.tell(refund({ orderNo: 'B' }));
    expect(states(counter)).toEqual(['issued']);
  });

  test('cannot undo after half an hour, nor what another store used', async () => {
    const counter = await openCounter({ cash });
    const { at, cashier, shop, code } = counter;
    const used = await cashier.post(
      '/console/redeem',
      fieldsFor(await at({ act: 'look', code: '5487', amount: '128' }), code['cash'] ?? ''),
    );
    const other = await signInAs(
      counter,
      await employ(counter, 'cashier', { name: '越秀小钱', storeIds: ['8006'] }),
    );
    expect(words(await other.get('/console/redeem'))).toContain('今天还没有');
    expect(words(await other.get(used.location ?? ''))).not.toContain('已核销');
    const theirs = await at({ act: 'undo', seq: seqIn(used) }, other);
    expect([theirs.status, words(theirs)]).toEqual([422, expect.stringContaining('不是在您的门店核销的')]);
    shop.clock.now += 30 * 60_000 + 1;
    const late = await at({ act: 'undo', seq: seqIn(used) });
    expect([late.status, words(late)]).toEqual([409, expect.stringContaining('超过半小时')]);
    expect((await cashier.get('/console/redeem')).text).not.toContain('>撤销</button>');
    expect(states(counter)).toEqual(['used']);
  });

  test('of two stores says in which she stands; the coupon of another is refused by its store, whatever the form says', async () => {
    const counter = await openCounter({ 别店: { stores: ['8006'] } });
    const { code, at } = counter;
    const two = await signInAs(
      counter,
      await employ(counter, 'manager', { name: '店长', storeIds: ['8005', '8006'] }),
    );
    const asked = await at({ act: 'look', code: '5487', amount: '10' }, two);
    expect([asked.status, words(asked)]).toEqual([422, expect.stringContaining('请选您现在在哪家门店')]);
    const there = await at({ act: 'look', code: '5487', amount: '10', store: '8006' }, two);
    expect(words(there)).toContain('减');
    const forged = await at({ act: 'use', code: code['别店'] ?? '', amount: '10', store: '8006' });
    expect([forged.status, words(forged)]).toEqual([409, expect.stringContaining('不能在这家门店用')]);
    expect(moves(counter)).toEqual([]);
  });
});

describe('what is no coupon', () => {
  const nothing: readonly (readonly [string, Readonly<Record<string, string>>, number, string])[] = [
    ['nothing typed', { code: '' }, 422, '请扫码，或者输入'],
    ['an unknown code', { code: 'ABCDEFGHJKMNPQ' }, 422, '没有这张券'],
    ['WeChat Pay’s code', { code: '134567890123456789' }, 422, '这是付款码'],
    ['Alipay’s code', { code: '283456789012345678' }, 422, '这是付款码'],
    ['digits of a phone that nobody has', { code: '0000' }, 422, '没有找到'],
    ['a member code that nobody shows', { code: '97123456781234567890' }, 422, '没有认出这个会员码'],
    ['an amount in words', { code: '5487', amount: '一百' }, 422, '金额看不懂'],
    ['an amount below nothing', { code: '5487', amount: '-5' }, 422, '金额看不懂'],
    ['a thousand million', { code: '5487', amount: '1000000000' }, 422, '金额看不懂'],
  ];
  test('is refused with what to do, and nothing is written', async () => {
    const counter = await openCounter({ cash });
    for (const [what, fields, status, said] of nothing)
      for (const act of ['look', 'use']) {
        if (act === 'use' && ['0000', '5487', ''].includes(fields['code'] ?? '') && !fields['amount'])
          continue;
        const answer = await counter.at({ act, ...fields });
        const isRight =
          act === 'use'
            ? [409, 422].includes(answer.status)
            : answer.status === status && words(answer).includes(said);
        expect([what, act, isRight, isRight ? '' : words(answer)]).toEqual([what, act, true, '']);
      }
    expect([moves(counter), states(counter)]).toEqual([[], ['issued']]);
  });
});

describe('an associate', () => {
  const path = '/a/redeem';
  test('uses a coupon on the phone in her own store, and only that store’s uses stand there', async () => {
    const counter = await openCounter({ cash });
    const { at, shop, code } = counter;
    shop.db.all(`UPDATE associates SET openid = 'oLin', store_id = '8005' WHERE id = 'g7'`);
    const lin = counter.visitor();
    await logIn(counter, lin, 'oLin', '/a/');
    const looked = await at({ act: 'look', code: '5487', amount: '128' }, lin, path);
    const used = await lin.post(path, fieldsFor(looked, code['cash'] ?? ''));
    expect(used.location).toMatch(/^\/a\/redeem\?used=\d+$/);
    expect(moves(counter)).toEqual([{ act: 'used', store: '8005', by: '林小雨', off: 800 }]);
    expect(words(await counter.cashier.get('/console/redeem'))).toContain('林小雨，天河店');
    shop.db.all(`UPDATE associates SET store_id = '8006' WHERE id = 'g7'`);
    expect(words(await lin.get(path))).toContain('今天还没有');
    shop.db.all(`UPDATE associates SET store_id = NULL WHERE id = 'g7'`);
    const nowhere = await lin.get(path);
    expect([nowhere.status, words(nowhere)]).toEqual([403, expect.stringContaining('还没有分到门店')]);
  });
});

test('in WeChat the associate scans with its scanner wherever the shop has an account, WeChat Pay or not', async () => {
  const inWechat = { 'user-agent': 'Mozilla/5.0 (Linux; Android 15) MicroMessenger/8.0.60' };
  const seen: boolean[] = [];
  for (const jsTicket of [async () => ({ ticket: 'T' }), null]) {
    const pages = await openPages({ jsTicket, confirming: null });
    await pages.shop.tell(sale({ associate: { id: 'g7', name: '林小雨' } }));
    pages.shop.db.all(`UPDATE associates SET openid = 'oAssociate' WHERE id = 'g7'`);
    const visitor = pages.visitor();
    await logIn(pages, visitor, 'oAssociate');
    const { text } = await visitor.get('/a/redeem', inWechat);
    seen.push(text.includes('&quot;signature&quot;') || text.includes('"signature"'));
  }
  expect(seen).toEqual([true, false]);
});
