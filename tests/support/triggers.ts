/** 触发的故事: for each thing that campaigns start with, how it happens to somebody, over the doors by which it really comes. */
import { expect } from 'vitest';
import { MerchantSettings, type MemberId } from '../../schema/index.ts';
import { correctPoints } from '../../workers/commands/members/correct-points.ts';
import { birthdays } from '../../workers/commands/jobs/birthdays.ts';
import type { CampaignTrigger } from '../../workers/decide/triggers/index.ts';
import { items, openOffice, type Office } from '../api/support.ts';
import { events, openAccount, type Account } from './account.ts';
import { at, recharge, rfc3339, sale } from './builders.ts';
import { roundOf } from './round.ts';
import { guide, join } from './scenes.ts';
import { memberId, type ShopSetup } from './shop.ts';

export type Here = Office & {
  readonly account: Account;
  /** The clock goes on with birthdays. */
  readonly celebrate: () => Promise<unknown>;
};

const minuteMs = 60_000;
const phones = { A: '13912345401', B: '13912345402' } as const;
export type Who = keyof typeof phones;

/** Two members, 张妈妈 and 李妈妈: each registered at the till, with a birthday on the 22nd of November. */
export async function openTriggers(now = '2026-11-22 15:00', setup: ShopSetup = {}): Promise<Here> {
  const office = await openOffice({
    ...setup,
    now,
    associates: [guide('12', '小李')],
    settings: MerchantSettings.parse({
      shopName: '阳光母婴',
      publicUrl: 'https://huike.example',
      checkIn: { on: true },
      superMembership: { plans: [{ name: '年卡', priceFen: 19_900, months: 12 }] },
      levels: { list: [{ name: '普通' }, { name: '高级', amountFen: 100_000 }] },
    }),
  });
  const { shop } = office;
  for (const who of ['A', 'B'] as const)
    await shop.tell({
      type: 'member.created',
      id: `new-${who}`,
      occurredAt: rfc3339('2026-11-01 10:00'),
      data: { externalId: who, phone: phones[who], openid: `o${who}`, birthday: '1990-11-22' },
    });
  const celebrate = () => birthdays.run(roundOf(shop), shop.clock.now);
  return { ...office, account: openAccount(shop), celebrate };
}

export const idOf = ({ shop }: Here, who: Who): string => memberId(shop.db, `ext:pos:${who}`);

export type Story = {
  readonly happen: (here: Here, who: Who) => Promise<unknown>;
  /** What looks like the same and is not: it is told again, or tried again. */
  readonly again: (here: Here, who: Who) => Promise<unknown>;
  /** Conditions without which its campaigns cannot be. */
  readonly conditions?: readonly object[];
  /** A condition that is met, and one that is not, of the facts that it alone brings. */
  readonly own?: { readonly met: object; readonly missed: object };
  /** What a trial has to be told. */
  readonly facts?: object;
  readonly undo?: (here: Here, who: Who) => Promise<unknown>;
};

const ticks = ({ shop }: Here): void => {
  shop.clock.now += minuteMs;
};
const bought = (who: Who, amountFen: number, given: object = {}) =>
  sale({
    orderNo: `N-${who}-${String(amountFen)}`,
    member: { externalId: who },
    at: '2026-11-22 15:00',
    paidFen: amountFen,
    ...given,
  });
export const sureToWin = {
  name: '周年抽奖',
  points: 1,
  firstOn: '2026-11-01',
  lastOn: '2026-11-30',
  collectFirstOn: '2026-12-01',
  prizes: [{ kind: 'thing', name: '小玩具', valueFen: 500, quota: 100, words: '小玩具一个' }],
  blanks: 0,
};

const word = { kind: 'keyword', words: ['抽奖'] };

const newcomer = (who: Who, type: 'member.created' | 'member.updated', id: string = type) => ({
  type,
  id: `${id}-${who}`,
  occurredAt: rfc3339('2026-11-22 15:00'),
  data: { externalId: `new-${who}`, name: '王妈妈' },
});

const topUp = (who: Who, id: string) => ({
  ...recharge({ rechargeNo: `CZ-${who}`, member: { externalId: who }, at: '2026-11-22 15:00' }),
  id: `${id}-${who}`,
});

/** 积分抽奖, where every lot wins: the same wish, however often. */
async function drawFor(here: Here, who: Who): Promise<unknown> {
  const { admin, pos, shop } = here;
  const memberId = idOf(here, who) as MemberId;
  const [known] = items(await admin('GET', '/lotteries'));
  const { json } = known ? { json: known } : await admin('POST', '/lotteries', { body: sureToWin });
  await correctPoints(
    shop.engine,
    { key: `draw-${who}`.padEnd(26, '0'), memberId, delta: 1 },
    shop.clock.now,
  );
  const body = { lotteryId: json['id'] };
  return pos('POST', `/members/${memberId}/draws`, { body, headers: { 'idempotency-key': `draw-${who}` } });
}
const packageOf = (who: Who, id: string) => ({
  type: 'package.sold',
  id: `${id}-${who}`,
  occurredAt: rfc3339('2026-11-22 15:00'),
  data: {
    packageNo: `TC-${who}`,
    store: { id: '8005' },
    member: { externalId: who },
    package: { id: 'P1', items: [{ id: '洗澡', count: 10, unitPriceFen: 5_000 }] },
    paidFen: 45_000,
  },
});

