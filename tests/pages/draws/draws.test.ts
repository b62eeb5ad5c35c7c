/** 积分抽奖 on the office's form, on the member's phone and at the counter. */
import { expect, test } from 'vitest';
import type { MemberId } from '../../../schema/index.ts';
import { correctPoints } from '../../../workers/commands/members/correct-points.ts';
import { at, sale, store, template } from '../../support/builders.ts';
import { balanceOf, ledgerRows, memberId, type Shop } from '../../support/shop.ts';
import { employ, openConsole, signInAs, type Console } from '../console/support.ts';
import { logIn, tokenIn, words, type Answered, type Visitor } from '../support.ts';

const prize = (place: number, name: string, yuan: string, quota: string, more: object = {}) =>
  Object.fromEntries(
    Object.entries({ kind: 'thing', name, valueFen: yuan, quota, words: `${name}一份`, ...more }).map(
      ([field, value]) => [`prizes[${String(place)}].${field}`, String(value)],
    ),
  );

const june = {
  name: '六一抽奖',
  points: '100',
  firstOn: '2026-06-11',
  lastOn: '2026-06-15',
  collectFirstOn: '2026-06-18',
  enabled: 'yes',
};
/** K-57 as the shop told it. */
const kidswant = {
  ...june,
  'prizes~count': '3',
  ...prize(0, '一等奖', '68', '20'),
  ...prize(1, '二等奖', '15', '15'),
  ...prize(2, '三等奖', '5', '250'),
  blanks: '715',
};
/** Every lot wins the first thing. */
const sure = { ...june, 'prizes~count': '1', ...prize(0, '一等奖', '68', '20'), blanks: '0' };

const open = (): Promise<Console> =>
  openConsole({
    templates: [template('10元券')],
    stores: [store(), store({ id: 'S2' })],
    now: '2026-06-11 10:00',
  });

async function earns(shop: Shop, points: number): Promise<MemberId> {
  const who = { externalId: 'M1', openid: 'oMember', name: '周女士', phone: '13912345487' };
  await shop.tell(sale({ member: who, at: '2026-06-11 09:00' }));
  const id = memberId(shop.db, 'ext:pos:M1') as MemberId;
  const delta = points - balanceOf(shop.db, 'ext:pos:M1');
  await correctPoints(shop.engine, { key: 'k'.padEnd(26, '0'), memberId: id, delta }, shop.clock.now);
  return id;
}

const fieldIn = ({ text }: Answered, name: string): string =>
  new RegExp(`name="${name}" value="([^"]+)"`).exec(text)?.[1] ?? '';

const lotteryId = ({ shop }: Console): string => String(shop.db.all(`SELECT id FROM lotteries`)[0]?.['id']);

async function member(here: Console, points: number): Promise<Visitor> {
  await earns(here.shop, points);
  const visitor = here.visitor();
  await logIn(here, visitor, 'oMember');
  return visitor;
}

async function drawOn(visitor: Visitor, path: string): Promise<Answered> {
  const asked = await visitor.get(path);
  const form = { token: tokenIn(asked), once: fieldIn(asked, 'once'), points: fieldIn(asked, 'points') };
  const [first, again] = [await visitor.post(path, form), await visitor.post(path, form)];
  // A button that is pressed twice draws once.
  expect(again.location).toBe(first.location);
  return first;
}

test('G-13: the office sees 285 prizes and 2,835 yuan, in the list and beside the form', async () => {
  const here = await open();
  const made = await here.send('/console/lotteries/new', kidswant);
  expect([made.status, made.location]).toEqual([303, '/console/lotteries?said=created']);
  const listed = words(await here.owner.get('/console/lotteries'));
  for (const figure of ['2026-06-11 到 2026-06-15', '285', '2,835', '正在抽'])
    expect(listed).toContain(figure);
  const form = words(await here.owner.get(`/console/lotteries/${lotteryId(here)}`));
  for (const figure of ['1,360', '225', '1,250', '2,835', '2%', '1.5%', '25%'])
    expect(form).toContain(figure);
});

test.each([
  [{ lastOn: '2026-06-10' }, '最后一天不能早于第一天。'],
  [{ collectLastOn: '2026-06-17' }, '领奖的最后一天不能早于开始领的那天。'],
  [{ 'prizes[0].valueFen': '50001' }, '太大了，最大是 50000 元。'],
])('the form says at its field what is wrong with %j', async (given, said) => {
  const here = await open();
  const sent = await here.send('/console/lotteries/new', { ...sure, ...given });
  expect([sent.status, words(sent)]).toEqual([422, expect.stringContaining(said)]);
});

