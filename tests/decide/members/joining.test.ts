/** 注册有礼: who joins gets what the shop promised for their stage of life, and gets it once (K-05 to K-09, G-3, G-4). */
import { describe, expect, test } from 'vitest';
import { EventId, type Child, type DomainEvent, type MemberJoined } from '../../../schema/index.ts';
import type { Outcome } from '../../../workers/decide/fold.ts';
import { couponCostFen } from '../../../workers/decide/coupons/coupons.ts';
import { processGroup } from '../../../workers/engine/process.ts';
import { at, campaign, sale, template } from '../../support/builders.ts';
import {
  couponRows,
  memberId,
  memberRows,
  openShop,
  outboxRows,
  type Shop,
  type ShopSetup,
} from '../../support/shop.ts';

const phone = '13912345487';
const openid = 'oNewcomer';
let events = 0;

function joined(given: Partial<Omit<MemberJoined, 'type'>> = {}): MemberJoined {
  events += 1;
  return {
    type: 'member.joined',
    id: EventId.parse(`join_${String(events)}`),
    namespace: '',
    occurredAt: at('2026-11-01 10:00'),
    openid,
    digests: [],
    unionid: null,
    phone,
    name: null,
    children: [],
    birthdayOn: null,
    storeId: null,
    associateId: null,
    source: null,
    ...given,
  };
}

const fan = (type: 'fan.followed' | 'fan.unfollowed', who = openid): DomainEvent => {
  events += 1;
  const told = { id: EventId.parse(`fan_${String(events)}`), namespace: '', openid: who };
  const occurredAt = at('2026-11-01 10:00');
  return type === 'fan.followed' ? { ...told, type, occurredAt, scene: null } : { ...told, type, occurredAt };
};

async function tell(shop: Shop, ...told: readonly DomainEvent[]): Promise<Outcome['verdict'][]> {
  const verdicts: Outcome['verdict'][] = [];
  for (const event of told) {
    const { outcomes, failed } = await processGroup(shop.engine, [{ event, seq: null }], shop.clock.now);
    expect(failed).toEqual([]);
    const outcome = outcomes.get(event.id);
    if (outcome) verdicts.push(outcome.verdict);
  }
  return verdicts;
}

const relative = (afterDays: number, forDays: number) => ({ relative: { afterDays, forDays } });
const cash = (id: string, yuan: number) => template(id, { name: id, valueFen: yuan * 100 });
const thing = (id: string, kind: 'gift' | 'experience') => template(id, { name: id, kind });
const gives = (...coupons: readonly (readonly [string, number])[]) => ({
  trigger: 'member.joined' as const,
  conditions: [],
  rewards: coupons.map(([templateId, count]) => ({ kind: 'coupon', templateId, count })),
});

/** 关注即送百元礼包: three coupons worth 100 yuan together. */
const bundle: ShopSetup = {
  now: '2026-11-01 10:00',
  templates: [cash('50元', 50), cash('30元', 30), cash('20元', 20)],
  campaigns: [campaign('百元礼包', gives(['50元', 1], ['30元', 1], ['20元', 1]))],
};

