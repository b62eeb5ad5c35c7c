import { describe, expect, test } from 'vitest';
import { sale, spend } from '../../support/builders.ts';
import { items, openOffice, pages } from '../support.ts';

const redPacket = {
  name: '满188抽红包',
  status: 'active',
  conditions: [spend(18_800)],
  limits: { total: 10, perMember: null, perMemberPerDay: null, budgetFen: 5000 },
  rewards: [{ kind: 'red-packet', minFen: 200, maxFen: 500 }],
};

const bigSale = (orderNo: string) =>
  sale({ orderNo, lines: [{ sku: 'milk', quantity: '2', amountFen: 20_720 }], at: '2026-11-22 15:00' });

test('a campaign is created with all its defaults, and read back', async () => {
  const { admin } = await openOffice();
  const { status, json } = await admin('POST', '/campaigns', { body: redPacket });
  expect(status).toBe(201);
  expect(json).toEqual({
    id: expect.stringMatching(/^c_[0-9a-z]{16}$/),
    version: 1,
    ...redPacket,
    trigger: 'sale.completed',
    stores: null,
    levels: null,
    superMember: null,
    from: null,
    to: null,
    exclude: [],
    repeat: 'once',
    group: null,
    pick: 'best',
    priority: 0,
    used: 0,
    spentFen: 0,
    coupons: { sent: 0, revoked: 0, used: 0, rate: null },
    createdAt: '2026-11-22T07:00:00.000Z',
    inForceFrom: '2026-11-22T07:00:00.000Z',
  });
  expect((await admin('GET', `/campaigns/${String(json['id'])}`)).json).toEqual(json);
  expect(items(await admin('GET', '/campaigns'))).toEqual([json]);
});

test('a campaign counts from the next sale on, and shows what it gave', async () => {
  const { admin, shop } = await openOffice();
  const { json } = await admin('POST', '/campaigns', { body: redPacket });
  await shop.tell(bigSale('A'));
  const { json: after } = await admin('GET', `/campaigns/${String(json['id'])}`);
  expect(after['used']).toBe(1);
  expect(after['spentFen']).toBeGreaterThanOrEqual(200);
  expect(after['spentFen']).toBeLessThanOrEqual(500);
});

test.each([
  ['rewards[0].maxFen', { rewards: [{ kind: 'red-packet', minFen: 500, maxFen: 200 }] }],
  ['rewards[0].kind', { rewards: [{ kind: 'cake' }] }],
  [
    'rewards[1].templateId',
    {
      rewards: [
        { kind: 'points', points: 1 },
        { kind: 'coupon', templateId: 't_none' },
      ],
    },
  ],
  ['to', { from: '2026-06-18T00:00:00+08:00', to: '2026-06-11T00:00:00+08:00' }],
  ['from', { from: '2026-06-18 00:00' }],
  ['conditions[0].ids', { conditions: [spend(1, { scope: 'sku' })] }],
  ['limits.totl', { limits: { totl: 1 } }],
  ['levels', { levels: [] }],
  ['conditions[1].levels', { conditions: [spend(1), { kind: 'level', levels: [] }] }],
  ['stages', { stages: ['pregnant'] }],
])('a campaign with a wrong %s is refused by that name', async (field, wrong) => {
  const { admin } = await openOffice();
  const { json } = await admin('POST', '/campaigns', { body: { ...redPacket, ...wrong } });
  expect(json).toMatchObject({ status: 422, code: 'invalid', field, issues: [{ field }] });
});

test('everything that is wrong is listed, not only the first', async () => {
  const { admin } = await openOffice();
  const { json } = await admin('POST', '/campaigns', { body: { ...redPacket, name: '', priority: 0.5 } });
  expect(json['issues']).toMatchObject([{ field: 'name' }, { field: 'priority' }]);
});

