/** 注销, both ways: of who asked to be forgotten nothing is left, however it was written; of everybody else nothing is touched. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  changedFrom,
  forgetAll,
  jsonWritings,
  linesOf,
  phoneWritings,
  speakingOf,
  tablesOf,
  postText,
  tellText,
  type Line,
} from '../support/forgetting.ts';
import { deletion, lateSale, lifeOf, type Person } from '../support/lives.ts';
import { liveLong, openBusyOffice, type Follower } from '../support/long-life.ts';
import { emptied, inboxRows, openShop, type Shop } from '../support/shop.ts';
import { sqliteDb, type TestDb } from '../support/sqlite.ts';

/** Words that stand in everybody's bodies, and that tills have been seen to send as somebody's number. */
const everybodysWords = ['wechat', 'occurredAt', 'member', '8005', '天河店', 'sale.completed', '{}', 'milk'];

const wang = (given: Partial<Person> = {}): Person => ({
  mark: 'wang0',
  externalId: 'A/2001"x',
  cardNo: 'C900-7',
  phone: '13866309097',
  name: '王秀英',
  address: '中山大道西293号1502',
  born: '1990-05-20',
  ...given,
});
const li: Person = {
  mark: 'lijg0',
  externalId: 'M1001',
  cardNo: 'C55',
  phone: '13912345487',
  name: '李建国',
  address: '体育东路5号',
  born: '1985-03-04',
};

/** What the clock keeps for itself, and the head of the inbox. */
const bookkeeping = /^(chores|erasures|settings) /;
const plain = '13866309097';

/** Tells each event by itself, or all of them in one group. */
async function live(
  shop: Shop,
  person: Person,
  write: (body: object) => string,
  isGroup = false,
): Promise<void> {
  for (const event of Object.values(lifeOf(person))) {
    if (isGroup) await postText(shop, write(event));
    else await tellText(shop, write(event));
  }
  await shop.work();
}

/** Members that this person is, or was before two records were joined. */
const idsOf = (db: TestDb, { mark }: Person): string[] =>
  db
    .all(
      `SELECT DISTINCT member_id AS id FROM decisions WHERE seq IN (SELECT seq FROM inbox WHERE instr(sender_id, ?))`,
      mark,
    )
    .flatMap(({ id }) => (typeof id === 'string' ? [id] : []));

/** Their lines: those that name them or their numbers, and what became of their events. */
function linesAbout(db: TestDb, lines: ReadonlyMap<string, Line>, person: Person, openid: string): string[] {
  const named = speakingOf(lines, [person.mark, openid, ...idsOf(db, person)]);
  const decided = named.flatMap((key) =>
    key.startsWith('inbox ') ? [key.replace('inbox', 'decisions')] : [],
  );
  return [...new Set([...named, ...decided])];
}

/** Forgets the one, and looks at every line of every table before and after. */
async function forget(
  shop: Shop,
  who: Person,
  write: (body: object) => string,
  openids = ['oNobody', 'oNoOne'],
) {
  const { db } = shop;
  const before = linesOf(db);
  const ids = idsOf(db, who);
  const own = new Set(linesAbout(db, before, who, openids[0] ?? ''));
  const shared = linesAbout(db, before, li, openids[1] ?? '').filter((key) => own.has(key));
  await tellText(shop, write(deletion(who)));
  await forgetAll(shop);
  // 注销作废: what stood on her accounts is given up there, in rows that name nobody.
  const isGivenUp = (key: string): boolean => key.startsWith('ledger ') && ids.some((id) => key.includes(id));
  const touched = changedFrom(before, linesOf(db)).filter(
    (key) => !own.has(key) && !bookkeeping.test(key) && !isGivenUp(key),
  );
  const waiting = inboxRows(db).filter(
    ({ state, senderId }) => state === 'waiting' && senderId.includes(who.mark),
  );
  return { own, shared, touched: touched.map((key) => key.split(' ')[0]), waiting };
}

/** The deletion itself is one line more in each. */
const onlyTheDeletion = { shared: [], touched: ['decisions', 'inbox'] };

const secretsOf = ({ externalId, cardNo, name, address, born }: Person): string[] =>
  [plain, name, address, cardNo, externalId, born].filter((word) => !everybodysWords.includes(word));

