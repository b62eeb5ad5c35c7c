import { expect, test } from 'vitest';
import { MerchantSettings } from '../../../schema/index.ts';
import { awards } from '../../../workers/decide/awards/index.ts';
import { line, rfc3339, sale, spend, template } from '../../support/builders.ts';
import { granted } from '../../support/grants.ts';
import { memberRows, rowCounts } from '../../support/shop.ts';
import { openOffice, type Office } from '../support.ts';

const points = [{ kind: 'points', points: 100 }];
const data = (amountFen: number, given: Parameters<typeof sale>[0] = {}) =>
  sale({ orderNo: 'T1', lines: [line({ amountFen })], ...given }).data;

async function campaignOf({ admin }: Office, given: object): Promise<string> {
  const body = {
    name: '满188送100积分',
    status: 'active',
    conditions: [spend(18_800)],
    rewards: points,
    ...given,
  };
  return String((await admin('POST', '/campaigns', { body })).json['id']);
}

/** Of every kind of award. */
const nothing = Object.fromEntries(awards.map(({ kind, empty }) => [kind, empty]));

test('a hit says how often and what for, and writes nothing', async () => {
  const office = await openOffice();
  const id = await campaignOf(office, { repeat: 'multiple' });
  const before = rowCounts(office.shop.db);
  const { json } = await office.admin('POST', `/campaigns/${id}/simulate`, { body: { sale: data(40_000) } });
  expect(json).toEqual({
    campaignId: id,
    name: '满188送100积分',
    status: 'active',
    hit: true,
    times: 2,
    numbers: {},
    rewards: { ...nothing, points: 200, costFen: 0 },
    others: [],
  });
  expect(rowCounts(office.shop.db)).toEqual(before);
});

test.each([
  ['condition', {}, { place: 0, have: 15_000, need: 18_800, unit: 'fen' }],
  ['store', { stores: ['8006'] }, { storeId: '8005' }],
  ['level', { levels: ['金卡'] }, { level: null }],
  ['super-member', { superMember: true }, { superUntil: null }],
  ['level', { conditions: [spend(1), { kind: 'level', levels: ['金卡'] }] }, { place: 1, level: null }],
  ['stage', { conditions: [{ kind: 'stage', stages: ['pregnant'] }] }, { place: 0, stages: 'none' }],
  ['not-started', { from: '2026-12-12T00:00:00+08:00' }, { from: '2026-12-11T16:00:00.000Z' }],
  ['over', { to: '2026-11-11T00:00:00+08:00' }, { to: '2026-11-10T16:00:00.000Z' }],
  ['status', { status: 'paused' }, { status: 'paused' }],
  ['trigger', { trigger: 'member.created', conditions: [] }, { trigger: 'member.created' }],
  [
    'budget',
    {
      conditions: [],
      limits: { budgetFen: 150 },
      rewards: [{ kind: 'red-packet', minFen: 200, maxFen: 200 }],
    },
    { leftFen: 150, costFen: 200 },
  ],
])('a miss for the reason %s comes with its numbers', async (reason, given, numbers) => {
  const office = await openOffice();
  const id = await campaignOf(office, given);
  const { json } = await office.admin('POST', `/campaigns/${id}/simulate`, { body: data(15_000) });
  expect(json).toMatchObject({ campaignId: id, hit: false, times: 0, reason, numbers, rewards: null });
});

test('the exclusion of 特价 goods shows in what is missing: 200 yuan of which 20 do not count', async () => {
  const office = await openOffice();
  const id = await campaignOf(office, { exclude: [{ kind: 'brand', ids: ['特价'] }] });
  const lines = [line({ amountFen: 18_000 }), line({ sku: 'soap', brand: '特价', amountFen: 2000 })];
  const { json } = await office.admin('POST', `/campaigns/${id}/simulate`, { body: data(0, { lines }) });
  expect(json).toMatchObject({ reason: 'condition', numbers: { have: 18_000, need: 18_800 } });
});

