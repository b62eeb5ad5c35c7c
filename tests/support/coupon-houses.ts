/** 两家店: the same events told to a world in memory, and to a shop with its database; either says what coupons there are. */
import type {
  Coupon,
  CampaignId,
  DomainEvent,
  Grant,
  IdentityKey,
  InboxEvent,
  MemberId,
} from '../../schema/index.ts';
import { BatchInput, EventId, defaultTimezone, type BatchId, type CouponBatch } from '../../schema/index.ts';
import { takeBack } from '../../workers/commands/promotions/take-back.ts';
import { run } from '../../workers/commands/run.ts';
import { insertBatch } from '../../workers/db/coupons/batches.ts';
import { indexCampaigns } from '../../workers/decide/campaigns/campaign-index.ts';
import { fold } from '../../workers/decide/fold.ts';
import { noRows } from '../../workers/decide/slices/index.ts';
import type { World } from '../../workers/decide/world.ts';
import { toNormalised } from '../../workers/receive/erp/kernel/canonical.ts';
import { campaign, spend, template, type Body } from './builders.ts';
import { claimable, earned, rules, sold } from './coupon-model.ts';
import { couponRows, emptied, grantRows, memberId, openShop, type ShopSetup } from './shop.ts';
import type { TestDb } from './sqlite.ts';
import { emptyWorld } from './worlds.ts';

export type House = {
  readonly tell: (event: DomainEvent, now: number) => Promise<void>;
  /** As a till tells it. */
  readonly tellBody: (body: Body, id: string, now: number) => Promise<void>;
  readonly memberOf: (externalId: string) => MemberId;
  readonly coupons: () => readonly Coupon[];
  readonly grants: () => readonly Grant[];
  /** From now on the campaign gives nothing; what it gave is taken event by event. */
  readonly withdraw: (now: number) => Promise<void>;
};

export const campaignId = '满100' as CampaignId;
export const batchId = 'bt_claim' as BatchId;

const batchOf = (): CouponBatch => ({
  seq: 1,
  id: batchId,
  definition: BatchInput.parse({
    kind: 'link',
    name: '抢',
    templateId: claimable.template,
    perMember: claimable.perMember,
    total: claimable.total,
  }),
  claimed: 0,
  limitCount: claimable.total,
  createdAt: 0,
  endedAt: null,
});

const setup: ShopSetup = {
  templates: Object.entries(rules).map(([id, { minFen, stacks, perSale, giveBack, onPartial }]) =>
    template(id, {
      ...(id === sold.template && {
        kind: 'presale',
        priceFen: 100,
        saleFrom: '2026-01-01T00:00:00+08:00',
        saleTo: '2028-01-01T00:00:00+08:00',
      }),
      valueFen: 300,
      minSpendFen: minFen,
      stacksWith: stacks,
      perSale,
      giveBack,
      onPartialReturn: onPartial,
      validity: { relative: { afterDays: 0, forDays: 2 } },
    }),
  ),
  campaigns: [
    campaign(campaignId, {
      conditions: [spend(earned.fromFen)],
      rewards: [{ kind: 'coupon', templateId: earned.template, count: 1 }],
    }),
  ],
};

/** Any seed will do, as long as it is the same for the same cause. */
export class AnySeeds extends Map<
  string,
  World['seeds'] extends ReadonlyMap<string, infer Seed> ? Seed : never
> {
  override get(cause: string) {
    let mixed = 7;
    for (const letter of cause) mixed = (Math.imul(mixed, 31) + (letter.codePointAt(0) ?? 0)) | 0;
    return [mixed, mixed ^ 1, mixed ^ 2, mixed ^ 3, mixed ^ 4, mixed ^ 5, mixed ^ 6, mixed ^ 7] as const;
  }
}

/** Every map of it, with nothing in it. */
const blank = (base: World): World =>
  Object.fromEntries(
    Object.entries(base).map(([name, value]): [string, unknown] => [
      name,
      value instanceof Map ? new Map() : value,
    ]),
  ) as unknown as World;

export const furnishedWorld = async (): Promise<World> => emptyWorld(setup);

export function houseInMemory(base: World): House {
  let { config } = base;
  const world: World = {
    ...blank(base),
    ...noRows(),
    couponBatches: new Map([[batchId, batchOf()]]),
    seeds: new AnySeeds(),
  };
  const tell = async (event: DomainEvent, now: number): Promise<void> =>
    void fold({ ...world, config, now }, [event]);
  return {
    tell,
    tellBody: async (body, id, now) => tell(domainOf(body, id, now), now),
    memberOf: (externalId) => {
      const found = world.identities.get(`ext:pos:${externalId}` as IdentityKey);
      if (found === undefined) throw new Error(`nobody is ${externalId}`);
      return found;
    },
    coupons: () => [...world.coupons.values()],
    grants: () => [...world.grants.values()].flat(),
    withdraw: async () => {
      const campaigns = { ...config.campaigns, 'sale.completed': indexCampaigns([]) };
      config = { ...config, campaigns, withdrawn: new Set([campaignId]) };
    },
  };
}

/** As the receiver would hand it to the engine. */
function domainOf(body: Body, id: string, now: number): DomainEvent {
  const row = { id: EventId.parse(id), receivedAt: now } as InboxEvent;
  const numbers = { namespace: 'pos', numbering: 'unique', zone: defaultTimezone } as const;
  const made = toNormalised(row, numbers, { ...body, occurredAt: new Date(now).toISOString() });
  if (!('event' in made)) throw new Error(JSON.stringify(made));
  return made.event;
}

/** Commands as their callers run them, tills by their webhook; every step is loaded and applied by itself. */
export async function houseOfRows(db: TestDb): Promise<House> {
  const shop = await openShop({ ...setup, db: emptied(db) });
  await db.batch(insertBatch(batchOf()));
  return {
    tell: async (event, now) => {
      shop.clock.now = now;
      const { verdict } = await run(shop.engine, event, now, async () => null);
      if (verdict === 'failed') throw new Error(`${event.type} failed`);
    },
    tellBody: async (body, _id, now) => {
      shop.clock.now = now;
      await shop.tell({ ...body, occurredAt: new Date(now).toISOString() });
    },
    memberOf: (externalId) => memberId(db, `ext:pos:${externalId}`) as MemberId,
    coupons: () => couponRows(db),
    grants: () => grantRows(db),
    withdraw: async (now) => {
      const asked = { id: campaignId, input: { reason: '试错', tells: false }, by: '老板' };
      const draft = await takeBack(db, asked, now);
      if (!('statements' in draft)) throw new Error(draft.detail);
      await db.batch([...draft.statements]);
    },
  };
}
