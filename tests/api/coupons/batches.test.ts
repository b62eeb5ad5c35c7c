/** 领券批次 over the API: a link and printed codes, each limit with its numbers, and what is left called off. */
import { describe, expect, test } from 'vitest';
import { sale, store, template } from '../../support/builders.ts';
import { couponRows, memberId, rowCounts } from '../../support/shop.ts';
import { items, openOffice, type Json, type Office } from '../support.ts';

type Drawn = Parameters<typeof template>[1];
type Desk = Office & {
  /** Makes a batch; answers its id. */
  readonly make: (given?: object) => Promise<string>;
  readonly claim: (member: string, body: object) => Promise<Json & { readonly status: number }>;
  readonly codes: (id: string) => Promise<string[]>;
  readonly states: (id: string) => Promise<unknown[]>;
};

async function openDesk(drawn: Drawn = {}): Promise<Desk> {
  const office = await openOffice({
    templates: [template('券', drawn)],
    stores: [store(), store({ id: 'S1' }), store({ id: 'S2' })],
  });
  for (const externalId of ['M1', 'M2', 'M3'])
    await office.shop.tell(sale({ orderNo: `of ${externalId}`, member: { externalId } }));
  const listed = async (id: string) => items(await office.admin('GET', `/coupon-batches/${id}/codes`));
  return {
    ...office,
    make: async (given = {}) => {
      const body = { kind: 'link', name: '开业', templateId: '券', ...given };
      const { status, json } = await office.admin('POST', '/coupon-batches', { body });
      expect(status).toBe(201);
      return String(json['id']);
    },
    claim: async (member, body) => {
      const id = memberId(office.shop.db, `ext:pos:${member}`);
      const { status, json } = await office.pos('POST', `/members/${id}/claims`, { body });
      return { ...json, status };
    },
    codes: async (id) => (await listed(id)).map(({ code }) => String(code)),
    states: async (id) => (await listed(id)).map(({ state }) => state),
  };
}