export const stories: Readonly<Record<CampaignTrigger, Story>> = {
  'sale.completed': {
    happen: ({ shop }, who) => shop.tell(bought(who, 20_000)),
    again: ({ shop }, who) => shop.tell(bought(who, 20_000, { id: `again-${who}`, version: '2' })),
    undo: ({ shop }, who) =>
      shop.tell({
        type: 'sale.voided',
        id: `void-${who}`,
        occurredAt: rfc3339('2026-11-22 15:00'),
        data: { orderNo: `N-${who}-20000` },
      }),
  },
  'member.created': {
    happen: ({ shop }, who) => shop.tell(newcomer(who, 'member.created')),
    again: ({ shop }, who) =>
      shop.tell(newcomer(who, 'member.updated'), newcomer(who, 'member.created', 'again')),
  },
  'member.joined': {
    happen: ({ shop }, who) => join(shop, `o${who}`, phones[who]),
    again: async ({ shop }, who) => join(shop, `other-${who}`, phones[who]),
  },
  'member.bound': {
    happen: ({ account }, who) => account.push(`o${who}`, events.scan('adv_12')),
    again: async (here, who) => {
      ticks(here);
      return here.account.push(`o${who}`, events.scan('adv_12'));
    },
  },
  'fan.followed': {
    happen: ({ account }, who) => account.push(`o${who}`, events.follow()),
    again: async (here, who) => {
      for (const act of [events.unfollow, events.follow()]) {
        ticks(here);
        await here.account.push(`o${who}`, act);
      }
      ticks(here);
      return join(here.shop, `o${who}`, phones[who]);
    },
  },
  'fan.said': {
    happen: ({ account }, who) => account.push(`o${who}`, events.say('抽奖', `1-${who}`)),
    again: async ({ account }) => [await account.repeat(), await account.repeat()],
    conditions: [word],
    own: { met: word, missed: { kind: 'keyword', words: ['领券'] } },
    facts: { said: '抽奖' },
  },
  'member.checked_in': {
    happen: async (here, who) => here.pos('POST', `/members/${idOf(here, who)}/check-ins`),
    again: async (here, who) => here.pos('POST', `/members/${idOf(here, who)}/check-ins`),
    own: { met: { kind: 'streak', days: 1, every: true }, missed: { kind: 'streak', days: 7 } },
    facts: { streakDays: 1 },
  },
  'lottery.drawn': {
    happen: drawFor,
    again: drawFor,
  },
  'level.reached': {
    happen: ({ shop }, who) => shop.tell(bought(who, 150_000)),
    again: ({ shop }, who) => shop.tell(bought(who, 160_000)),
  },
  'stored_value.recharged': {
    happen: ({ shop }, who) => shop.tell(topUp(who, 'cz')),
    again: ({ shop }, who) => shop.tell(topUp(who, 'again')),
    own: { met: { kind: 'top-up', atLeastFen: 50_000 }, missed: { kind: 'top-up', atLeastFen: 50_001 } },
    facts: { paidFen: 50_000 },
    undo: ({ shop }, who) =>
      shop.tell({
        type: 'stored_value.reversed',
        id: `undo-${who}`,
        occurredAt: rfc3339('2026-11-22 15:05'),
        data: { rechargeNo: `CZ-${who}` },
      }),
  },
  'super_membership.bought': {
    happen: (here, who) => joins(here, who, ''),
    again: (here, who) => joins(here, who, ''),
    own: { met: { kind: 'super-plan', plans: ['年卡'] }, missed: { kind: 'super-plan', plans: ['月卡'] } },
    facts: { plan: '年卡' },
    undo: (here, who) => joins(here, who, '/undo'),
  },
  'package.sold': {
    happen: ({ shop }, who) => shop.tell(packageOf(who, 'tc')),
    again: ({ shop }, who) => shop.tell(packageOf(who, 'again')),
    own: {
      met: { kind: 'package', packageIds: ['P1', 'P2'] },
      missed: { kind: 'package', packageIds: ['P3'] },
    },
    facts: { packageId: 'P1' },
    undo: ({ pos }, who) =>
      pos('POST', '/packages/refund', { body: { packageNo: `TC-${who}`, store: '8005' } }),
  },
  'birthday.came': {
    happen: ({ celebrate }) => celebrate(),
    again: async ({ celebrate, shop }) => {
      // As if nothing had been noted of how far the clock had come.
      shop.db.all(`DELETE FROM settings WHERE key = 'birthdays'`);
      shop.clock.now += minuteMs;
      return celebrate();
    },
  },
  'birthday.month': {
    happen: ({ celebrate }) => celebrate(),
    again: async ({ celebrate, shop }) => {
      shop.db.all(`DELETE FROM settings WHERE key = 'birthdays'`);
      shop.clock.now = at('2026-11-22 16:00');
      return celebrate();
    },
  },
};

/** 开通超级会员, or the undoing of it. */
const joins = (here: Here, who: Who, act: '' | '/undo') =>
  here.pos('POST', `/members/${idOf(here, who)}/super-memberships${act}`, {
    body: { saleNo: `C-${who}`, store: '8005', ...(act === '' && { plan: '年卡' }) },
  });

/** Drawn up over the API, in force at once. */
export async function draw(here: Here, trigger: CampaignTrigger, given: object = {}): Promise<string> {
  const { conditions = [] } = stories[trigger];
  const body = {
    name: '送100积分',
    status: 'active',
    trigger,
    conditions,
    // A word may be said as often as somebody likes.
    limits: { perMember: 5 },
    rewards: [{ kind: 'points', points: 100 }],
    ...given,
  };
  const { status, json } = await here.admin('POST', '/campaigns', { body });
  expect([status, json]).toEqual([201, expect.anything()]);
  ticks(here);
  return String(json['id']);
}

/** How many happenings hold something of it. */
export const used = async ({ admin }: Here, id: string): Promise<unknown> =>
  (await admin('GET', `/campaigns/${id}`)).json['used'];
