/** 小王离职了 (J-05): who takes over has her members, nobody loses a word, and her history stays hers. */
import { beforeEach, expect, test } from 'vitest';
import { MerchantSettings } from '../../../schema/index.ts';
import { handovers } from '../../../workers/commands/jobs/handovers.ts';
import { plans } from '../../../workers/platform/plans.ts';
import { openOffice } from '../../api/support.ts';
import { events, openAccount } from '../../support/account.ts';
import { at, sale } from '../../support/builders.ts';
import { mentions, misbehaving } from '../../support/faults.ts';
import { roundOf } from '../../support/round.ts';
import { guide, join } from '../../support/scenes.ts';
import { memberRows, outboxRows, type Shop } from '../../support/shop.ts';
import { logIn, words } from '../support.ts';
import { employ, openConsole, signInAs, type Console } from './support.ts';

const xiaowang = { ...guide('g7', '小王'), openid: 'oWang' };
const settings = MerchantSettings.parse({ shopName: '阳光母婴', publicUrl: 'https://shop.example' });
const leavePath = '/console/associates/g7/leave';

let here: Console;
let shop: Shop;
beforeEach(async () => {
  here = await openConsole({
    settings,
    associates: [xiaowang, { ...guide('g8', '小李'), openid: 'oLi' }, guide('g9', '小陈')],
  });
  ({ shop } = here);
});

const leave = (fields: Readonly<Record<string, string>> = {}, id = 'g7') =>
  here.send(`/console/associates/${id}/leave`, { successorId: 'g8', codes: 'successor', ...fields });

/** As they would stand there: members of hers, with a WeChat where it says so. */
function members(count: number, associateId = 'g7', prefix = 'm'): void {
  shop.db.all(
    `INSERT INTO members (id, name, associate_id, orders, spent_fen, created_at, version)
     SELECT ?3 || printf('%06d', value), '会员', ?2, 0, 0, 0, 1 FROM (WITH RECURSIVE n(value) AS
       (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < ?1) SELECT value FROM n)`,
    count,
    associateId,
    prefix,
  );
}
const turn = (minutes = 12): Promise<unknown> => {
  shop.clock.now += minutes * 60_000;
  return handovers.run(roundOf(shop, { plan: plans.free }), shop.clock.now);
};
async function turnsUntilDone(): Promise<number> {
  for (let turns = 1; turns < 100; turns += 1) {
    await turn();
    if (shop.db.all(`SELECT 1 FROM handovers WHERE ended_at IS NULL`).length === 0) return turns;
  }
  throw new Error('it never ends');
}
const owners = (): unknown[] =>
  shop.db
    .all(`SELECT associate_id AS who, count(*) AS many FROM members GROUP BY 1 ORDER BY 1`)
    .map(({ who, many }) => [who, many]);

test('小王 leaves with 137 members: the page says so, 小李 gets all of them, and what 小王 sold stays hers', async () => {
  await shop.tell(
    sale({
      orderNo: 'A1',
      member: { externalId: 'M1', name: '张妈妈' },
      associate: { id: 'g7', name: '小王' },
    }),
  );
  members(137);
  members(3, 'g9', 'n');
  expect(words(await here.owner.get(leavePath))).toContain('小王名下有 137 位会员，一起交接');
  expect((await leave()).location).toBe(leavePath);
  expect(words(await here.owner.get(leavePath))).toContain('会员正在交接：0 / 137 位');
  await turnsUntilDone();
  expect(owners()).toEqual([
    [null, 1],
    ['g8', 137],
    ['g9', 3],
  ]);
  expect(words(await here.owner.get(leavePath))).toContain('会员已交接完：137 位。没有通知会员');
  expect(shop.db.all(`SELECT associate_id AS by FROM sales`)).toEqual([{ by: 'g7' }]);
  // 建议的导购 is who reminds 张妈妈, so that one is 小李 now.
  expect(shop.db.all(`SELECT seller_id AS by FROM members WHERE name = '张妈妈'`)).toEqual([{ by: 'g8' }]);
  expect(outboxRows(shop.db)).toEqual([]);
  expect(shop.db.all(`SELECT by, act, subject, after FROM audit_rows`)).toEqual([
    {
      by: '陈老板',
      act: 'associate.leave',
      subject: 'g7',
      after: '{"successorId":"g8","codes":"successor","tellMembers":false,"members":137}',
    },
  ]);
});

