/** 一个会员在每张表里: follows, registers, buys, is written to, asked after, paid, over the pages, the API, WeChat and the till. */
import { sureToWin } from './triggers.ts';
import {
  checkIns,
  grants,
  massCounters,
  permissions,
  referralDues,
  referralMarks,
  referrals,
  type CampaignId,
  type EventId,
  type MemberId,
  type ReferralId,
} from '../../schema/index.ts';
import { askWithdrawal } from '../../workers/commands/members/withdraw.ts';
import { join } from '../../workers/commands/members/join.ts';
import { agreeToSms } from '../../workers/db/sms/sms-consents.ts';
import { reserveCode } from '../../workers/db/sms/sms-codes.ts';
import { insertMass } from '../../workers/db/mass/mass-messages.ts';
import { insertSet } from '../../workers/db/set.ts';
import { configCache } from '../../workers/db/world/config.ts';
import { openOffice, type Office } from '../api/support.ts';
import { events, openAccount } from './account.ts';
import { campaign, line, plan, sale, template } from './builders.ts';
import { tellText } from './forgetting.ts';
import { postElsewhere } from './kept.ts';
import { lifeOf, type Person } from './lives.ts';
import { referralRow } from './referral-rows.ts';
import { guide } from './scenes.ts';
import { memberId } from './shop.ts';

export type Follower = Person & {
  readonly openid: string;
  readonly unionid: string;
  readonly childBorn: string;
  /** To the account, to an associate on the telephone. */
  readonly said: string;
  readonly noted: string;
};

const presale = {
  kind: 'presale',
  priceFen: 1_000,
  valueFen: 2_000,
  saleFrom: '2026-11-01T00:00:00+08:00',
  saleTo: '2026-12-01T00:00:00+08:00',
};

export const openBusyOffice = (): Promise<Office> =>
  openOffice({
    associates: [guide('g7', '小李')],
    templates: [template('welcome'), template('presale', presale)],
    plans: [plan('again', { notify: ['associate', 'member'] })],
    campaigns: [
      campaign('newcomers', {
        trigger: 'member.joined',
        conditions: [],
        rewards: [{ kind: 'coupon', templateId: 'welcome', count: 1 }],
      }),
      campaign('hundred', {
        rewards: [
          { kind: 'points', points: 100 },
          { kind: 'tag', tag: '奶粉客' },
        ],
      }),
    ],
    settings: {
      shopName: '阳光母婴',
      publicUrl: 'https://x.example',
      payout: { mode: 'transfer', minFen: 100, maxFen: 20_000 },
      points: { expiry: { mode: 'months', months: 12 } },
      pointsAsMoney: { on: true },
      superMembership: { plans: [{ name: '年卡', priceFen: 19_900, months: 12 }] },
    } as never,
  });

