/** 收银台的券: asked, held, used, let go and undone over the API, each with its reason and its numbers. */
import { describe, expect, test } from 'vitest';
import { product, refund, sale, template, voided } from '../../support/builders.ts';
import { couponRows, memberId, rowCounts, type ShopSetup } from '../../support/shop.ts';
import { items, openOffice, token, type Json, type Office } from '../support.ts';

type Given = NonNullable<Parameters<typeof template>[1]>;
type Till = Office & { readonly code: Readonly<Record<string, string>>; readonly id: string };

/** M1 with one coupon of each of these, given by hand. */
async function openTill(templates: Readonly<Record<string, Given>>, more: ShopSetup = {}): Promise<Till> {
  const office = await openOffice({
    templates: Object.entries(templates).map(([id, given]) => template(id, given)),
    products: [product(), product({ sku: 'linseed', categoryPath: [{ id: '07', name: '油' }] })],
    ...more,
  });
  await office.shop.tell(
    sale({ orderNo: 'first', member: { externalId: 'M1', phone: '13912345487', name: '王秀英' } }),
  );
  const id = memberId(office.shop.db, 'ext:pos:M1');
  const code: Record<string, string> = {};
  for (const templateId of Object.keys(templates)) {
    const { json } = await office.admin('POST', `/members/${id}/coupons`, {
      body: { templateId, store: '8005', reason: '开业' },
    });
    code[templateId] = String(items({ json } as never)[0]?.['id']);
  }
  return { ...office, code, id };
}

const cart = (...lines: object[]) => ({
  store: '8005',
  lines: lines.map((one) => ({ sku: 'milk', quantity: '1', amountFen: 10_000, ...one })),
});
const own = { member: { externalId: 'M1' } };
const states = (till: Till) => couponRows(till.shop.db).map(({ state }) => state);
const use = (code: string | undefined, given: object = {}) => ({
  body: { code, store: '8005', orderNo: 'B', ...given },
});