test('10,000 members take 12 turns of the free plan, each within its statements: a little over two hours', async () => {
  members(10_000);
  await leave();
  const before = shop.db.counts.statements;
  const turns = await turnsUntilDone();
  // Ten full pages, the empty one that ends them, and one for fans.
  expect(turns).toBe(12);
  expect(shop.db.counts.statements - before).toBeLessThanOrEqual(turns * 5);
  expect(owners()).toEqual([['g8', 10_000]]);
});

test('the same form twice is one departure, and a turn that dies in the middle is carried on: nobody is counted twice', async () => {
  members(2_200);
  await Promise.all([leave(), leave()]);
  expect(shop.db.all(`SELECT id FROM handovers`)).toHaveLength(1);
  await turn();
  const dying = misbehaving((statements) => (mentions(statements, 'UPDATE members') ? 'down' : null));
  const engine = { ...shop.engine, db: dying(shop.db) };
  await expect(
    handovers.run(roundOf({ ...shop, engine }, { plan: plans.free }), shop.clock.now),
  ).rejects.toThrow('lost');
  // Two clocks at once.
  await Promise.all([turn(), turn()]);
  await turnsUntilDone();
  expect(shop.db.all(`SELECT moved FROM handovers`)).toEqual([{ moved: 2_200 }]);
  expect(owners()).toEqual([['g8', 2_200]]);
});

test('from that moment 小李 hears what 小王’s members say, and her poster brings them to 小李, before anybody is moved', async () => {
  const account = openAccount(shop);
  await account.push('oMa', events.follow('adv_g7'));
  await join(shop, 'oMa', '13912345487');
  await leave();
  shop.clock.now += 60_000;
  await account.push('oMa', events.say('奶粉到了吗'));
  expect(outboxRows(shop.db).filter(({ kind }) => kind === 'chat-associate')).toMatchObject([
    { associateId: 'g8' },
  ]);
  const scanned = await account.push('oBa', events.follow('adv_g7'));
  expect(scanned.reply?.text).toContain('小李');
});

test('nobody takes over: the members are the shop’s, her code binds nobody, and the next code that is scanned does', async () => {
  const account = openAccount(shop);
  await account.push('oMa', events.follow('adv_g7'));
  await join(shop, 'oMa', '13912345487');
  await leave({ successorId: '', codes: 'successor' });
  await turnsUntilDone();
  expect(memberRows(shop.db)).toMatchObject([{ associateId: null }]);
  await account.push('oBa', events.follow('adv_g7'));
  expect(shop.db.all(`SELECT openid, associate_id AS who FROM fans ORDER BY openid`)).toEqual([
    { openid: 'oBa', who: null },
    { openid: 'oMa', who: null },
  ]);
  shop.clock.now += 60_000;
  await account.push('oMa', events.scan('adv_g9'));
  expect(memberRows(shop.db)).toMatchObject([{ associateId: 'g9' }]);
});

test('her role, her browser and her WeChat end at once; a manager who also serves stays the manager', async () => {
  const role = await employ(here, 'associate', { name: '小王', openid: 'oWang' });
  const manager = await employ(here, 'manager', { name: '小李', openid: 'oLi' });
  const browser = await signInAs(here, manager);
  const phone = here.visitor();
  await logIn(here, phone, 'oWang', '/a/');
  expect(words(await phone.get('/a/'))).toContain('您好，小王');
  await leave();
  await leave({ successorId: 'g9' }, 'g8');
  expect(words(await phone.get('/a/'))).not.toContain('您好，小王');
  expect(shop.db.all(`SELECT ended_at IS NULL AS isHere FROM people WHERE id = ?`, role.id)).toEqual([
    { isHere: 0 },
  ]);
  expect((await browser.get('/console/')).status).toBe(200);
});