describe('the bundle of 100 yuan (K-06)', () => {
  test('following and registering brings three coupons worth 100.00 together, and one message', async () => {
    const shop = await openShop(bundle);
    await tell(shop, fan('fan.followed'), joined());
    const faces = new Map(bundle.templates?.map(({ id, definition }) => [id, couponCostFen(definition)]));
    const total = couponRows(shop.db).reduce((sum, { templateId }) => sum + (faces.get(templateId) ?? 0), 0);
    expect([couponRows(shop.db).length, total]).toEqual([3, 10_000]);
    expect(outboxRows(shop.db).filter(({ kind }) => kind === 'joined')).toHaveLength(1);
  });

  test('the message names everything that registering brought, whichever of the two campaigns gave it', async () => {
    const created = campaign('建档礼', {
      trigger: 'member.created',
      conditions: [],
      rewards: [
        { kind: 'coupon', templateId: '50元', count: 3 },
        { kind: 'points', points: 88 },
      ],
    });
    const shop = await openShop({ ...bundle, campaigns: [...(bundle.campaigns ?? []), created] });
    await tell(shop, fan('fan.followed'), joined());
    const [welcome] = outboxRows(shop.db).filter(({ kind }) => kind === 'joined');
    expect(welcome?.payload).toEqual({ earned: { coupons: 6, points: 88 } });
  });

  test('unfollowing, following and registering again brings nothing more', async () => {
    const shop = await openShop(bundle);
    await tell(shop, fan('fan.followed'), joined());
    await tell(shop, fan('fan.unfollowed'), fan('fan.followed'), joined());
    expect(couponRows(shop.db)).toHaveLength(3);
    expect(memberRows(shop.db)).toHaveLength(1);
    expect(outboxRows(shop.db).filter(({ kind }) => kind === 'joined')).toHaveLength(1);
  });

  test('the same registration told twice makes one member with one gift', async () => {
    const shop = await openShop(bundle);
    const event = joined();
    await tell(shop, event, event);
    expect([memberRows(shop.db).length, couponRows(shop.db).length]).toEqual([1, 3]);
  });

  test('a member the till has known for years is found by the phone, bound, and gets the gift once', async () => {
    const shop = await openShop(bundle);
    const member = { externalId: 'M1001', phone, name: '陈小满' };
    await shop.tell({
      type: 'member.created',
      id: 'c1',
      occurredAt: '2024-01-01T10:00:00+08:00',
      data: { member },
    });
    expect(couponRows(shop.db)).toEqual([]);
    await tell(shop, joined(), joined());
    const known = memberId(shop.db, 'ext:pos:M1001');
    expect(memberId(shop.db, `openid:${openid}`)).toBe(known);
    expect(memberRows(shop.db)).toMatchObject([
      { id: known, name: '陈小满', joinedAt: at('2026-11-01 10:00') },
    ]);
    expect(couponRows(shop.db).map((coupon) => coupon.memberId)).toEqual([known, known, known]);
  });

  test('buying makes a member, and is not yet joining', async () => {
    const shop = await openShop(bundle);
    await shop.tell(sale({ at: '2026-11-01 10:00' }));
    expect([memberRows(shop.db).length, couponRows(shop.db).length]).toEqual([1, 0]);
  });
});

test('the three coupons of plan 1, claimed on 2026-11-01 at 10:00, have their three windows (K-07, G-3)', async () => {
  const shop = await openShop({
    now: '2026-11-01 10:00',
    templates: [
      template('5元', { valueFen: 500, validity: relative(0, 7) }),
      template('8元', { valueFen: 800, minSpendFen: 8_000, validity: relative(7, 7) }),
      template('10元', { valueFen: 1_000, minSpendFen: 17_000, validity: relative(14, 20) }),
    ],
    campaigns: [campaign('注册礼', gives(['5元', 1], ['8元', 1], ['10元', 1]))],
  });
  await tell(shop, joined());
  const windows = couponRows(shop.db).map(
    ({ templateId, validFrom, validTo }) => [templateId, { validFrom, validTo }] as const,
  );
  expect(Object.fromEntries(windows)).toEqual({
    '5元': { validFrom: at('2026-11-01 10:00'), validTo: at('2026-11-08 00:00') },
    '8元': { validFrom: at('2026-11-08 00:00'), validTo: at('2026-11-15 00:00') },
    '10元': { validFrom: at('2026-11-15 00:00'), validTo: at('2026-12-05 00:00') },
  });
});

