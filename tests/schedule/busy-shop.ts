/** A shop in which every chore of the clock has more to do than one turn takes on. */
import {
  type AssociateId,
  erasures,
  handovers,
  referralDues,
  referrals,
  MerchantSettings,
  type ReferralId,
  scenes,
  sources,
  type StoreId,
  type TemplateId,
} from '../../schema/index.ts';
import { insertGrantJob } from '../../workers/db/coupons/grant-jobs.ts';
import { insertSet } from '../../workers/db/set.ts';
import { putSettings, readSettings } from '../../workers/db/shop/settings.ts';
import { reconcile } from '../../workers/db/sources/reconciliation.ts';
import { plans, type PlanName } from '../../workers/platform/plans.ts';
import { codesPerTick } from '../../workers/schedule/chores/codes.ts';
import { massPaces } from '../../workers/schedule/mass/mass.ts';
import { stepsPerTick } from '../../workers/schedule/poll/kernel/poll.ts';
import type { Round } from '../../workers/schedule/round.ts';
import { at, campaign, line, plan, product, sale, template } from '../support/builders.ts';
import { announce, follow, playMass } from '../support/mass.ts';
import { officialOf } from '../support/official.ts';
import { idOf, member, openPayShop, type PayShop } from '../support/payout.ts';
import { askBack } from '../support/taking-back.ts';
import { roundOf } from '../support/round.ts';
import { acted } from '../support/wechat.ts';
import { invitedRow, referralRow } from '../support/referral-rows.ts';
import { columnsOf } from '../../workers/db/documents/member-document.ts';
import { shelves } from '../../workers/db/shelves/index.ts';
import { scene } from '../support/scenes.ts';
import { pospalSource, pollDepsOf } from './poll/poll-support.ts';
import { pospalDouble } from './poll/pospal-double.ts';

/** Pages are small, so that a shop of a few dozen fills them; what they ask of the database does not depend on their size. */
const rowsPerPage = 4;
const pagesMax = 10;

export type BusyShop = { readonly here: PayShop; readonly round: Round };

/** Ten o'clock, two days after a day of sales. */
export async function openBusyShop(name: PlanName): Promise<BusyShop> {
  const here = await openPayShop({
    now: '2026-11-01 14:01',
    campaigns: [campaign('bad', { conditions: [], rewards: [{ kind: 'points', points: 1 }] })],
    plans: [plan('S1', { notify: ['associate', 'member'] })],
    products: [product({ sku: 'milk', name: '奶粉' })],
    templates: [template('T1', { stock: 1_000, perMember: 1, perDay: 500 })],
  });
  const { shop } = here;
  // Of everybody the points end in a month, and of that they are to be told.
  await putSettings(shop.db, MerchantSettings.parse({ ...(await readSettings(shop.db)), points: ending }));
  await sellAll(here);
  shop.clock.now = at('2026-11-03 10:00');
  await payAll(here, name);
  await leaveWork(here);
  await bringFriends(here);
  await askBack(shop, 'bad');
  const yinbao = pospalDouble(rowsPerPage);
  yinbao.tickets.push(
    ...Array.from({ length: 200 }, (_, index) => ({
      sn: `T${String(index)}`,
      datetime: `2026-11-02 ${String(8 + (index % 12)).padStart(2, '0')}:00:00`,
    })),
  );
  const wechat = playMass();
  const { massSend } = officialOf(shop, wechat.wechat);
  const qr = { ticket: 'new', url: 'u', expiresInSeconds: 2_592_000 };
  const round = roundOf(
    { ...shop, engine: here.engine },
    {
      plan: { ...plans[name], remindersPerTick: rowsPerPage },
      payer: here.payer,
      mass: {
        db: shop.db,
        massSend,
        pace: { pagesPerTick: massPaces[name].pagesPerTick, pageMax: rowsPerPage },
      },
      renewal: {
        db: shop.db,
        codesPerTick: codesPerTick[name],
        createQr: async () => ({ ok: true, reply: { errcode: 0, errmsg: 'ok', rid: null, qr } }),
      },
      poll: {
        ...pollDepsOf({ db: shop.db, http: yinbao.http, clock: shop.clock }),
        stepsPerTick: stepsPerTick[name],
      },
    },
  );
  // An isolate reads its configuration once, whichever of its chores comes first.
  await Promise.all([here.engine.config.get(), round.delivery.config.get()]);
  return { here, round };
}

const ending = { expiry: { mode: 'months', months: 1 }, noticeDays: 60 };

/** Forty members with milk: their reminders are due on the third at nine, and two messages each are due at once. */
async function sellAll({ shop, tell }: PayShop): Promise<void> {
  const sales = Array.from({ length: rowsPerPage * pagesMax + 1 }, (_, index) =>
    sale({
      at: '2026-11-01 14:00',
      orderNo: `A${String(index)}`,
      member: { externalId: `M${String(index)}`, name: '李', openid: `open-${String(index)}` },
      associate: { id: 'g7', name: '王' },
    }),
  );
  await tell(...sales);
  // These have just written to the shop: a message to them is counted against what WeChat allows.
  for (let index = 0; index < rowsPerPage; index += 1) acted(shop, `open-${String(index)}`);
}

