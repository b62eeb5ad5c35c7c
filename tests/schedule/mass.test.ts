/** 群发: everybody once, four times a month at most, whatever dies on the way. */
import { describe, expect, test } from 'vitest';
import { events, openAccount } from '../support/account.ts';
import { at, sale } from '../support/builders.ts';
import { misbehaving, mentions, type Fault } from '../support/faults.ts';
import { othersTurn } from '../support/timers.ts';
import { massMessages } from '../../schema/index.ts';
import { readCandidates, writePage } from '../../workers/db/mass/mass-messages.ts';
import { decodeAll, selectList } from '../../workers/db/set.ts';
import { planPage } from '../../workers/decide/fans/mass.ts';
import { announce, follow, minute, openidAt, playMass, tag, type Trouble } from '../support/mass.ts';
import { plans } from '../../workers/platform/plans.ts';
import { massPaces } from '../../workers/schedule/mass/mass.ts';
import { codesPerTick } from '../../workers/schedule/chores/codes.ts';
import { tick } from '../../workers/schedule/tick.ts';
import { officialOf } from '../support/official.ts';
import { roundOf } from '../support/round.ts';
import { inboxRows, memberId, openShop, outboxRows, type Shop } from '../support/shop.ts';

const everybodyOnce = (count: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [openidAt(index), 1]));

const massOf = ({ db }: Shop, id = 'mm_1') =>
  db.all(
    `SELECT state, pages, recipients, over_limit AS "overLimit", note, audience FROM mass_messages WHERE id = ?`,
    id,
  )[0];
const counters = ({ db }: Shop): unknown[] =>
  db
    .all(`SELECT sent, count(*) AS people FROM mass_counters GROUP BY sent ORDER BY sent`)
    .map((row) => Object.values(row));

async function shopWith(followers: number, through?: Parameters<typeof misbehaving>[0]): Promise<Shop> {
  const shop = await openShop(through ? { through: misbehaving(through) } : {});
  await follow(shop, followers);
  return shop;
}

test('25 followers get a text in pages of ten, each person once, under ids that are made of the message', async () => {
  const shop = await shopWith(25);
  await announce(shop);
  const wechat = playMass();
  await minute(shop, wechat);
  expect(wechat.received()).toEqual(everybodyOnce(25));
  expect(wechat.sent.map(({ openids, clientmsgid }) => [openids.length, clientmsgid])).toEqual([
    [9, 'mm_1-0'],
    [9, 'mm_1-1'],
    [7, 'mm_1-2'],
  ]);
  expect(wechat.wechat.calls.at(-1)?.body).toMatchObject({
    msgtype: 'text',
    text: { content: '双十二，奶粉满减' },
  });
  expect(massOf(shop)).toMatchObject({ state: 'done', pages: 3, recipients: 25, overLimit: 0 });
  expect(counters(shop)).toEqual([[1, 25]]);
  expect(shop.db.all(`SELECT DISTINCT openids, msg_id IS NULL AS lost FROM mass_pages`)).toEqual([
    { openids: '[]', lost: 0 },
  ]);
  await minute(shop, wechat);
  expect(wechat.asked).toHaveLength(3);
});

test('the free plan sends one page a minute', async () => {
  const shop = await shopWith(25);
  await announce(shop);
  const wechat = playMass();
  const pages: number[] = [];
  for (let minutes = 0; minutes < 4; minutes += 1) {
    await minute(shop, wechat, { pagesPerTick: 1, pageMax: 10 });
    pages.push(wechat.sent.length);
  }
  expect(pages).toEqual([1, 2, 3, 3]);
  expect(wechat.received()).toEqual(everybodyOnce(25));
});

