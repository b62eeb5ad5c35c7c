import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Awards, SaleCompleted } from '../../../schema/index.ts';
import { compileCampaign } from '../../../workers/decide/campaigns/campaigns.ts';
import type { Due } from '../../../workers/decide/campaigns/entitlement.ts';
import { explain as explainTried } from '../../../workers/decide/campaigns/explain.ts';
import { triedSale } from '../../../workers/decide/occasions/tried.ts';
import { fold } from '../../../workers/decide/fold.ts';
import { needsOf } from '../../../workers/decide/decide.ts';
import type { World } from '../../../workers/decide/world.ts';
import { seedMaker } from '../../../workers/engine/seeds.ts';
import { load } from '../../../workers/db/world/load.ts';
import { at, campaign, line, sale, spend, template } from '../../support/builders.ts';
import { openShop, testSecret, type Shop } from '../../support/shop.ts';
import { generic } from '../as-domain.ts';

const explain = (
  world: Parameters<typeof triedSale>[0],
  event: Parameters<typeof triedSale>[1],
  asked: Parameters<typeof explainTried>[2],
) => explainTried(world, triedSale(world, event), asked);

const worldOf = async (shop: Shop, event: SaleCompleted): Promise<World> => {
  const needs = needsOf([event]);
  const { world } = await load(shop.db, {
    eventIds: [],
    seqs: [],
    needs,
    isDeep: true,
    config: await shop.engine.config.get(),
    seeds: await seedMaker(testSecret)(needs.seeds),
    now: shop.clock.now,
  });
  return world;
};

const asked = campaign('asked', { status: 'draft' });

const awardsOf = (due: Due): Awards =>
  Object.fromEntries(due.owed.map(({ award: { kind }, amount }) => [kind, amount]));

/** What is due and what is held of it look alike; coupons do not. */
const numbersOf = ({ points, redPacketFen }: Awards): string => `${String(points)}/${String(redPacketFen)}`;

test('what is explained is what is decided: every hit is granted, every miss is not, whatever the sale', async () => {
  const tier = (id: string, atLeast: number, given = {}) =>
    campaign(id, { conditions: [spend(atLeast)], group: '档', ...given });
  const shop = await openShop({
    templates: [template('t')],
    campaigns: [
      tier('188', 18_800),
      tier('388', 38_800, {
        rewards: [{ kind: 'red-packet', minFen: 500, maxFen: 900 }],
        limits: { total: 6 },
      }),
      tier('788', 78_800, {
        rewards: [{ kind: 'coupon', templateId: 't', count: 2 }],
        limits: { budgetFen: 3000 },
      }),
      campaign('gold', { levels: ['金卡'], conditions: [] }),
      campaign('other-shop', { stores: ['8006'], conditions: [] }),
      campaign('once', { conditions: [], limits: { perMember: 1 } }),
      campaign('milk', {
        conditions: [spend(2, { scope: 'sku', ids: ['milk'], measure: 'quantity' })],
        repeat: 'multiple',
      }),
      campaign('past', { to: '2026-11-22T00:00:00+08:00' }),
    ],
  });
  let orders = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        member: fc.constantFrom('M1', 'M2', 'M3'),
        store: fc.constantFrom('8005', '8006'),
        lines: fc.array(
          fc.record({
            sku: fc.constantFrom('milk', 'diaper'),
            amountFen: fc.integer({ min: 0, max: 60_000 }),
            quantity: fc.constantFrom('0', '1', '3'),
            kind: fc.constantFrom('normal' as const, 'gift' as const),
          }),
          { minLength: 1, maxLength: 3 },
        ),
      }),
      async ({ member, store, lines }) => {
        orders += 1;
        const body = sale({ orderNo: `N${orders}`, store, lines, member: { externalId: member } });
        const event = generic(body);
        const explained = explain(await worldOf(shop, event), event, compileCampaign(asked));
        const real = await worldOf(shop, event);
        fold(real, [event]);
        const granted = (real.grants.get(`sale:${event.saleId}`) ?? []).filter(({ times }) => times > 0);
        const hits = explained.filter(({ due, campaign: { id } }) => due !== null && id !== 'asked');
        expect(
          new Set(
            hits.map(({ campaign: { id }, due }) => [id, due?.times, due && numbersOf(awardsOf(due))].join()),
          ),
        ).toEqual(
          new Set(granted.map((grant) => [grant.campaignId, grant.times, numbersOf(grant.awards)].join())),
        );
        expect(explained.every(({ due, miss }) => (due === null) !== (miss === null))).toBe(true);
        await shop.tell(body);
      },
    ),
    { numRuns: 60 },
  );
});