describe('POST /quotes', () => {
  test('says what applies on which lines, the best of it, and of every other one why not; and writes nothing', async () => {
    const till = await openTill({
      满80减8: { valueFen: 800, minSpendFen: 8_000 },
      九折: { kind: 'percent', payBps: 9000 },
      满500减50: { valueFen: 5_000, minSpendFen: 50_000 },
      油80: { valueFen: 8_000, scope: { include: [{ kind: 'category', ids: ['07'] }], exclude: [] } },
      明天: { validity: { relative: { afterDays: 1, forDays: 7 } } },
      别处: { stores: ['9000'] },
      异业: { kind: 'partner' },
    });
    const { code } = till;
    const before = rowCounts(till.shop.db);
    const { json } = await till.pos('POST', '/quotes', {
      body: { ...own, ...cart({ lineNo: 'a' }, { lineNo: 'b', amountFen: 20_000 }) },
    });
    expect(rowCounts(till.shop.db)).toEqual(before);
    const lines = [
      { lineNo: 'a', offFen: 1_000 },
      { lineNo: 'b', offFen: 2_000 },
    ];
    expect(json).toMatchObject({
      payableFen: 27_000,
      offFen: 3_000,
      best: [code['九折']],
      applied: [{ code: code['九折'], name: '九折', kind: 'percent', offFen: 3_000, lines }],
    });
    const others = json['others'] as Json[];
    expect(
      Object.fromEntries(
        others.map(({ name, reason, have, need, from, stores }) => [
          name,
          { reason, have, need, from, stores },
        ]),
      ),
    ).toEqual({
      满500减50: { reason: 'BELOW_MIN', have: 30_000, need: 50_000 },
      油80: { reason: 'EXCLUDED_ITEM' },
      明天: { reason: 'NOT_YET_VALID', from: '2026-11-22T16:00:00.000Z' },
      别处: { reason: 'WRONG_STORE', stores: ['9000'] },
      异业: { reason: 'WRONG_MERCHANT' },
    });
  });

  test('of codes that are named, what they take off together, and what does not stand beside them', async () => {
    const till = await openTill({
      甲: { valueFen: 500, stacksWith: 'other-templates' },
      乙: { valueFen: 700, stacksWith: 'any' },
      丙: { valueFen: 900 },
    });
    const { 甲 = '', 乙, 丙 } = till.code;
    const couponCodes = [甲.toLowerCase(), 乙, 丙, 'NOSUCH'];
    const { json } = await till.pos('POST', '/quotes', { body: { ...cart({}), couponCodes } });
    // Of two that are alike the code decides which is taken off first, and codes are chance.
    const applied = (json['applied'] as Json[]).map(({ code }) => code);
    expect([json['payableFen'], new Set(applied)]).toEqual([8_800, new Set([甲, 乙])]);
    expect(json['others']).toMatchObject([
      { code: 丙, reason: 'DOES_NOT_STACK', with: 甲 },
      { code: 'NOSUCH', reason: 'UNKNOWN_CODE', name: null },
    ]);
  });

  test('of somebody else’s code, one that is held by another receipt, and one whose time is over', async () => {
    const till = await openTill({ 券: {} });
    const ask = async (given: object) =>
      (
        (
          await till.pos('POST', '/quotes', {
            body: { ...cart({}), couponCodes: [till.code['券']], ...given },
          })
        ).json['others'] as Json[]
      )[0]?.['reason'];
    await till.shop.tell(sale({ orderNo: 'x', member: { externalId: 'M2' } }));
    expect(await ask({ member: { externalId: 'M2' } })).toBe('NOT_THEIRS');
    await till.pos('POST', '/coupons/lock', use(till.code['券'], { orderNo: 'A' }));
    expect([await ask({}), await ask({ orderNo: 'A' })]).toEqual(['LOCKED_BY_OTHER', undefined]);
    till.shop.clock.now += 40 * 24 * 3_600_000;
    expect(await ask({})).toBe('EXPIRED');
  });

  test.each<[string, object, string]>([
    ['a negative price', cart({ amountFen: -1 }), 'lines[0].amountFen'],
    ['501 lines', cart(...Array.from({ length: 501 }, () => ({}))), 'lines'],
    ['no lines', cart(), 'lines'],
    ['no store', { lines: cart({}).lines }, 'store'],
  ])('%s is refused by its name', async (_, body, field) => {
    const { pos } = await openOffice();
    expect((await pos('POST', '/quotes', { body })).json).toMatchObject({ status: 422, field });
  });
});