test('the cron of a free plan does it, and looks after the codes as well, within twelve minutes', async () => {
  const shop = await shopWith(3);
  await announce(shop);
  const inOneDay = shop.clock.now + 86_400_000;
  shop.db.all(
    `INSERT INTO scenes VALUES ('adv_12', 'associate', '12', 'n', 'old', 'u', CAST(? AS INTEGER), 0, 0, 0, 30)`,
    inOneDay,
  );
  const wechat = playMass();
  const { massSend } = officialOf(shop, wechat.wechat);
  const qr = { ticket: 'new', url: 'u', expiresInSeconds: 2_592_000 };
  const createQr = async () => ({ ok: true, reply: { errcode: 0, errmsg: 'ok', rid: null, qr } }) as const;
  const { clock, db } = shop;
  const round = roundOf(shop, {
    plan: plans.free,
    mass: { db, massSend, pace: massPaces.free },
    renewal: { db, createQr, codesPerTick: codesPerTick.free },
  });
  for (let minute = 0; minute < 12; minute += 1) await tick(round, clock.now + minute * 60_000);
  expect(wechat.received()).toEqual(everybodyOnce(3));
  expect(db.all(`SELECT ticket FROM scenes`)).toEqual([{ ticket: 'new' }]);
});

test('what is not through by nine in the evening goes on at nine in the morning', async () => {
  const shop = await shopWith(30);
  const evening = at('2026-11-22 20:58');
  await announce(shop, { dueAt: evening });
  const wechat = playMass();
  const { massSend } = officialOf(shop, wechat.wechat);
  const mass = { db: shop.db, massSend, pace: { pagesPerTick: 1, pageMax: 10 } };
  const pass = async (from: number, minutes: number) => {
    for (let minute = 0; minute < minutes; minute += 1) {
      shop.clock.now = from + minute * 60_000;
      await tick(roundOf(shop, { mass }), shop.clock.now);
    }
  };
  await pass(evening, 10);
  expect(wechat.sent).toHaveLength(2);
  await pass(at('2026-11-23 08:55'), 5);
  expect(wechat.sent).toHaveLength(2);
  await pass(at('2026-11-23 09:00'), 5);
  expect(wechat.received()).toEqual(everybodyOnce(30));
});

test('an article goes as a draft of the account', async () => {
  const shop = await shopWith(2);
  await announce(shop, { content: { mediaId: 'draft-1' } });
  const wechat = playMass();
  await minute(shop, wechat);
  expect(wechat.wechat.calls.at(-1)?.body).toMatchObject({
    msgtype: 'mpnews',
    mpnews: { media_id: 'draft-1' },
    send_ignore_reprint: 1,
  });
});

test('nothing goes out before its time', async () => {
  const shop = await shopWith(3);
  await announce(shop, { dueAt: at('2026-11-22 15:02') });
  const wechat = playMass();
  await minute(shop, wechat);
  await minute(shop, wechat);
  expect(wechat.asked).toEqual([]);
  await minute(shop, wechat);
  expect(wechat.received()).toEqual(everybodyOnce(3));
});