test('whoever takes over and leaves in turn: members, codes and words go on to the last one', async () => {
  members(1_700);
  await leave();
  await turn();
  await leave({ successorId: 'g9' }, 'g8');
  await turnsUntilDone();
  expect(owners()).toEqual([['g9', 1_700]]);
  const scanned = await openAccount(shop).push('oBa', events.follow('adv_g7'));
  expect(scanned.reply?.text).toContain('小陈');
});

test('only where it is ticked are the members told, once each, and not at night', async () => {
  await join(shop, 'oMa', '13912345487');
  members(2);
  shop.db.all(`UPDATE members SET associate_id = 'g7'`);
  shop.clock.now = at('2026-11-22 22:30');
  await leave({ tellMembers: 'yes' });
  await turnsUntilDone();
  const told = outboxRows(shop.db).filter(({ kind }) => kind === 'associate-changed');
  expect(told).toMatchObject([
    { payload: { before: '小王', after: '小李' }, dueAt: at('2026-11-23 09:00'), associateId: null },
  ]);
});

test('a colleague who has left can take over nobody, and is offered for nothing', async () => {
  await leave();
  const refused = await leave({ successorId: 'g7' }, 'g9');
  expect(refused.status).toBe(422);
  expect((await here.owner.get('/console/associates/g9/leave')).text).not.toContain('小王');
  expect(words(await here.owner.get('/console/associates'))).toContain('已离职');
});

test('back again: she is invited anew, keeps whom nobody had moved yet, and gets nobody back', async () => {
  members(1_200);
  await leave();
  await turn();
  await here.send('/console/associates/g7/return', {});
  await turn();
  expect(owners()).toEqual([
    ['g7', 200],
    ['g8', 1_000],
  ]);
  expect(words(await here.owner.get('/console/associates/g7'))).toContain('工号 g7 和收银机里的一样，不能改');
});

test('a store’s number cannot be changed by its form: that would be another store', async () => {
  await here.send('/console/stores/new', { id: '8005', name: '天河店', timezone: 'Asia/Shanghai' });
  const shown = await here.owner.get('/console/stores/8005');
  expect([shown.text.includes('name="id"'), words(shown)]).toEqual([
    false,
    expect.stringContaining('编码 8005 和收银机里的一样，不能改'),
  ]);
  await here.send('/console/stores/8005', { id: '9999', name: '天河旗舰店', timezone: 'Asia/Shanghai' });
  expect(shop.db.all(`SELECT id, name FROM stores`)).toEqual([{ id: '8005', name: '天河旗舰店' }]);
});

test('by API: 小王 leaves once, how far it has come can be asked, and the second time is refused', async () => {
  const { admin } = await openOffice({ associates: [xiaowang, guide('g8', '小李')] });
  const body = { successorId: 'g8', codes: 'end' };
  const first = await admin('POST', '/associates/g7/departure', { body });
  expect([first.status, first.json]).toMatchObject([
    201,
    { associateId: 'g7', successorId: 'g8', members: 0, moved: 0, stage: 'members' },
  ]);
  expect((await admin('GET', '/associates/g7/departure')).json).toEqual(first.json);
  const second = await admin('POST', '/associates/g7/departure', { body });
  expect(second.json).toMatchObject({ status: 409, code: 'associate_left' });
  const self = await admin('POST', '/associates/g8/departure', { body });
  expect(self.json).toMatchObject({ code: 'invalid', field: 'successorId' });
  expect((await admin('DELETE', '/associates/g7/departure')).status).toBe(200);
});