/** More withdrawals than one turn takes on, all of them sent; half were confirmed since, and half came back. */
async function payAll(here: PayShop, name: PlanName): Promise<void> {
  const count = plans[name].transfersPerInvocation;
  const people = Array.from({ length: 3 * count }, (_, index) => `P${String(index)}`);
  for (const who of people) {
    await member(here, who, 1_000);
    await here.withdraw(who, 200);
  }
  while ((await here.round()) > 0);
  const bills = here.rows().map(({ outBillNo }) => outBillNo);
  for (const [place, bill] of bills.entries()) {
    if (place % 2 === 0) here.pay.close(bill, 'PAYEE_ACCOUNT_ABNORMAL');
    else here.pay.confirm(bill);
  }
  here.later(60_000);
}

/** Everybody who bought was brought by one of those who withdraw, and what it brings is due. */
async function bringFriends({ shop }: PayShop): Promise<void> {
  const { db, clock } = shop;
  const inviter = idOf(shop, 'P0');
  const friends = Array.from({ length: rowsPerPage * pagesMax + 1 }, (_, index) => idOf(shop, `M${index}`));
  await db.batch([
    insertSet(
      referrals,
      friends.map((id) => referralRow(inviter, id, clock.now)),
    ),
    insertSet(
      referralDues,
      friends.map((id) => ({ dueAt: clock.now, id: id as string as ReferralId })),
    ),
  ]);
  const { kept } = shelves.invited;
  if (kept.in !== 'member') throw new Error('friends are kept with the member');
  for (const id of friends) {
    const row: Record<string, unknown> = invitedRow(id, clock.now, '2026-11-02');
    const cells = JSON.stringify([columnsOf(kept).map((column) => row[column])]);
    db.all(`UPDATE members SET document = json_set(document, '$.invited', json(?)) WHERE id = ?`, cells, id);
  }
}

/** What lies about for the others. */
async function leaveWork({ shop }: PayShop): Promise<void> {
  const { db, clock } = shop;
  await db.batch([
    insertSet(sources, [pospalSource({ since: '2026-11-01T00:00:00+08:00' })]),
    insertSet(erasures, [
      {
        id: 'e1',
        memberId: idOf(shop, 'M0'),
        requestedAt: clock.now,
        startedAt: null,
      },
    ]),
  ]);
  await db.batch([
    insertSet(handovers, [
      {
        id: 'h1',
        fromId: 'g7' as AssociateId,
        toId: null,
        tells: true,
        members: 41,
        moved: 0,
        stage: 'members',
        cursor: '',
        startedAt: clock.now,
        endedAt: null,
        by: '陈老板',
      },
    ]),
  ]);
  db.all(`UPDATE sources SET config = json('{"silenceAlarmMinutes":30}') WHERE id = 'till'`);
  await shop.post(sale({ orderNo: 'left', at: '2026-11-03 09:00', lines: [line()] }));
  const storeId = '8005' as StoreId;
  const said = { orders: 90, refunds: 1, paidFen: 1, refundedFen: 1 };
  const day = { date: '2026-11-01', said: { stores: [{ id: storeId, ...said }] }, saidAt: 0 };
  await reconcile(db, { id: 'till', namespace: 'pos' }, day, at('2026-11-02 01:00'));
  const whole = ['2026-11-01', '2026-11-02'].map((date) => ({
    date,
    stores: [{ id: storeId, ...said }],
    saidAt: 0,
  }));
  db.all(
    `INSERT INTO polls (source_id, stream, read_to, not_before, questions, next_at, failures, version, tally)
     VALUES ('yinbao', 'tickets', ?1, ?1, '[]', 0, 0, 1, ?2)`,
    at('2026-11-01 00:00'),
    JSON.stringify({ running: [], whole }),
  );
  await follow(shop, 200);
  await announce(shop);
  const job = {
    audience: { storeId },
    storeIds: null,
    createdAt: clock.now,
    reason: '回馈',
    tells: true,
    by: '陈老板',
  };
  const begun = { state: 'running', startedAt: clock.now, endedAt: null, cursor: '', counts: {} } as const;
  const templateId = 'T1' as TemplateId;
  await db.batch([
    insertGrantJob({ ...job, ...begun, id: 'gj_1', templateId, count: 1, people: 41, unknown: 0 }),
  ]);
  const codes = Array.from({ length: 30 }, (_, index) =>
    scene(`adv_${String(index)}`, {
      kind: 'associate',
      targetId: 'g7',
      expiresAt: clock.now + 3_600_000,
      renewalDays: 30,
    }),
  );
  await db.batch([insertSet(scenes, codes)]);
}