test('a change writes a new version and closes the old one at the same instant', async () => {
  const { admin, shop } = await openOffice();
  const { json } = await admin('POST', '/campaigns', { body: redPacket });
  const path = `/campaigns/${String(json['id'])}`;
  shop.clock.now += 60_000;
  const patched = await admin('PATCH', path, {
    body: { status: 'paused', limits: { total: 20, budgetFen: null } },
  });
  expect(patched.json).toEqual({
    ...json,
    version: 2,
    status: 'paused',
    limits: { total: 20, perMember: null, perMemberPerDay: null, budgetFen: null },
    inForceFrom: '2026-11-22T07:01:00.000Z',
  });
  const versions = shop.db.all(
    `SELECT version, status, in_force_from, in_force_to FROM campaigns ORDER BY version`,
  );
  expect(versions).toEqual([
    { version: 1, status: 'active', in_force_from: shop.clock.now - 60_000, in_force_to: shop.clock.now },
    { version: 2, status: 'paused', in_force_from: shop.clock.now, in_force_to: null },
  ]);
  expect(shop.db.all(`SELECT total_limit, budget_fen FROM campaign_counters`)).toEqual([
    { total_limit: 20, budget_fen: null },
  ]);
  expect(items(await admin('GET', '/campaigns'))).toEqual([patched.json]);
  await shop.tell({ ...bigSale('A'), occurredAt: '2026-11-22T15:01:00+08:00' });
  expect((await admin('GET', path)).json['used']).toBe(0);
});

test('a campaign that starts with a registration is refused a basket to look at, and told what to do', async () => {
  const { admin } = await openOffice();
  const conditions = [{ kind: 'store', ids: ['8005'] }, spend(18_800)];
  const body = { ...redPacket, trigger: 'member.joined', conditions };
  expect((await admin('POST', '/campaigns', { body })).json).toMatchObject({
    status: 422,
    field: 'conditions[1].kind',
    detail:
      'conditions[1].kind: spend needs basket, which member.joined does not bring: take the condition out, or let the campaign start with sale.completed',
  });
  const first = { ...body, conditions: conditions.slice(0, 1) };
  expect((await admin('POST', '/campaigns', { body: first })).status).toBe(201);
});

test('other conditions leave its levels alone, and other levels its conditions', async () => {
  const { admin } = await openOffice();
  const { json } = await admin('POST', '/campaigns', { body: { ...redPacket, levels: ['金卡'] } });
  const path = `/campaigns/${String(json['id'])}`;
  const dearer = { conditions: [spend(28_800)] };
  expect((await admin('PATCH', path, { body: dearer })).json).toMatchObject({ ...dearer, levels: ['金卡'] });
  expect((await admin('PATCH', path, { body: { levels: null } })).json).toMatchObject({
    ...dearer,
    levels: null,
  });
});

test('a change is checked as a whole, and an unknown campaign is a 404', async () => {
  const { admin } = await openOffice();
  const { json } = await admin('POST', '/campaigns', { body: redPacket });
  const path = `/campaigns/${String(json['id'])}`;
  expect((await admin('PATCH', path, { body: { rewards: [] } })).json).toMatchObject({ field: 'rewards' });
  expect((await admin('PATCH', path, { body: { name: null } })).json).toMatchObject({ field: 'name' });
  expect((await admin('PATCH', path, { body: { used: 0 } })).json).toMatchObject({ field: 'used' });
  expect((await admin('GET', path)).json).toEqual(json);
  expect((await admin('PATCH', '/campaigns/c_none', { body: {} })).json).toMatchObject({
    code: 'unknown_campaign',
  });
});