/** features.md K-08, coupon by coupon. */
const byStage: ShopSetup = {
  now: '2026-11-01 10:00',
  templates: [
    ...['10元券', '婴儿内衣10元', '孕妇内衣10元', '玩具10元', '辅食10元', '奶粉10元'].map((id) =>
      cash(id, 10),
    ),
    cash('产后修复100元', 100),
    cash('车床50元', 50),
    cash('服装20元', 20),
    thing('纸尿裤单片装', 'gift'),
    ...['游泳洗澡', '小儿推拿', '免费理发'].map((id) => thing(id, 'experience')),
  ],
  campaigns: [
    campaign('孕妈礼', {
      ...gives(
        ['10元券', 1],
        ['产后修复100元', 2],
        ['孕妇内衣10元', 2],
        ['婴儿内衣10元', 2],
        ['车床50元', 2],
        ['纸尿裤单片装', 2],
      ),
      conditions: [{ kind: 'stage', stages: ['pregnant'] }],
    }),
    campaign('新生儿礼', {
      ...gives(
        ['10元券', 1],
        ['产后修复100元', 2],
        ['婴儿内衣10元', 2],
        ['游泳洗澡', 1],
        ['小儿推拿', 1],
        ['奶粉10元', 1],
      ),
      conditions: [{ kind: 'stage', stages: ['months-0-12'] }],
    }),
    campaign('普通礼', {
      ...gives(['10元券', 1], ['服装20元', 3], ['玩具10元', 2], ['辅食10元', 2], ['免费理发', 1]),
      conditions: [{ kind: 'stage', stages: ['none'] }],
    }),
  ],
};

describe('gifts by stage of life (K-08, G-4)', () => {
  test.each<[string, readonly Child[], number]>([
    ['a mother-to-be gets 11', [{ born: '2027-03-01', isExpected: true }], 11],
    ['a baby of 20 days brings 8', [{ born: '2026-10-12', isExpected: false }], 8],
    ['a baby of exactly 12 months brings 8', [{ born: '2025-11-01', isExpected: false }], 8],
    ['no word of a baby brings 9', [], 9],
    [
      'a child of 12 months and a day brings none of the three',
      [{ born: '2025-10-31', isExpected: false }],
      0,
    ],
  ])('%s', async (_, children, coupons) => {
    const shop = await openShop(byStage);
    await tell(shop, joined({ children }));
    expect(couponRows(shop.db)).toHaveLength(coupons);
    expect(memberRows(shop.db)).toMatchObject([{ children: children.length > 0 ? children : null }]);
  });

  test('the due date of a mother who comes back with the baby changes her stage, and brings no second gift', async () => {
    const shop = await openShop(byStage);
    await tell(shop, joined({ children: [{ born: '2026-11-20', isExpected: true }] }));
    const children = [{ born: '2026-11-18', isExpected: false }];
    await tell(shop, joined({ occurredAt: at('2026-12-01 10:00'), children }));
    expect(couponRows(shop.db)).toHaveLength(11);
    expect(memberRows(shop.db)).toMatchObject([{ children, joinedAt: at('2026-11-01 10:00') }]);
  });
});

test('who scanned the hospital’s code and registered by an article’s link came from the hospital', async () => {
  const shop = await openShop();
  const scanned: DomainEvent = {
    ...fan('fan.followed'),
    type: 'fan.followed',
    scene: 'src_hospital',
    openid,
  };
  await tell(shop, scanned, joined({ source: 'article:9' }));
  expect(memberRows(shop.db)).toMatchObject([{ source: 'hospital' }]);
});

describe('a phone that answers to somebody else', () => {
  const strangers = { openid: 'oStranger' };

  test('is refused, whoever holds it now, and nothing is written', async () => {
    const shop = await openShop(bundle);
    await tell(shop, joined());
    expect(await tell(shop, joined(strangers))).toEqual(['refused']);
    expect([memberRows(shop.db).length, couponRows(shop.db).length]).toEqual([1, 3]);
  });

  test('is refused to a member of their own', async () => {
    const shop = await openShop(bundle);
    await tell(shop, joined(), joined({ ...strangers, phone: '13800001111' }));
    expect(await tell(shop, joined(strangers))).toEqual(['refused']);
    expect(memberId(shop.db, `phone:${phone}`)).toBe(memberId(shop.db, `openid:${openid}`));
  });
});

test('who came by G7’s article belongs to G7, and says where from (K-03)', async () => {
  const shop = await openShop({
    associates: [
      { id: 'G7', name: '小王', storeId: '8005', openid: null, wecomUserId: null, endedAt: null } as never,
    ],
  });
  await tell(shop, joined({ associateId: 'G7', storeId: '8005', source: 'article:12' }));
  expect(memberRows(shop.db)).toMatchObject([{ associateId: 'G7', storeId: '8005', source: 'article:12' }]);
});