describe('a link', () => {
  test('gives each member one, and says how many they have had', async () => {
    const { make, claim, shop, admin } = await openDesk();
    const batchId = await make();
    expect(await claim('M1', { batchId })).toMatchObject({ status: 201, state: 'issued', batchId });
    expect(await claim('M1', { batchId })).toMatchObject({
      status: 409,
      code: 'claimed_before',
      detail: '您已经领过 1 张，每人最多 1 张。',
      numbers: { used: 1, cap: 1 },
    });
    expect(await claim('M2', { batchId })).toMatchObject({ status: 201 });
    expect(couponRows(shop.db)).toHaveLength(2);
    expect((await admin('GET', `/coupon-batches/${batchId}`)).json).toMatchObject({ claimed: 2 });
  });

  test('is not open before its time, nor after it, nor when all are claimed', async () => {
    const { make, claim, shop } = await openDesk();
    const batchId = await make({
      from: '2026-11-22T16:00:00+08:00',
      to: '2026-11-22T17:00:00+08:00',
      total: 1,
    });
    expect(await claim('M1', { batchId })).toMatchObject({
      code: 'not_yet',
      detail: '还没开始：2026-11-22 16:00 起可以领。',
    });
    shop.clock.now += 3_600_000;
    expect(await claim('M1', { batchId })).toMatchObject({ status: 201 });
    expect(await claim('M2', { batchId })).toMatchObject({
      code: 'all_claimed',
      detail: '领完了：一共 1 张，都被领走了。',
      numbers: { total: 1 },
    });
    shop.clock.now += 3_600_000;
    expect(await claim('M3', { batchId })).toMatchObject({
      code: 'closed',
      detail: '已结束：2026-11-22 17:00 以后不能再领。',
    });
  });

  test('counts what was claimed at each of its placements, and each may be of another store', async () => {
    const { make, claim, shop } = await openDesk({ stores: 'claiming' });
    const placements = [
      { name: '小区传单', storeId: 'S1' },
      { name: '货架', storeId: 'S2' },
    ];
    const batchId = await make({ placements, perMember: 2 });
    for (const [member, placement] of [
      ['M1', 0],
      ['M2', 0],
      ['M3', 1],
    ] as const)
      expect(await claim(member, { batchId, placement })).toMatchObject({ status: 201 });
    const at = shop.db.all(
      `SELECT placement, store_id AS store, count(*) AS n FROM coupons GROUP BY 1, 2 ORDER BY 1`,
    );
    expect(at).toEqual([
      { placement: 0, store: 'S1', n: 2 },
      { placement: 1, store: 'S2', n: 1 },
    ]);
  });

  test('Y-09: claimed at a link of S1, a coupon that works where it was claimed is refused in S2 and used in S1', async () => {
    const { make, claim, pos } = await openDesk({ stores: 'claiming' });
    const batchId = await make({ storeId: 'S1' });
    const { id: code, stores } = await claim('M1', { batchId });
    expect(stores).toEqual(['S1']);
    const redeem = async (at: string) => {
      const { status, json } = await pos('POST', '/coupons/redeem', {
        body: { code, store: at, orderNo: 'A', payableFen: 10_000 },
      });
      return [status, json['code'] ?? json['state']];
    };
    expect(await redeem('S2')).toEqual([422, 'wrong_store']);
    expect((await redeem('S1'))[0]).toBe(200);
  });

  test('stops where its template does: stock, a day’s share, and a coupon that would be over already', async () => {
    const short = await openDesk({ stock: 1 });
    const batchId = await short.make();
    await short.claim('M1', { batchId });
    expect(await short.claim('M2', { batchId })).toMatchObject({
      code: 'no_coupon',
      detail: '领完了：这种券一共 1 张，都发完了。',
      numbers: { used: 1, cap: 1 },
    });
    const daily = await openDesk({ perMemberPerDay: 1 });
    const free = await daily.make({ perMember: 9 });
    await daily.claim('M1', { batchId: free });
    expect(await daily.claim('M1', { batchId: free })).toMatchObject({
      detail: '您今天已经领过 1 张，每人每天最多 1 张，请明天再来。',
    });
    daily.shop.clock.now += 24 * 3_600_000;
    expect(await daily.claim('M1', { batchId: free })).toMatchObject({ status: 201 });
    const past = await openDesk({
      validity: { fixed: { from: '2026-11-01T00:00:00+08:00', to: '2026-11-23T00:00:00+08:00' } },
    });
    const late = await past.make();
    past.shop.clock.now += 24 * 3_600_000;
    const before = rowCounts(past.shop.db);
    expect(await past.claim('M1', { batchId: late })).toMatchObject({ status: 409, code: 'no_coupon' });
    expect(rowCounts(past.shop.db)).toEqual(before);
  });
});

