/** 邀请好友 on the database it is deployed to: however many register at once, the month’s limit is kept, and a return comes off to the fen. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startRuntime, type Runtime } from '../../scripts/runtime.ts';
import { MerchantSettings, type MemberId } from '../../schema/index.ts';
import { referrals } from '../../workers/commands/jobs/referrals.ts';
import { join } from '../../workers/commands/members/join.ts';
import { d1 } from '../../workers/d1.ts';
import type { Db } from '../../workers/db/db.ts';
import { fromNewest } from '../../workers/db/paging.ts';
import { countReferrals, ownReferrals, ownSums } from '../../workers/db/referrals/lists.ts';
import { forgetMarks, markKeys } from '../../workers/db/referrals/marks.ts';
import { line, refund, sale, template } from '../support/builders.ts';
import { usual } from '../support/referrals.ts';
import { roundOf } from '../support/round.ts';
import { furnish, openShop, testSecret, type Shop } from '../support/shop.ts';

const friends = 6;
const perMonth = 3;
const inviter = 'm_inviter' as MemberId;
let runtime: Runtime;
let db: Db;
let shop: Shop;

beforeAll(async () => {
  runtime = await startRuntime({ vars: { SEED: testSecret } });
  db = d1(await runtime.db());
  const settings = MerchantSettings.parse({ referral: { ...usual, perMonth, windowDays: 0 } });
  await furnish(db, { settings, templates: [template('10元券')] });
  await db.batch([
    {
      sql: `INSERT INTO members (id, orders, spent_fen, created_at, joined_at, version) VALUES (?1, 0, 0, 0, 1, 1)`,
      params: [inviter],
    },
  ]);
  shop = await openShop({ through: () => db, now: '2026-11-20 10:00' });
});
afterAll(async () => runtime.stop());

const registers = (place: number) =>
  join(
    shop.engine,
    {
      proofId: `proof${place}`,
      openid: `oFriend${place}`,
      unionid: null,
      phone: `139000000${String(place).padStart(2, '0')}`,
      name: null,
      children: [],
      birthdayOn: null,
      isRebinding: false,
      invitation: { guide: null, source: null },
      invitedBy: {
        inviterId: inviter,
        ...markKeys('2026-11-20', { device: `phone${place}`, network: `home${place}` }),
      },
    },
    shop.clock.now,
  );
/** The clock's turns until nothing is due. */
const settle = async (): Promise<void> => {
  while (await referrals.run(roundOf(shop), shop.clock.now));
};

test('6 register at once where 3 a month are paid for: 3 are paid; 100.00 at 0.5 % is 0.50, and returned it is nothing', async () => {
  const joined = await Promise.all(Array.from({ length: friends }, (_, place) => registers(place)));
  expect(new Set(joined)).toEqual(new Set(['joined']));
  await settle();
  expect(await countReferrals(db)).toEqual(
    new Map([
      ['paid', perMonth],
      ['refused', friends - perMonth],
    ]),
  );
  expect(await ownSums(db, inviter)).toEqual({ friends: 3, walletFen: 600, commissionFen: 0 });
  const paid = (await ownReferrals(db, inviter, fromNewest, 50)).find(
    ({ referral }) => referral.state === 'paid',
  );
  const phone = paid?.friend?.phone ?? '';
  await shop.tell(sale({ orderNo: 'S1', at: '2026-11-20 10:00', member: { phone }, lines: [line()] }));
  await settle();
  expect((await ownSums(db, inviter)).commissionFen).toBe(50);
  await shop.tell(refund({ orderNo: 'S1', at: '2026-11-20 10:00' }));
  await settle();
  expect((await ownSums(db, inviter)).commissionFen).toBe(0);
  await db.batch([forgetMarks('2027-11-20')]);
});