const told = async (given: Parameters<typeof sale>[0], campaigns: Parameters<typeof openShop>[0]) => {
  const shop = await openShop(campaigns);
  const event = generic(sale(given));
  return { world: await worldOf(shop, event), event };
};

test('a sale without a member earns nothing from anyone, and that is the reason', async () => {
  const { world, event } = await told({ member: null }, { campaigns: [campaign('188', { conditions: [] })] });
  const reasons = explain(world, event, compileCampaign(asked)).map(({ miss }) => miss?.reason);
  expect(reasons).toEqual(['no-member', 'no-member']);
});

test('a member nobody knows is a new one, without a level', async () => {
  const { world, event } = await told(
    { member: { externalId: 'stranger' } },
    {
      campaigns: [
        campaign('gold', { levels: ['金卡'], conditions: [] }),
        campaign('all', { conditions: [] }),
      ],
    },
  );
  const explained = explain(world, event, compileCampaign(asked));
  expect(explained.map(({ campaign: { id }, due, miss }) => [id, due ? awardsOf(due) : miss])).toEqual([
    [
      'asked',
      {
        reason: 'condition',
        code: 'condition',
        place: 0,
        shortfall: { have: 10_000, need: 18_800, unit: 'fen' },
      },
    ],
    ['all', { points: 100 }],
    ['gold', { reason: 'condition', code: 'level', place: null, shortfall: { level: null } }],
  ]);
});

test('a draft takes part as if it were active, a paused campaign says that it is paused', async () => {
  const { world, event } = await told({ lines: [line({ amountFen: 20_000 })] }, {});
  expect(explain(world, event, compileCampaign(asked))[0]?.due?.times).toBe(1);
  const paused = compileCampaign(campaign('paused', { status: 'paused' }));
  expect(explain(world, event, paused)[0]?.miss).toEqual({ reason: 'status', status: 'paused' });
  const ended = compileCampaign(campaign('ended', { status: 'ended' }));
  expect(explain(world, event, ended)[0]?.miss).toEqual({ reason: 'status', status: 'ended' });
});

test('a campaign for registrations does not look at sales', async () => {
  const { world, event } = await told({}, { campaigns: [campaign('gift', { trigger: 'member.created' })] });
  expect(explain(world, event, compileCampaign(asked))[1]?.miss).toEqual({
    reason: 'trigger',
    trigger: 'member.created',
  });
});

test('a sale that was rung up already does not stand in its own way', async () => {
  const once = campaign('once', { conditions: [], limits: { perMember: 1 } });
  const shop = await openShop({ campaigns: [once] });
  await shop.tell(sale());
  const same = generic(sale());
  expect(explain(await worldOf(shop, same), same, compileCampaign(once))[0]?.due).toMatchObject({
    times: 1,
    worthFen: 100,
  });
  const next = generic(sale({ orderNo: 'next', at: '2026-11-22 15:00' }));
  expect(next.occurredAt).toBe(at('2026-11-22 15:00'));
  expect(explain(await worldOf(shop, next), next, compileCampaign(once))[0]?.miss).toEqual({
    reason: 'limit',
    limit: 'perMember',
    used: 1,
    cap: 1,
  });
});