const anyPerson = fc.record({
  externalId: fc.oneof(
    fc.constantFrom(...everybodysWords),
    fc.string({
      unit: fc.constantFrom('A', 'b', '7', '/', '"', '\\', '-', '号', '😀'),
      minLength: 7,
      maxLength: 20,
    }),
  ),
  cardNo: fc.constantFrom('wechat', 'occurredAt', 'C900-7', '卡/9007'),
  phone: fc.constantFrom(...phoneWritings),
  write: fc.constantFrom(...jsonWritings),
  writeLi: fc.constantFrom(...jsonWritings),
  isFirst: fc.boolean(),
  isGroup: fc.boolean(),
});

const wangFollows: Follower = {
  ...wang(),
  openid: 'oWangXiuYing0123456789',
  unionid: 'uWangXiuYing',
  childBorn: '2026-01-02',
  said: '我家宝宝拉肚子，换哪种奶粉',
  noted: '周五来取奶粉',
};
const liFollows: Follower = {
  ...li,
  openid: 'oLiJianGuo0123456789',
  unionid: 'uLiJianGuo',
  childBorn: '2025-12-24',
  said: '几点关门',
  noted: '问了会员日',
};

/**
 * Tables in which no row names a person: what the office set up, counts over everybody, the clock's own; of what went out by WeChat numbers
 * of messages and lists that are emptied as they are sent; steps of coupons, without their reasons; printed codes, which lose their
 * coupon; and digests. What was taken back of a cause, and what the books were closed from, names a member by number alone, as the
 * ledger does.
 */
const nobodys = `
  campaign_counters coupon_days coupon_moves coupon_tallies coupon_template_counters grant_jobs grant_outcomes payout_days
  poll_budgets reconciliations exchange_items lotteries package_templates coupon_batches coupon_codes code_misses api_tokens associates campaigns coupon_templates
  product_facts products pushes reminder_plans sale_payments scenes settings sources stores wechat_tokens alerts chores erasures
  guards handovers polls reopened source_watches early_receipts mass_pages mass_receipts takebacks taken_back imported
  joined_digests owed_closes owed_days owed_rows owed_walks console_sessions ended_sessions entries people wrong_codes
  member_groups tag_dictionaries tag_jobs tag_rules
`
  .trim()
  .split(/\s+/);

describe('whoever asks to be forgotten', () => {
  test('had lines in every table that knows people; what is left of them names nobody, and of the other nothing is changed', async () => {
    const { openid, unionid, childBorn, said, noted } = wangFollows;
    const office = await openBusyOffice();
    const { shop } = office;
    await liveLong(office, liFollows);
    await liveLong(office, wangFollows);
    const done = await forget(shop, wangFollows, JSON.stringify, [openid, liFollows.openid]);
    expect(done).toMatchObject(onlyTheDeletion);
    const known = new Set([...done.own].map((key) => key.split(' ')[0]));
    expect(tablesOf(shop.db).filter((table) => !known.has(table))).toEqual(nobodys.toSorted());
    await shop.tell(lateSale(wangFollows));
    const secrets = [...secretsOf(wangFollows), openid, unionid, childBorn, said, noted];
    expect(speakingOf(linesOf(shop.db), secrets)).toEqual([]);
  });

  test('leaves nothing, whatever way the till writes it, and takes no line of anybody else along', async () => {
    const db = sqliteDb();
    await fc.assert(
      fc.asyncProperty(anyPerson, async ({ phone, write, writeLi, isFirst, isGroup, ...numbers }) => {
        const who = wang({ ...numbers, phone: phone(plain) });
        const shop = await openShop({ db: emptied(db) });
        if (isFirst) await live(shop, li, writeLi, isGroup);
        await live(shop, who, write, isGroup);
        if (!isFirst) await live(shop, li, writeLi, isGroup);
        const { waiting, ...done } = await forget(shop, who, write);
        expect(done).toMatchObject(onlyTheDeletion);
        const left = (): string[] => speakingOf(linesOf(db), secretsOf(who));
        // What waits for its sale is needed until it comes.
        expect(left()).toEqual(waiting.map(({ seq }) => `inbox ${seq}`));
        await shop.tell(lateSale(who));
        expect(left()).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });
});