export async function liveLong(office: Office, who: Follower): Promise<void> {
  const { shop } = office;
  const { engine, clock, db } = shop;
  const account = openAccount(shop);
  await account.push(who.openid, events.follow('src_hospital'));
  await join(
    engine,
    {
      proofId: `${who.mark}proof`,
      openid: who.openid,
      unionid: who.unionid,
      phone: who.phone,
      name: who.name,
      children: [{ born: who.childBorn, isExpected: false }],
      birthdayOn: who.born,
      invitation: { guide: 'g7', source: 'hospital' },
      isRebinding: false,
    },
    clock.now,
  );
  for (const event of Object.values(lifeOf(who))) await tellText(shop, JSON.stringify(event));
  const large = { lines: [line({ amountFen: 30_000 })], associate: { id: 'g7' } };
  await shop.tell(
    sale({ orderNo: `${who.mark}7`, member: { externalId: who.externalId, name: who.name }, ...large }),
  );
  await office.pos('POST', '/voucher-sales', {
    body: {
      saleNo: `${who.mark}Y`,
      store: '8005',
      templateId: 'presale',
      member: { externalId: who.externalId, name: who.name },
    },
  });
  await account.push(who.openid, events.say(who.said));
  await account.settled();
  const id = memberId(db, `openid:${who.openid}`) as MemberId;
  await office.pos('POST', `/members/${id}/stored-value/top-ups`, {
    body: { rechargeNo: `${who.mark}C`, store: '8005', principalFen: 5_000 },
  });
  await office.pos('POST', `/members/${id}/stored-value/spends`, {
    body: { spendNo: `${who.mark}S`, store: '8005', payableFen: 1_000, amountFen: 1_000 },
  });
  await office.admin('PUT', `/members/${id}/file`, {
    body: { address: `${who.address} ${who.mark}`, remark: who.noted },
  });
  await office.pos('POST', `/members/${id}/super-memberships`, {
    body: { saleNo: `${who.mark}M`, store: '8005', plan: '年卡' },
  });
  await office.pos('POST', `/members/${id}/packages`, {
    body: {
      packageNo: `${who.mark}T`,
      store: '8005',
      package: { id: 'P1', items: [{ id: '洗澡', count: 10, unitPriceFen: 5_000 }] },
      paidFen: 45_000,
    },
  });
  await office.pos('POST', '/packages/redeem', {
    body: { packageNo: `${who.mark}T`, item: '洗澡', store: '8005', redeemNo: `${who.mark}U` },
  });
  await office.admin('POST', `/members/${id}/contacts`, { body: { kind: 'call', text: who.noted } });
  await office.admin('POST', '/members', {
    body: { phone: who.phone, name: who.name },
    headers: { 'idempotency-key': `${who.mark}key` },
  });
  postElsewhere(db, id, 'wallet', 5_000);
  const item = { name: '券', templateId: 'welcome', points: 1 };
  const { json } = await office.admin('POST', '/exchange-items', { body: item });
  await office.pos('POST', `/members/${id}/exchanges`, {
    body: { itemId: json['id'] },
    headers: { 'idempotency-key': `${who.mark}exchange` },
  });
  await office.pos('POST', `/members/${id}/point-spends`, {
    body: { store: '8005', orderNo: `${who.mark}P`, points: 100, payableFen: 1_000 },
  });
  const { json: lottery } = await office.admin('POST', '/lotteries', { body: sureToWin });
  await office.pos('POST', `/members/${id}/draws`, {
    body: { lotteryId: lottery['id'] },
    headers: { 'idempotency-key': `${who.mark}draw` },
  });
  // 导购发券: an offer that nobody took yet.
  db.all(`INSERT INTO push_places (push_id, member_id) VALUES ('push', ?)`, id);
  const paying = { ...engine, config: configCache(db, { canPay: true }) };
  await askWithdrawal(paying, { id: `${who.mark}ask` as EventId, memberId: id, amountFen: 1_000 }, clock.now);
  await db.batch([agreeToSms(id, clock.now), ...written(who, id, clock.now)]);
  await reserveCode(
    db,
    codeOf(who, clock.now),
    { phoneMinute: 9, phoneDay: 9, openidDay: 9, addressHour: 9, shopHour: 9 },
    { minute: 0, hour: 0, day: 0 },
  );
}

/** What needs another season or a caller of its own: as the product would have written it. */
const written = ({ mark, openid }: Follower, id: MemberId, now: number) => [
  insertSet(checkIns, [{ memberId: id, lastOn: '2026-11-22', streakDays: 3 }]),
  insertSet(referrals, [referralRow(id, id, now)]),
  insertSet(referralMarks, [{ key: `d/2026-11/${mark}`, memberId: id }]),
  insertSet(referralDues, [{ dueAt: now + 86_400_000, id: id as string as ReferralId }]),
  insertSet(permissions, [{ openid, templateId: 'T1', stock: 1, refusedAt: null }]),
  insertSet(massCounters, [{ openid, month: '2026-11', sent: 1 }]),
  insertSet(grants, [
    {
      cause: `${mark}cause`,
      campaignId: 'newcomers' as CampaignId,
      memberId: id,
      times: 1,
      awards: {},
      costFen: 0,
      grantedOn: '2026-11-22',
      at: now,
    },
  ]),
  insertMass({
    id: `mm_${mark}`,
    content: { text: '双十二，奶粉满减' },
    audience: { openids: [openid, 'oSomebody'] },
    state: 'waiting',
    dueAt: now + 86_400_000,
    cursor: '',
    pages: 0,
    recipients: 0,
    overLimit: 0,
    isListed: false,
    note: null,
    createdAt: now,
    endedAt: null,
  }),
];

const codeOf = ({ mark }: Follower, now: number) => ({
  phoneKey: `${mark}phone-digest`,
  id: `${mark}code`,
  sentAt: now,
  purpose: 'register' as const,
  openidKey: `${mark}openid-digest`,
  addressKey: `${mark}address-digest`,
  codeKey: `${mark}code-digest`,
  expiresAt: now + 300_000,
  attempts: 0,
  isCounted: true,
  usedAt: null,
});