describe('to whom', () => {
  async function shopOfMembers(): Promise<{ shop: Shop; ids: string[] }> {
    const shop = await openShop();
    await follow(shop, 4);
    await shop.tell(
      ...[0, 1, 2, 9].map((index) =>
        sale({
          orderNo: String(index),
          member: { externalId: `M${String(index)}`, openid: openidAt(index) },
        }),
      ),
    );
    return { shop, ids: [0, 1, 2, 9].map((index) => memberId(shop.db, `ext:pos:M${String(index)}`)) };
  }

  test('a tag reaches members who have it and follow', async () => {
    const { shop, ids } = await shopOfMembers();
    // The one with the number 9 does not follow.
    tag(shop, [ids[0] ?? '', ids[2] ?? '', ids[3] ?? ''], '奶粉客');
    await announce(shop, { audience: { tag: '奶粉客' } });
    const wechat = playMass();
    await minute(shop, wechat);
    expect(wechat.received()).toEqual({ [openidAt(0)]: 1, [openidAt(2)]: 1 });
    expect(massOf(shop)).toMatchObject({ audience: '{"tag":"奶粉客"}' });
  });

  test('members who are named twice, or merged into each other, get it once', async () => {
    const { shop, ids } = await shopOfMembers();
    const [first = '', second = '', third = ''] = ids;
    shop.db.all(`UPDATE members SET merged_into = ? WHERE id = ?`, first, third);
    shop.db.all(`UPDATE identities SET member_id = ? WHERE member_id = ?`, first, third);
    shop.db.all(`DELETE FROM identities WHERE key = 'openid:' || ?`, openidAt(2));
    await announce(shop, { audience: { memberIds: [first, second, first, third] } });
    const wechat = playMass();
    await minute(shop, wechat);
    expect(wechat.received()).toEqual({ [openidAt(0)]: 1, [openidAt(1)]: 1 });
  });

  test('a list is sent to as given, each name once, and not kept afterwards', async () => {
    const shop = await openShop();
    await announce(shop, { audience: { openids: ['oB', 'oA', 'oB', 'oC'] } });
    const wechat = playMass();
    await minute(shop, wechat);
    expect(wechat.received()).toEqual({ oA: 1, oB: 1, oC: 1 });
    expect(massOf(shop)).toMatchObject({ state: 'done', audience: '{"openids":[]}' });
  });

  test('nobody at all is the end of it', async () => {
    const shop = await openShop();
    await announce(shop, { audience: { tag: '没有这个标签' } });
    const wechat = playMass();
    await minute(shop, wechat);
    expect([massOf(shop)?.['state'], wechat.asked]).toEqual(['done', []]);
  });

  test('one person alone gets a text as a message of their own, and no article', async () => {
    const shop = await shopWith(1);
    await announce(shop);
    await announce(shop, { id: 'mm_2', content: { mediaId: 'draft-1' } });
    const wechat = playMass();
    await minute(shop, wechat);
    expect(wechat.asked).toEqual([]);
    expect(outboxRows(shop.db)).toMatchObject([
      { kind: 'text', openid: openidAt(0), payload: { text: '双十二，奶粉满减' }, cause: 'mass:mm_1/0/lone' },
    ]);
    expect(massOf(shop)).toMatchObject({ state: 'done', recipients: 0 });
    expect(massOf(shop)?.['note']).toContain('改用客服消息');
    expect(massOf(shop, 'mm_2')?.['note']).toContain('没有发给他');
  });
});

describe('four a person and calendar month', () => {
  test('the fifth in November is kept back and counted; December begins anew', async () => {
    const shop = await shopWith(6);
    shop.db.all(
      `INSERT INTO mass_counters VALUES (?, '2026-11', 4), (?, '2026-10', 4)`,
      openidAt(0),
      openidAt(1),
    );
    await announce(shop);
    const wechat = playMass();
    await minute(shop, wechat);
    expect(Object.keys(wechat.received())).toEqual([1, 2, 3, 4, 5].map(openidAt));
    expect(massOf(shop)).toMatchObject({ recipients: 5, overLimit: 1 });
    for (const id of ['mm_2', 'mm_3', 'mm_4', 'mm_5']) await announce(shop, { id });
    await minute(shop, wechat);
    expect(counters(shop)).toEqual([[4, 6]]);
    expect(massOf(shop, 'mm_5')).toMatchObject({ recipients: 0, overLimit: 6, state: 'done' });
    shop.clock.now = at('2026-12-01 00:00');
    await announce(shop, { id: 'mm_6' });
    await minute(shop, wechat);
    expect(massOf(shop, 'mm_6')).toMatchObject({ recipients: 6, overLimit: 0 });
  });

  test('holds when two messages are listed at the same moment and one place is left', async () => {
    const shop = await shopWith(3);
    const { db, clock } = shop;
    for (let index = 0; index < 3; index += 1)
      db.all(`INSERT INTO mass_counters VALUES (?, '2026-11', 3)`, openidAt(index));
    await announce(shop);
    await announce(shop, { id: 'mm_2' });
    const month = '2026-11';
    const now = clock.now;
    const next = async (id: string) => {
      const [mass] = decodeAll(
        massMessages,
        db.all(`SELECT ${selectList(massMessages, 't')} FROM mass_messages AS t WHERE id = ?`, id),
      );
      if (!mass) throw new Error(`there is no ${id}`);
      const plan = planPage(await readCandidates(db, mass, { month, limit: 11 }), {
        cursor: '',
        pageMax: 10,
      });
      return () => writePage(db, mass, { plan, month, now, leaseUntil: now + 1, more: [], note: null });
    };
    const [first, second] = [await next('mm_1'), await next('mm_2')];
    expect(await first()).toMatchObject({ page: { recipients: 3 } });
    expect(await second()).toBe('stale');
    clock.now += 180_000;
    const wechat = playMass();
    await minute(shop, wechat);
    expect(wechat.received()).toEqual(everybodyOnce(3));
    expect(counters(shop)).toEqual([[4, 3]]);
    expect([massOf(shop), massOf(shop, 'mm_2')].map((mass) => mass?.['overLimit'])).toEqual([0, 3]);
  });
});