describe('a lock', () => {
  test('holds for its minutes, answers the same for its receipt, refuses others with the moment, and lapses by itself', async () => {
    const till = await openTill({ 券: {} });
    const { pos, shop } = till;
    const code = till.code['券'];
    const first = await pos('POST', '/coupons/lock', use(code, { minutes: 5 }));
    expect(first.json).toEqual({ code, lockedUntil: '2026-11-22T07:05:00.000Z' });
    shop.clock.now += 60_000;
    expect((await pos('POST', '/coupons/lock', use(code, { minutes: 5 }))).json).toEqual(first.json);
    const other = use(code, { orderNo: 'C' });
    const until = Date.parse('2026-11-22T07:05:00.000Z');
    for (const call of ['lock', 'redeem', 'release'])
      expect((await pos('POST', `/coupons/${call}`, other)).json).toMatchObject({
        status: 409,
        code: 'locked_by_other',
        numbers: { until },
      });
    shop.clock.now = until;
    expect((await pos('POST', '/coupons/redeem', other)).status).toBe(200);
    expect((await pos('POST', '/coupons/lock', use(code))).json).toMatchObject({ code: 'already_used' });
  });

  test('is let go, twice, and then free for others', async () => {
    const till = await openTill({ 券: {} });
    const code = till.code['券'];
    await till.pos('POST', '/coupons/lock', use(code));
    const released = { code, state: 'issued', lockedUntil: null };
    for (const _ of [1, 2])
      expect((await till.pos('POST', '/coupons/release', use(code))).json).toEqual(released);
    expect((await till.pos('POST', '/coupons/lock', use(code, { orderNo: 'C' }))).status).toBe(200);
  });

  test('taken before midnight is good for a receipt after it, though the coupon is over by then', async () => {
    const till = await openTill({ 今天: { validity: { relative: { afterDays: 0, forDays: 1 } } } });
    const code = till.code['今天'] ?? '';
    till.shop.clock.now = Date.parse('2026-11-22T23:58:00+08:00');
    await till.pos('POST', '/coupons/lock', use(code));
    till.shop.clock.now += 5 * 60_000;
    await till.shop.tell(sale({ orderNo: 'B', at: '2026-11-23 00:02', couponCodes: [code] }));
    expect(states(till)).toEqual(['used']);
  });

  test('for a cart is settled by the sale that names the cart and the code', async () => {
    const till = await openTill({ 券: {} });
    const code = till.code['券'] ?? '';
    await till.pos('POST', '/coupons/lock', use(code, { orderNo: undefined, cartId: 'K1' }));
    await till.shop.tell(sale({ orderNo: 'other', couponCodes: [code] }));
    expect(states(till)).toEqual(['issued']);
    await till.shop.tell(sale({ orderNo: 'B', cartId: 'K1', couponCodes: [code] }));
    expect(couponRows(till.shop.db)).toMatchObject([
      { state: 'used', usedFor: 'sale:pos:B', lockedFor: null },
    ]);
  });
});