test('K-57: with 99 points she reads what is missing; with 100 she draws once, and her prize waits for 06-18 with its code', async () => {
  const here = await open();
  await here.send('/console/lotteries/new', sure);
  const path = `/m/draw/${lotteryId(here)}`;
  const visitor = await member(here, 99);
  expect((await visitor.get('/m/')).text).toContain('href="/m/draw"');
  const poor = await visitor.get(path);
  expect(words(poor)).toContain('积分不够：抽一次要 100 分，现在能用 99 分。');
  expect(poor.text).not.toContain('<button');
  const id = memberId(here.shop.db, 'ext:pos:M1') as MemberId;
  await correctPoints(
    here.shop.engine,
    { key: 'l'.padEnd(26, '0'), memberId: id, delta: 1 },
    here.shop.clock.now,
  );
  const sent = await drawOn(visitor, path);
  expect(sent.location).toMatch(/^\/m\/draw\/result\?of=dr_/);
  const result = await visitor.get(sent.location ?? '');
  const [, code = ''] = /data-code="([0-9A-Z]{12})"/.exec(result.text) ?? [];
  expect(words(result)).toContain('恭喜抽中一等奖');
  expect(words(result)).toContain('6月18日起到店领');
  expect(code).not.toBe('');
  expect(words(await visitor.get('/m/draw'))).toContain(code.replaceAll(/(.{4})(?=.)/g, '$1 '));
  const points = ledgerRows(here.shop.db).filter(({ account }) => account === 'points');
  expect(points.map(({ delta }) => delta)).toEqual([100, -1, 1, -100]);
  const stranger = here.visitor();
  const other = { externalId: 'M2', openid: 'oOther', phone: '13912345488' };
  await here.shop.tell(sale({ orderNo: '2', member: other, at: '2026-06-11 09:30' }));
  await logIn(here, stranger, 'oOther');
  expect(await stranger.get(sent.location ?? '')).toMatchObject({ status: 404 });
});

test('K-57: the cashier reads NOT_YET on 06-17, hands it over on 06-18 once, and the office sees who won and who fetched', async () => {
  const here = await open();
  await here.send('/console/lotteries/new', sure);
  const visitor = await member(here, 100);
  await drawOn(visitor, `/m/draw/${lotteryId(here)}`);
  const [{ code } = { code: '' }] = here.shop.db.all(`SELECT code FROM draws`) as { code: string }[];
  const cashier = await signInAs(here, await employ(here, 'cashier', { storeIds: ['8005'], name: '小李' }));
  const look = () => here.send('/console/redeem', { act: 'look', code: code.toLowerCase() }, cashier);
  here.shop.clock.now = at('2026-06-17 18:00');
  const early = await look();
  expect(words(early)).toContain('还没到领奖的日子：6月18日起可以领。');
  here.shop.clock.now = at('2026-06-18 09:00');
  // Found by her phone, she has it waiting as well.
  const byPhone = await here.send('/console/redeem', { act: 'look', code: '13912345487' }, cashier);
  expect(words(byPhone)).toContain('一等奖一份');
  const shown = await look();
  expect(words(shown)).toContain('一等奖一份');
  const form = { act: 'collect', code, form: fieldIn(shown, 'form') };
  const done = await here.send('/console/redeem', form, cashier);
  expect(done.location).toMatch(/^\/console\/redeem\?collected=/);
  expect(words(await cashier.get(done.location ?? ''))).toContain('已领奖：一等奖，一等奖一份。');
  expect((await here.send('/console/redeem', form, cashier)).location).toBe(done.location);
  const again = await here.send('/console/redeem', { act: 'collect', code }, cashier);
  expect([again.status, words(again)]).toEqual([409, expect.stringContaining('已经领过了：6月18日领走的。')]);
  expect(here.shop.db.all(`SELECT act FROM audit_rows WHERE act = 'prize.collect'`)).toHaveLength(1);
  const winners = `/console/lotteries/${lotteryId(here)}`;
  const named = words(await here.owner.get(`${winners}/winners`));
  for (const said of ['周女士', '06-18 09:00 在', '小李办']) expect(named).toContain(said);
  const { text } = await here.send(`${winners}/csv`, {});
  expect(text).toContain('周女士');
  expect(text.split('\r\n')[1]).toContain('一等奖,一等奖一份,68');
});

test('a prize that was won keeps its value; the form says so', async () => {
  const here = await open();
  await here.send('/console/lotteries/new', sure);
  await drawOn(await member(here, 100), `/m/draw/${lotteryId(here)}`);
  const cheaper = await here.send(`/console/lotteries/${lotteryId(here)}`, {
    ...sure,
    'prizes[0].valueFen': '6',
  });
  expect(words(cheaper)).toContain('这个奖品已经有 1 份被抽走');
});