test('every active campaign is explained beside the asked one: used up, outranked or met', async () => {
  const office = await openOffice();
  const { admin, shop } = office;
  const once = await campaignOf(office, { name: '限一次', limits: { perMember: 1 } });
  shop.clock.now += 1000;
  await shop.tell(sale({ orderNo: 'A', lines: [line({ amountFen: 20_000 })], at: '2026-11-22 15:00' }));
  const low = await campaignOf(office, { name: '低档', group: '618' });
  shop.clock.now += 1000;
  const high = await campaignOf(office, {
    name: '高档',
    group: '618',
    rewards: [{ kind: 'points', points: 500 }],
  });
  await campaignOf(office, { name: '草稿', status: 'draft' });
  const { json } = await admin('POST', `/campaigns/${low}/simulate`, { body: { sale: data(20_000) } });
  expect(json).toMatchObject({ hit: false, reason: 'outranked', numbers: { by: high, group: '618' } });
  expect(json['others']).toMatchObject([
    { campaignId: once, hit: false, reason: 'limit', numbers: { limit: 'perMember', used: 1, cap: 1 } },
    { campaignId: high, hit: true, times: 1, rewards: { points: 500 } },
  ]);
});

test('a tier that is out of stock is passed over and says so, with the numbers of the coupon', async () => {
  const office = await openOffice();
  const { admin, shop } = office;
  const draw = async (given: object) => {
    const validity = { relative: { afterDays: 0, forDays: 7 } };
    const body = { name: '百元', kind: 'cash', valueFen: 10_000, validity, ...given };
    return String((await admin('POST', '/coupon-templates', { body })).json['id']);
  };
  const [scarce, own] = [await draw({ stock: 1 }), await draw({ perMember: 1, valueFen: 500 })];
  const tier = (name: string, given: object) => campaignOf(office, { name, group: '618', ...given });
  const top = await tier('券', { rewards: [{ kind: 'coupon', templateId: scarce }] });
  shop.clock.now += 1000;
  const middle = await tier('一人一张', { rewards: [{ kind: 'coupon', templateId: own }] });
  shop.clock.now += 1000;
  const low = await tier('积分', {});
  const lines = [line({ amountFen: 20_000 })];
  const ask = async () => {
    const { json } = await admin('POST', `/campaigns/${top}/simulate`, {
      body: { sale: data(20_000, { orderNo: 'T2' }) },
    });
    return json;
  };
  await shop.tell(sale({ orderNo: 'A', at: '2026-11-22 15:00', lines, member: { externalId: 'M9' } }));
  const outOfStock = { limit: 'stock', templateId: scarce, used: 1, cap: 1 };
  expect(await ask()).toMatchObject({ hit: false, reason: 'out-of-stock', numbers: outOfStock });
  shop.clock.now += 60_000;
  await shop.tell(sale({ orderNo: 'B', at: '2026-11-22 15:01', lines }));
  const { others } = await ask();
  expect(others).toMatchObject([
    { campaignId: middle, reason: 'out-of-stock', numbers: { limit: 'perMember', used: 1, cap: 1 } },
    { campaignId: low, hit: true, rewards: { points: 100 } },
  ]);
});

test('a draft is tried as if it were active', async () => {
  const office = await openOffice();
  const id = await campaignOf(office, { status: 'draft' });
  const { json } = await office.admin('POST', `/campaigns/${id}/simulate`, { body: { sale: data(20_000) } });
  expect(json).toMatchObject({ status: 'draft', hit: true, others: [] });
});

test('the instant of the sale can be given, and a whole event is understood', async () => {
  const office = await openOffice();
  const id = await campaignOf(office, { from: rfc3339('2026-12-12 00:00'), to: rfc3339('2026-12-13 00:00') });
  const path = `/campaigns/${id}/simulate`;
  const occurredAt = rfc3339('2026-12-12 08:00');
  const ask = async (body: object) => (await office.admin('POST', path, { body })).json['hit'];
  expect(await ask({ sale: data(20_000), occurredAt })).toBe(true);
  expect(await ask({ ...data(20_000), occurredAt })).toBe(true);
  expect(await ask(sale({ lines: [line({ amountFen: 20_000 })], at: '2026-12-12 08:00' }))).toBe(true);
  expect(await ask({ sale: data(20_000) })).toBe(false);
});