describe('a use', () => {
  test('answers the same for the same receipt and is refused for another; the sale settles it, and its return gives it back', async () => {
    const till = await openTill({ 满80减8: { valueFen: 800, minSpendFen: 8_000 } });
    const { pos, shop } = till;
    const code = till.code['满80减8'] ?? '';
    const goods = { lines: cart({}).lines };
    const low = await pos('POST', '/coupons/redeem', use(code, { lines: cart({ amountFen: 7_999 }).lines }));
    expect(low.json).toMatchObject({ status: 422, code: 'below_min', numbers: { have: 7_999, need: 8_000 } });
    const first = await pos('POST', '/coupons/redeem', use(code.toLowerCase().replaceAll('0', 'o'), goods));
    expect(first.json).toEqual({
      code,
      offFen: 800,
      usedAt: '2026-11-22T07:00:00.000Z',
      usedFor: 'sale:pos:B',
    });
    shop.clock.now += 60_000;
    expect((await pos('POST', '/coupons/redeem', use(code, goods))).json).toEqual(first.json);
    const other = await pos('POST', '/coupons/redeem', use(code, { ...goods, orderNo: 'C' }));
    expect(other.json).toMatchObject({ status: 409, code: 'already_used' });
    await shop.tell(sale({ orderNo: 'B', couponCodes: [code] }));
    const acts = () =>
      shop.db.all(`SELECT act FROM coupon_moves WHERE act <> 'granted' ORDER BY seq`).map(({ act }) => act);
    expect(acts()).toEqual(['used', 'settled']);
    await shop.tell(refund({ orderNo: 'B' }));
    expect([states(till), acts()]).toEqual([['issued'], ['used', 'settled', 'given-back']]);
  });

  test('without goods needs what is to be paid where the coupon depends on it, and says so', async () => {
    const till = await openTill({ 九折: { kind: 'percent', payBps: 9000 }, 减8: { valueFen: 800 } });
    const asked = await till.pos('POST', '/coupons/redeem', use(till.code['九折']));
    expect(asked.json).toMatchObject({ status: 422, code: 'cart_needed', field: 'lines' });
    const paid = await till.pos('POST', '/coupons/redeem', use(till.code['九折'], { payableFen: 20_000 }));
    expect(paid.json['offFen']).toBe(2_000);
    expect(
      (await till.pos('POST', '/coupons/redeem', use(till.code['减8'], { orderNo: 'C' }))).json['offFen'],
    ).toBe(800);
  });

  test('beside one that does not stack is refused, and names it', async () => {
    const till = await openTill({ 甲: {}, 乙: {} });
    await till.pos('POST', '/coupons/redeem', use(till.code['甲']));
    const second = await till.pos('POST', '/coupons/redeem', use(till.code['乙']));
    expect(second.json).toMatchObject({ status: 409, code: 'does_not_stack' });
  });

  test('is undone within half an hour, twice the same, and not once the sale is here', async () => {
    const till = await openTill({ 券: {} });
    const code = till.code['券'] ?? '';
    const { pos, shop } = till;
    await pos('POST', '/coupons/redeem', use(code));
    expect((await pos('POST', '/coupons/undo', use(code, { orderNo: 'C' }))).json).toMatchObject({
      code: 'already_used',
    });
    for (const _ of [1, 2])
      expect((await pos('POST', '/coupons/undo', use(code))).json).toEqual({ code, state: 'issued' });
    await pos('POST', '/coupons/redeem', use(code));
    shop.clock.now += 31 * 60_000;
    expect((await pos('POST', '/coupons/undo', use(code))).json).toMatchObject({
      status: 409,
      code: 'too_late',
    });
    await shop.tell(sale({ orderNo: 'B', couponCodes: [code] }));
    expect((await pos('POST', '/coupons/undo', use(code))).json).toMatchObject({ code: 'sale_kept' });
    await shop.tell(voided({ orderNo: 'B' }));
    expect(states(till)).toEqual(['issued']);
  });

  test('that a till names by its number of the day is the sale’s that the day numbers', async () => {
    const till = await openTill({ 券: {} }, { config: { numbering: 'per-store-day' } });
    const code = till.code['券'] ?? '';
    await till.pos('POST', '/coupons/redeem', use(code));
    expect(couponRows(till.shop.db)[0]?.usedFor).toBe('sale:pos:B@8005/2026-11-22');
    await till.shop.tell(sale({ orderNo: 'B', couponCodes: [code] }));
    expect(
      till.shop.db.all(`SELECT act FROM coupon_moves WHERE act <> 'granted'`).map(({ act }) => act),
    ).toEqual(['used', 'settled']);
  });
});

describe('K-14: a partner’s coupon', () => {
  test('is refused at the till, and used at the partner, once', async () => {
    const till = await openTill({ 异业: { kind: 'partner' }, 本店: {} });
    const at = (name: string) => ({ body: { code: till.code[name], partner: '阳光小镇', reference: 'P1' } });
    const refused = await till.pos('POST', '/coupons/redeem', use(till.code['异业']));
    expect(refused.json).toMatchObject({ status: 422, code: 'wrong_merchant' });
    await till.shop.tell(sale({ orderNo: 'B', couponCodes: [till.code['异业'] ?? ''] }));
    expect(states(till)).toEqual(['issued', 'issued']);
    const used = await till.admin('POST', '/coupons/partner-redemptions', at('异业'));
    expect(used.json).toMatchObject({ code: till.code['异业'], offFen: 0 });
    expect((await till.admin('POST', '/coupons/partner-redemptions', at('异业'))).json).toEqual(used.json);
    expect((await till.admin('POST', '/coupons/partner-redemptions', at('本店'))).json).toMatchObject({
      code: 'wrong_merchant',
    });
  });
});