describe('killed in the middle: nobody twice, nobody missed', () => {
  const line = new Error('the line broke');

  test.each<[string, Trouble]>([
    ['before WeChat took the page', { taken: false, reply: line }],
    ['after WeChat took it, and the answer was lost', { taken: true, reply: line }],
    ['after WeChat took it, and a gateway answered 502', { taken: true, reply: 502 }],
  ])('%s', async (_, trouble) => {
    const shop = await shopWith(25);
    await announce(shop);
    const wechat = playMass((_call, place) => (place === 2 ? trouble : null));
    for (let minutes = 0; minutes < 5; minutes += 1) await minute(shop, wechat);
    expect(wechat.received()).toEqual(everybodyOnce(25));
    expect(massOf(shop)).toMatchObject({ state: 'done', recipients: 25 });
    expect(counters(shop)).toEqual([[1, 25]]);
  });

  const places = [
    ['as the page is looked for', 'FROM mass_pages WHERE state'],
    ['as its people are read', 'FROM fans AS f'],
    ['as the page is written', 'INTO mass_pages'],
    ['as it is noted that WeChat took it', `SET state = 'sent'`],
  ] as const;
  const faults: [string, Fault][] = [
    ['nothing arrives', 'down'],
    ['it is done and nobody hears', 'reply-lost'],
  ];
  test.each(places.flatMap(([when, sql]) => faults.map(([how, fault]) => [when, how, sql, fault] as const)))(
    'the database breaks off %s: %s',
    async (_, _how, sql, fault) => {
      let broken = 0;
      const shop = await shopWith(25, (statements) => {
        if (!mentions(statements, sql)) return null;
        broken += 1;
        return broken === 2 ? fault : null;
      });
      await announce(shop);
      const wechat = playMass();
      for (let minutes = 0; minutes < 8; minutes += 1) await minute(shop, wechat);
      expect(broken).toBeGreaterThanOrEqual(2);
      expect(wechat.received()).toEqual(everybodyOnce(25));
      expect(massOf(shop)).toMatchObject({ state: 'done', recipients: 25 });
      expect(counters(shop)).toEqual([[1, 25]]);
    },
  );

  test('two crons at once share the work', async () => {
    const shop = await shopWith(60);
    await announce(shop);
    const wechat = playMass();
    for (let minutes = 0; minutes < 4; minutes += 1)
      await Promise.all([minute(shop, wechat), minute(shop, wechat), minute(shop, wechat)]);
    expect(wechat.received()).toEqual(everybodyOnce(60));
    expect(wechat.asked.length).toBe(wechat.sent.length);
    expect(massOf(shop)).toMatchObject({ state: 'done', recipients: 60 });
  });

  test('two crons at once write one message to the one who is alone', async () => {
    const shop = await shopWith(1, (statements) =>
      mentions(statements, 'UPDATE mass_messages') ? { stay: othersTurn } : null,
    );
    await announce(shop);
    const wechat = playMass();
    await Promise.all([minute(shop, wechat), minute(shop, wechat)]);
    expect(outboxRows(shop.db)).toHaveLength(1);
  });

  test('a day later nobody knows any more, so it is not sent again, and said', async () => {
    const shop = await shopWith(3);
    await announce(shop);
    let isDown = true;
    const wechat = playMass(() => (isDown ? { taken: true, reply: line } : null));
    await minute(shop, wechat);
    isDown = false;
    shop.clock.now = at('2026-11-23 14:30');
    await minute(shop, wechat);
    expect(wechat.received()).toEqual(everybodyOnce(3));
    expect(massOf(shop)).toMatchObject({ state: 'stopped' });
    expect(massOf(shop)?.['note']).toContain('不确定');
    expect(shop.db.all(`SELECT state FROM mass_pages`)).toEqual([{ state: 'unsure' }]);
    // They may have got it, so it counts.
    expect(counters(shop)).toEqual([[1, 3]]);
  });
});

