/** 给一群会员发券 over the API: tried, begun once, told how far it has come, and stopped. */
import { beforeEach, describe, expect, test } from 'vitest';
import { grants } from '../../../workers/commands/jobs/grants.ts';
import { line, product, sale, template } from '../../support/builders.ts';
import { roundOf } from '../../support/round.ts';
import { couponRows } from '../../support/shop.ts';
import { openOffice, token, type Office } from '../support.ts';

let office: Office;
const body = {
  to: { by: 'category', category: '01', days: 30 },
  templateId: 'T10',
  count: 2,
  reason: '奶粉会员回馈',
};
const turn = () => grants.run(roundOf(office.shop), office.shop.clock.now);

/** Three who bought milk, two in 8005 and one in 8006. */
beforeEach(async () => {
  office = await openOffice({
    templates: [template('T10', { valueFen: 1_000, perMember: 2 })],
    products: [product({ sku: 'milk' })],
  });
  for (const [who, store] of [
    ['A', '8005'],
    ['B', '8005'],
    ['C', '8006'],
  ] as const)
    await office.shop.tell(
      sale({
        orderNo: who,
        store,
        member: { externalId: who, phone: `1391234000${who.charCodeAt(0) - 65}` },
        lines: [line({ sku: 'milk' })],
      }),
    );
});

describe('a grant to a group', () => {
  test('is tried first: three people, six coupons, 60 yuan, and nothing is given, kept or noted', async () => {
    const { admin, shop } = office;
    const { status, json } = await admin('POST', '/coupon-grant-jobs/dry-run', { body });
    expect([status, json]).toEqual([
      200,
      { people: 3, unknown: 0, full: 0, left: null, getting: 3, costFen: 6_000, isOver: false },
    ]);
    await turn();
    expect(couponRows(shop.db)).toEqual([]);
    expect(
      shop.db.all(`SELECT (SELECT count(*) FROM grant_jobs) + (SELECT count(*) FROM audit_rows) AS n`),
    ).toEqual([{ n: 0 }]);
  });

  test('is begun once with one key, reaches all three, and says so; a second one says why it gives nothing', async () => {
    const { admin, shop } = office;
    const asked = { body, headers: { 'idempotency-key': 'k1' } };
    const [begun, again] = [
      await admin('POST', '/coupon-grant-jobs', asked),
      await admin('POST', '/coupon-grant-jobs', asked),
    ];
    expect(again.json).toEqual(begun.json);
    expect([begun.status, begun.json]).toMatchObject([
      201,
      { state: 'running', people: 3, by: 'hk_admin', outcomes: { given: 0 } },
    ]);
    await turn();
    const path = `/coupon-grant-jobs/${String(begun.json['id'])}`;
    expect((await admin('GET', path)).json).toMatchObject({
      state: 'done',
      outcomes: { given: 3, perMember: 0 },
    });
    expect(couponRows(shop.db)).toHaveLength(6);
    const second = await admin('POST', '/coupon-grant-jobs', { body });
    await turn();
    expect((await admin('GET', `/coupon-grant-jobs/${String(second.json['id'])}`)).json).toMatchObject({
      outcomes: { given: 0, perMember: 3 },
    });
  });

  test('is stopped before it gave anything, and cannot be stopped twice', async () => {
    const { admin, shop } = office;
    const begun = await admin('POST', '/coupon-grant-jobs', { body });
    const path = `/coupon-grant-jobs/${String(begun.json['id'])}/stop`;
    expect((await admin('POST', path)).json).toMatchObject({ state: 'stopped' });
    expect((await admin('POST', path)).json).toMatchObject({ status: 409, code: 'already_ended' });
    await turn();
    expect(couponRows(shop.db)).toEqual([]);
  });

  test('names of a list stand in no audit; what nobody has is refused with its field', async () => {
    const { admin, shop } = office;
    const listed = { ...body, to: { by: 'list', numbers: ['13912340000', '13900000000'] } };
    expect((await admin('POST', '/coupon-grant-jobs', { body: listed })).json).toMatchObject({
      people: 1,
      unknown: 1,
    });
    expect(shop.db.all(`SELECT act, after FROM audit_rows`)).toEqual([
      {
        act: 'POST /coupon-grant-jobs',
        after: JSON.stringify({ templateId: 'T10', count: 2, reason: '奶粉会员回馈' }),
      },
    ]);
    const none = await admin('POST', '/coupon-grant-jobs', { body: { ...body, templateId: 'T99' } });
    expect(none.json).toMatchObject({ status: 404, code: 'unknown_template', field: 'templateId' });
    const nobody = await admin('POST', '/coupon-grant-jobs/dry-run', {
      body: { ...body, to: { by: 'tag', tag: '无' } },
    });
    expect(nobody.json).toMatchObject({ status: 422, field: 'to' });
  });

  test('by a token of one store reaches its members, and no other job is its to see', async () => {
    const { admin, client, shop } = office;
    await shop.db.batch([
      token('hk_8006', ['admin'], { stores: ['8006'] as never, lastUsedAt: shop.clock.now }),
    ]);
    const bound = client('hk_8006');
    const own = await bound('POST', '/coupon-grant-jobs', { body });
    expect(own.json).toMatchObject({ people: 1 });
    expect((await bound('GET', `/coupon-grant-jobs/${String(own.json['id'])}`)).status).toBe(200);
    const wide = await admin('POST', '/coupon-grant-jobs', { body });
    for (const [method, path] of [
      ['GET', ''],
      ['POST', '/stop'],
    ] as const)
      expect((await bound(method, `/coupon-grant-jobs/${String(wide.json['id'])}${path}`)).status).toBe(404);
  });
});