describe('Y-09: a coupon that works where it was claimed', () => {
  test('claimed in 8005 and used in S2 is refused with wrong_store', async () => {
    const till = await openTill({ 本店: { stores: 'claiming' } });
    const code = till.code['本店'];
    const there = await till.pos('POST', '/coupons/redeem', use(code, { store: 'S2' }));
    expect(there.json).toMatchObject({ status: 422, code: 'wrong_store', field: 'store' });
    expect((await till.pos('POST', '/coupons/redeem', use(code))).status).toBe(200);
  });

  test('and a till that is bound to its stores cannot say that it stands in another', async () => {
    const till = await openTill({ 本店: { stores: 'claiming' } });
    await till.shop.db.batch([
      token('hk_s2', ['pos'], { sourceId: 'till', stores: ['S2'] as never, lastUsedAt: till.shop.clock.now }),
    ]);
    const s2 = till.client('hk_s2');
    for (const store of ['8005', { id: '8005' }])
      expect((await s2('POST', '/coupons/redeem', use(till.code['本店'], { store }))).json).toMatchObject({
        status: 403,
        code: 'outside_binding',
      });
    expect((await s2('POST', '/coupons/redeem', use(till.code['本店'], { store: 'S2' }))).json).toMatchObject(
      { code: 'wrong_store' },
    );
  });
});

describe('whoever is nobody, or gone', () => {
  test.each(['lock', 'release', 'redeem', 'undo'])('%s of a code that nobody has says so', async (call) => {
    const { pos } = await openOffice();
    expect((await pos('POST', `/coupons/${call}`, use('NOSUCH'))).json).toMatchObject({
      status: 404,
      code: 'unknown_code',
      field: 'code',
    });
    expect((await pos('POST', `/coupons/${call}`, use('X', { cartId: 'K' }))).json).toMatchObject({
      status: 422,
      field: 'orderNo',
    });
  });

  test('a coupon whose member asked to be forgotten is nobody’s', async () => {
    const till = await openTill({ 券: {} });
    await till.shop.tell({
      type: 'member.deleted',
      id: 'd',
      occurredAt: '2026-11-22T15:00:00+08:00',
      data: { externalId: 'M1' },
    });
    expect((await till.pos('POST', '/coupons/redeem', use(till.code['券']))).json).toMatchObject({
      code: 'unknown_code',
    });
  });
});

describe('POST /members/find', () => {
  test('by phone, by its last digits with the name, by card, and by a coupon', async () => {
    const till = await openTill({ 券: {} });
    await till.shop.tell(
      sale({ orderNo: 'c', member: { cardNo: 'C9', phone: '13800135487', name: '李建国' } }),
    );
    const names = async (body: object) =>
      items(await till.pos('POST', '/members/find', { body })).map(({ name }) => name);
    expect(await names({ phone: '139 1234 5487' })).toEqual(['王秀英']);
    expect(await names({ last4: '5487' })).toHaveLength(2);
    expect(await names({ last4: '5487', name: '李' })).toEqual(['李建国']);
    expect(await names({ cardNo: 'C9' })).toEqual(['李建国']);
    expect(await names({ couponCode: till.code['券']?.toLowerCase() })).toEqual(['王秀英']);
    expect(await names({ couponCode: 'NOSUCH' })).toEqual([]);
    const both = await till.pos('POST', '/members/find', { body: { phone: '13912345487', cardNo: 'C9' } });
    expect(both.status).toBe(422);
  });
});