test('nobody learns from a simulation what a real sale will draw', async () => {
  const office = await openOffice();
  const id = await campaignOf(office, { rewards: [{ kind: 'red-packet', minFen: 1, maxFen: 1_000_000 }] });
  const { json } = await office.admin('POST', `/campaigns/${id}/simulate`, {
    body: { sale: data(20_000) },
  });
  await office.shop.tell(
    sale({ orderNo: 'T1', lines: [line({ amountFen: 20_000 })], at: '2026-11-22 15:00' }),
  );
  const [{ fen: real } = {}] = office.shop.db.all(
    `WITH ${granted} SELECT awards ->> 'redPacketFen' AS fen FROM granted`,
  );
  expect(json['rewards']).toHaveProperty('redPacketFen');
  expect(json['rewards']).not.toMatchObject({ redPacketFen: real });
});

test('a sale that is not one is refused, naming the field', async () => {
  const office = await openOffice();
  const id = await campaignOf(office, {});
  const path = `/campaigns/${id}/simulate`;
  const wrong = { ...data(1), lines: [{ ...line(), quantity: 2 }] };
  expect((await office.admin('POST', path, { body: { sale: wrong } })).json).toMatchObject({
    field: 'sale.lines[0].quantity',
  });
  expect((await office.admin('POST', '/campaigns/c_none/simulate', { body: data(1) })).json).toMatchObject({
    code: 'unknown_campaign',
  });
});

test('a sale from before the campaign was active is told since when it answers, as a real one would find', async () => {
  const office = await openOffice();
  const id = await campaignOf(office, {});
  const early = { sale: data(20_000), occurredAt: rfc3339('2026-11-22 14:59') };
  const ask = async () => (await office.admin('POST', `/campaigns/${id}/simulate`, { body: early })).json;
  expect(await ask()).toMatchObject({
    hit: false,
    reason: 'not-in-force',
    numbers: { from: '2026-11-22T07:00:00.000Z' },
  });
  await office.admin('PATCH', `/campaigns/${id}`, { body: { from: rfc3339('2026-11-01 00:00') } });
  expect(await ask()).toMatchObject({ hit: true, rewards: { points: 100 } });
});

test('a campaign that has changed since is explained by what it promised on the day of the sale', async () => {
  const office = await openOffice();
  const id = await campaignOf(office, {});
  office.shop.clock.now += 60_000;
  await office.admin('PATCH', `/campaigns/${id}`, { body: { rewards: [{ kind: 'points', points: 900 }] } });
  const ask = async (when: string) => {
    const body = { sale: data(20_000), occurredAt: rfc3339(when) };
    return (await office.admin('POST', `/campaigns/${id}/simulate`, { body })).json['rewards'];
  };
  expect(await ask('2026-11-22 15:00')).toMatchObject({ points: 100 });
  expect(await ask('2026-11-22 15:01')).toMatchObject({ points: 900 });
});

test('K-47: a trial of 开通超级会员 gives the coupon that ends with the membership, though whoever is tried is none yet', async () => {
  const { admin, shop } = await openOffice({
    settings: MerchantSettings.parse({
      superMembership: { plans: [{ name: '年卡', priceFen: 19_900, months: 12 }] },
    }),
    templates: [template('同期', { validity: { superMember: true } })],
  });
  const body = {
    name: '开通送券',
    trigger: 'super_membership.bought',
    rewards: [{ kind: 'coupon', templateId: '同期', count: 1 }],
  };
  const { json } = await admin('POST', '/campaigns', { body });
  const tried = async (plan: string) =>
    (await admin('POST', `/campaigns/${String(json['id'])}/simulate`, { body: { happening: { plan } } }))
      .json;
  expect(await tried('年卡')).toMatchObject({ hit: true });
  expect(await tried('周卡')).toMatchObject({
    hit: false,
    reason: 'out-of-stock',
    numbers: { limit: 'notSuper' },
  });
  expect(memberRows(shop.db)).toEqual([]);
});