describe('a coupon of which nobody has said what it costs the shop', () => {
  const kinds = [
    ['percent', { payBps: 9000 }, 'maxOffFen or faceCostFen'],
    ['gift', {}, 'faceCostFen'],
    ['experience', {}, 'faceCostFen'],
    ['shipping', {}, 'faceCostFen'],
    ['partner', {}, 'faceCostFen'],
  ] as const;
  const open = async (given: object = {}) => {
    const office = await openOffice();
    const validity = { relative: { afterDays: 0, forDays: 7 } };
    const body = { name: '券', kind: 'gift', validity, ...given };
    const templateId = String((await office.admin('POST', '/coupon-templates', { body })).json['id']);
    const post = (campaign: object) =>
      office.admin('POST', '/campaigns', {
        body: { name: '活动', status: 'active', rewards: [{ kind: 'coupon', templateId }], ...campaign },
      });
    return { ...office, templateId, post };
  };

  test.each(kinds)(
    'of kind %s is refused under a budget and in a group that picks the best',
    async (kind, given, remedy) => {
      const { post, templateId } = await open({ kind, ...given });
      for (const [campaign, why] of [
        [{ limits: { budgetFen: 5000 } }, 'limits.budgetFen has to count it'],
        [{ group: '618', pick: 'best' }, 'group 618 compares it to pick the best'],
        [{ group: '618', status: 'draft' }, 'group 618 compares it to pick the best'],
      ] as const) {
        const { status, json } = await post(campaign);
        expect([status, json['code'], json['field']]).toEqual([422, 'invalid', 'rewards[0].templateId']);
        expect(json['detail']).toContain(`coupon template ${templateId} of kind ${kind} does not say`);
        expect(json['detail']).toContain(why);
        expect(json['detail']).toContain(`draw up another one with ${remedy}`);
      }
      for (const campaign of [{}, { group: '618', pick: 'first' }, { group: '61', pick: 'all' }])
        expect((await post(campaign)).status).toBe(201);
    },
  );

  test.each([
    ['percent', { payBps: 9000, maxOffFen: 2000 }],
    ['percent', { payBps: 9000, faceCostFen: 500 }],
    ['gift', { faceCostFen: 3000 }],
    ['partner', { faceCostFen: 0 }],
    ['cash', { valueFen: 500 }],
  ])('is not one of kind %s with %j', async (kind, given) => {
    const { post } = await open({ kind, ...given });
    expect((await post({ group: '618', limits: { budgetFen: 5000 } })).status).toBe(201);
  });

  test('is refused as well when a change would bring its campaign under a budget or into such a group', async () => {
    const { post, admin } = await open();
    const path = `/campaigns/${String((await post({ group: '618', pick: 'first' })).json['id'])}`;
    for (const body of [{ limits: { budgetFen: 5000 } }, { pick: 'best' }]) {
      const { status, json } = await admin('PATCH', path, { body });
      expect([status, json['field']]).toEqual([422, 'rewards[0].templateId']);
    }
    expect((await admin('GET', path)).json).toMatchObject({ version: 1, pick: 'first' });
    expect((await admin('PATCH', path, { body: { status: 'ended' } })).status).toBe(200);
  });

  test('keeps others of its group from picking the best, until it has ended', async () => {
    const { post, admin } = await open();
    const silent = String((await post({ group: '618', pick: 'all' })).json['id']);
    const best = { group: '618', rewards: [{ kind: 'points', points: 5 }] };
    const { status, json } = await post(best);
    expect([status, json['field']]).toEqual([422, 'pick']);
    expect(json['detail']).toContain(`campaign ${silent} of the same group`);
    await admin('PATCH', `/campaigns/${silent}`, { body: { status: 'ended' } });
    expect((await post(best)).status).toBe(201);
    expect((await post({ group: '618', pick: 'all' })).json['field']).toBe('rewards[0].templateId');
  });
});

test('a cap cannot fall below what was used: 3 used, so 2 is refused with both numbers', async () => {
  const { admin, shop } = await openOffice();
  const { json } = await admin('POST', '/campaigns', { body: redPacket });
  const path = `/campaigns/${String(json['id'])}`;
  for (const orderNo of ['A', 'B', 'C']) await shop.tell(bigSale(orderNo));
  const spentFen = Number((await admin('GET', path)).json['spentFen']);
  expect((await admin('PATCH', path, { body: { limits: { total: 2 } } })).json).toMatchObject({
    status: 409,
    code: 'limit_below_used',
    field: 'limits.total',
    numbers: { limit: 2, used: 3 },
  });
  expect((await admin('PATCH', path, { body: { limits: { budgetFen: 1 } } })).json).toMatchObject({
    status: 409,
    code: 'limit_below_used',
    field: 'limits.budgetFen',
    numbers: { limit: 1, used: spentFen },
  });
  const { json: after } = await admin('GET', path);
  expect(after).toMatchObject({ version: 1, used: 3, limits: redPacket.limits });
  expect((await admin('PATCH', path, { body: { limits: { total: 3 } } })).status).toBe(200);
});

test('two changes at once are both kept', async () => {
  const { admin } = await openOffice();
  const { json } = await admin('POST', '/campaigns', { body: redPacket });
  const path = `/campaigns/${String(json['id'])}`;
  await Promise.all([
    admin('PATCH', path, { body: { priority: 7 } }),
    admin('PATCH', path, { body: { group: '618' } }),
  ]);
  expect((await admin('GET', path)).json).toMatchObject({ version: 3, priority: 7, group: '618' });
});

test('campaigns are paged newest first', async () => {
  const { admin, shop } = await openOffice();
  for (const name of ['一', '二', '三', '四', '五']) {
    await admin('POST', '/campaigns', { body: { ...redPacket, name } });
    if (name !== '三') shop.clock.now += 1000;
  }
  const all = items(await admin('GET', '/campaigns'));
  expect(all.map(({ name }) => name)).toEqual(expect.arrayContaining(['一', '二', '三', '四', '五']));
  expect(all[0]?.['name']).toBe('五');
  expect((await pages(admin, '/campaigns', 2)).flat()).toEqual(all);
});