describe('K-12: the gifts of a rights card, 20 a day and one for each person ever', () => {
  test('the 21st claimant of a day is refused with daily_quota, and who had one is refused the next day', async () => {
    const { admin, shop } = await openOffice({
      templates: [template('礼品', { kind: 'gift', perDay: 20, perMember: 1 })],
    });
    for (let number = 0; number < 21; number += 1)
      await shop.tell(sale({ orderNo: `o${number}`, member: { externalId: `M${number}` } }));
    const claim = (number: number) =>
      admin('POST', `/members/${memberId(shop.db, `ext:pos:M${number}`)}/coupons`, {
        body: { templateId: '礼品', reason: 'C粉卡' },
      });
    for (let number = 0; number < 20; number += 1) expect((await claim(number)).status).toBe(201);
    expect((await claim(20)).json).toMatchObject({
      status: 409,
      code: 'daily_quota',
      numbers: { used: 20, cap: 20 },
    });
    shop.clock.now += 24 * 3_600_000;
    expect((await claim(0)).json).toMatchObject({
      status: 409,
      code: 'per_person_limit',
      numbers: { used: 1, cap: 1 },
    });
    expect((await claim(20)).status).toBe(201);
  });

  test('G-5: its pack of four coupons is worth 900 yuan', async () => {
    const worth = { 品类: 10_000, 产后恢复: 50_000, 魔发屋: 10_000, 推拿: 20_000 };
    const till = await openTill(
      Object.fromEntries(
        Object.entries(worth).map(([id, valueFen]) => [
          id,
          { valueFen, stacksWith: 'other-templates' as const },
        ]),
      ),
    );
    const { json } = await till.pos('POST', '/quotes', { body: { ...own, ...cart({ amountFen: 100_000 }) } });
    expect(json).toMatchObject({ offFen: 90_000, payableFen: 10_000 });
  });
});

describe('given by hand', () => {
  test('twice with one Idempotency-Key is once, and why stands in the record', async () => {
    const { admin, shop } = await openOffice({ templates: [template('券', { stock: 1 })] });
    await shop.tell(sale());
    const call = () =>
      admin('POST', `/members/${memberId(shop.db, 'ext:pos:M1')}/coupons`, {
        body: { templateId: '券', reason: '投诉补偿' },
        headers: { 'idempotency-key': 'k1' },
      });
    const first = await call();
    shop.clock.now += 120_000;
    expect([(await call()).json, couponRows(shop.db).length]).toEqual([first.json, 1]);
    expect(shop.db.all(`SELECT act, after FROM audit_rows`)).toMatchObject([
      { act: 'POST /members/{id}/coupons', after: expect.stringContaining('投诉补偿') },
    ]);
  });

  test.each<[string, Given, string]>([
    ['out of stock', { stock: 1 }, 'out_of_stock'],
    [
      'over already',
      { validity: { fixed: { from: '2026-01-01T00:00:00+08:00', to: '2026-02-01T00:00:00+08:00' } } },
      'over',
    ],
    ['one a day for each', { perMemberPerDay: 1 }, 'per_person_limit'],
  ])('%s, nothing is given', async (_, given, code) => {
    const { admin, shop } = await openOffice({ templates: [template('券', given)] });
    await shop.tell(sale());
    const body = { templateId: '券', count: 2, reason: '补发' };
    const { json } = await admin('POST', `/members/${memberId(shop.db, 'ext:pos:M1')}/coupons`, { body });
    expect(json).toMatchObject({ status: 409, code });
    expect(couponRows(shop.db)).toEqual([]);
  });

  test('of a template or to a member that does not exist', async () => {
    const { admin, shop } = await openOffice({ templates: [template('券')] });
    await shop.tell(sale());
    const give = (id: string, templateId: string) =>
      admin('POST', `/members/${id}/coupons`, { body: { templateId, reason: '补发' } });
    expect((await give(memberId(shop.db, 'ext:pos:M1'), 'gone')).json['code']).toBe('unknown_template');
    expect((await give('m_nobody', '券')).json['code']).toBe('unknown_member');
  });
});

test('200 redemptions of one coupon at once: one wins, and every other one reads why', async () => {
  const till = await openTill({ 券: {} });
  const all = await Promise.all(
    Array.from({ length: 200 }, (_, number) =>
      till.pos('POST', '/coupons/redeem', use(till.code['券'], { orderNo: `o${number}` })),
    ),
  );
  expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(new Set(all.filter(({ status }) => status !== 200).map(({ json }) => json['code']))).toEqual(
    new Set(['already_used']),
  );
  expect(till.shop.db.all(`SELECT count(*) AS n FROM coupon_moves WHERE act = 'used'`)).toEqual([{ n: 1 }]);
});