describe('what WeChat says', () => {
  const refusal = (errcode: number): Trouble => ({ taken: false, reply: { errcode, errmsg: 'no' } });

  test('45028, no quota: all stops, the reason is said, and everybody keeps their four', async () => {
    const shop = await shopWith(25);
    await announce(shop);
    const wechat = playMass((_, place) => (place === 2 ? refusal(45028) : null));
    for (let minutes = 0; minutes < 3; minutes += 1) await minute(shop, wechat);
    expect(wechat.asked).toHaveLength(2);
    expect(massOf(shop)).toMatchObject({ state: 'stopped', note: '本月的群发次数已用完（45028 no）' });
    expect(counters(shop)).toEqual([
      [0, 9],
      [1, 9],
    ]);
    expect(shop.db.all(`SELECT page, state, openids FROM mass_pages ORDER BY page`)).toEqual([
      { page: 0, state: 'sent', openids: '[]' },
      { page: 1, state: 'refused', openids: '[]' },
    ]);
  });

  test.each([45066, 45011, -1])(
    '%s: the same page again a minute later, and the others after it',
    async (errcode) => {
      const shop = await shopWith(25);
      await announce(shop);
      const wechat = playMass((_, place) => (place === 2 ? refusal(errcode) : null));
      await minute(shop, wechat);
      expect(wechat.asked).toHaveLength(2);
      await minute(shop, wechat);
      expect(wechat.asked[2]).toEqual(wechat.asked[1]);
      expect(wechat.received()).toEqual(everybodyOnce(25));
      expect(massOf(shop)).toMatchObject({ state: 'done' });
    },
  );

  test('something nobody has met is tried ten times, five minutes apart, and then shown', async () => {
    const shop = await shopWith(3);
    await announce(shop);
    const wechat = playMass(() => refusal(99_999));
    for (let minutes = 0; minutes < 60; minutes += 1) await minute(shop, wechat);
    expect(wechat.asked).toHaveLength(10);
    expect(massOf(shop)).toMatchObject({ state: 'stopped', note: '微信不接受（99999 no）' });
    expect(counters(shop)).toEqual([[0, 3]]);
  });

  test('afterwards, how many it reached: also when that is told before the page was noted', async () => {
    const shop = await shopWith(4);
    const { push } = openAccount(shop);
    const finished = {
      MsgType: 'event',
      Event: 'MASSSENDJOBFINISH',
      MsgID: '1000',
      Status: 'send success',
      TotalCount: 4,
      FilterCount: 3,
      SentCount: 2,
      ErrorCount: 1,
    };
    expect((await push('oSystem', finished)).status).toBe(200);
    await announce(shop);
    await minute(shop, playMass());
    expect(shop.db.all(`SELECT * FROM mass_receipts`)).toEqual([
      {
        msg_id: '1000',
        status: 'send success',
        total: 4,
        filtered: 3,
        sent: 2,
        failed: 1,
        at: at('2026-11-22 15:00'),
      },
    ]);
    expect(shop.db.all(`SELECT msg_id FROM mass_pages`)).toEqual([{ msg_id: '1000' }]);
    expect(inboxRows(shop.db).map(({ state }) => state)).toEqual(['done']);
  });

  test('who stops following is no longer counted by name', async () => {
    const shop = await shopWith(3);
    await announce(shop);
    await minute(shop, playMass());
    await openAccount(shop).push(openidAt(1), events.unfollow);
    expect(shop.db.all(`SELECT openid FROM mass_counters`).map(({ openid }) => openid)).toEqual([
      openidAt(0),
      openidAt(2),
    ]);
  });
});