describe('printed codes', () => {
  test('each is claimed once; claimed twice, the second is told so, and whoever has it finds it again', async () => {
    const { make, claim, codes, states, shop } = await openDesk();
    const id = await make({ kind: 'codes', count: 3 });
    const [code = '', second = ''] = await codes(id);
    const first = await claim('M1', { code: code.toLowerCase() });
    expect(first).toMatchObject({ status: 201, batchId: id });
    shop.clock.now += 60_000;
    expect(await claim('M2', { code })).toMatchObject({
      status: 409,
      code: 'code_taken',
      detail: '这个码在 2026-11-22 15:00 已经被领过，一个码只能领一次。',
    });
    expect(await claim('M1', { code })).toMatchObject({ status: 201, id: first['id'] });
    expect(await claim('M1', { code: second })).toMatchObject({ code: 'claimed_before' });
    expect(await states(id)).toEqual(['held', 'printed', 'printed']);
    expect(couponRows(shop.db)).toHaveLength(1);
  });

  test('cost no row before they are claimed, and are never twice the same', async () => {
    const { make, codes, shop } = await openDesk();
    const before = rowCounts(shop.db);
    const ids = [await make({ kind: 'codes', count: 200 }), await make({ kind: 'codes', count: 200 })];
    const all = [...(await codes(ids[0] ?? '')), ...(await codes(ids[1] ?? ''))];
    expect([new Set(all).size, rowCounts(shop.db)['coupon_codes']]).toEqual([100, before['coupon_codes']]);
  });

  test.each([
    ['0001', 422, 'code_typo', '券码是 20 位，这里有 4 位'],
    ['0001-0000-0000-0000-0001', 422, 'code_typo', '有一位输错了'],
    ['0001-0000-0000-0000-000U', 422, 'code_typo', '没有 U'],
    // What another shop's form would print: the check character is right, and nothing else.
    ['0000-0000-0000-0000-0000', 404, 'unknown_code', '没有这个券码'],
  ])('%s is refused with %i %s', async (code, status, problem, words) => {
    const { make, claim } = await openDesk();
    await make({ kind: 'codes', count: 1 });
    const answer = await claim('M1', { code });
    expect(answer).toMatchObject({ status, code: problem });
    expect(answer['detail']).toContain(words);
  });

  test('a member who guesses has ten wrong ones an hour, and slips are not counted', async () => {
    const { make, claim, codes, shop } = await openDesk();
    const [good = ''] = await codes(await make({ kind: 'codes', count: 1 }));
    const guess = { code: '0000-0000-0000-0000-0000' };
    for (let place = 0; place < 12; place += 1) await claim('M1', { code: '0001-0000-0000-0000-0001' });
    const answers: unknown[] = [];
    for (let place = 0; place < 11; place += 1) answers.push((await claim('M1', guess)).status);
    expect(answers).toEqual([...Array<number>(10).fill(404), 429]);
    expect(await claim('M1', { code: good })).toMatchObject({
      status: 429,
      code: 'wrong_codes',
      numbers: { limit: 10 },
    });
    expect(await claim('M2', guess)).toMatchObject({ status: 404 });
    shop.clock.now += 3_600_000;
    expect(await claim('M1', { code: good })).toMatchObject({ status: 201 });
  });
});

describe('what is left of a batch', () => {
  test('is called off: nothing more is claimed, and who has one keeps it', async () => {
    const { make, claim, codes, states, admin } = await openDesk();
    const id = await make({ kind: 'codes', count: 3, perMember: 9 });
    const [one = '', two = ''] = await codes(id);
    await claim('M1', { code: one });
    expect((await admin('POST', `/coupon-batches/${id}/call-off`)).json).toMatchObject({ claimed: 1 });
    expect(await claim('M2', { code: two })).toMatchObject({
      status: 409,
      code: 'called_off',
      detail: '已结束：本店在 2026-11-22 15:00 停止了发放。',
    });
    expect(await states(id)).toEqual(['held', 'called-off', 'called-off']);
    expect((await admin('POST', `/coupon-batches/nobody/call-off`)).status).toBe(404);
  });
});

describe('forgetting a member', () => {
  test('leaves the code taken, and no way from it to her', async () => {
    const { make, claim, codes, states, shop } = await openDesk();
    const id = await make({ kind: 'codes', count: 2 });
    const [code = ''] = await codes(id);
    await claim('M1', { code });
    await shop.tell({
      id: 'bye',
      type: 'member.deleted',
      occurredAt: '2026-11-22T15:00:00+08:00',
      data: { externalId: 'M1' },
    });
    expect(shop.db.all(`SELECT coupon_id AS coupon FROM coupon_codes`)).toEqual([{ coupon: null }]);
    expect(await states(id)).toEqual(['gone', 'printed']);
    expect(await claim('M2', { code })).toMatchObject({ status: 409, code: 'code_taken' });
  });
});

test.each([
  ['templateId', { templateId: 'nobody' }],
  ['storeId', { storeId: 'nowhere' }],
  ['to', { from: '2026-11-30T00:00:00+08:00', to: '2026-11-29T00:00:00+08:00' }],
  ['to', { to: '2026-11-22T14:00:00+08:00' }],
  ['total', { total: 0 }],
  ['count', { kind: 'codes', count: 10_001 }],
  ['placements[0].name', { placements: [{ name: '' }] }],
  ['kind', { kind: 'poster' }],
])('a batch whose %s cannot be is refused by its name', async (field, given) => {
  const { admin } = await openDesk();
  const body = { kind: 'link', name: '开业', templateId: '券', ...given };
  const { status, json } = await admin('POST', '/coupon-batches', { body });
  expect([status, json['field']]).toEqual([422, field]);
});
