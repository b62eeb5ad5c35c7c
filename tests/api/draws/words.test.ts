/** 发“抽奖”: a word to the Official Account draws once, and the answer is what came of it. */
import { describe, expect, test } from 'vitest';
import type { MemberId } from '../../../schema/index.ts';
import { correctPoints } from '../../../workers/commands/members/correct-points.ts';
import { at } from '../../support/builders.ts';
import { events } from '../../support/account.ts';
import { ledgerRows } from '../../support/shop.ts';
import { idOf, openTriggers, sureToWin, type Here } from '../../support/triggers.ts';

async function openFair(points: number, given: object = {}): Promise<Here> {
  const here = await openTriggers();
  const { status } = await here.admin('POST', '/lotteries', {
    body: { ...sureToWin, points: 100, keyword: '抽奖', ...given },
  });
  expect(status).toBe(201);
  const memberId = idOf(here, 'A') as MemberId;
  const key = 'begin'.padEnd(26, '0');
  await correctPoints(here.shop.engine, { key, memberId, delta: points }, here.shop.clock.now);
  return here;
}

const drawn = ({ shop }: Here): unknown => shop.db.all(`SELECT count(*) AS n FROM draws`)[0]?.['n'];
const replies = ({ shop }: Here): unknown =>
  shop.db.all(`SELECT count(*) AS n FROM outbox WHERE kind = 'reply'`)[0]?.['n'];
const deltas = ({ shop }: Here): number[] => ledgerRows(shop.db).map(({ delta }) => delta);

describe('K-58', () => {
  test('抽奖 from a bound openid is a draw, and the answer says what it is and when it is to be fetched', async () => {
    const here = await openFair(250);
    const { reply } = await here.account.push('oA', events.say('抽奖'));
    expect(reply?.text).toMatch(
      /^恭喜抽中小玩具：小玩具一个。12月1日起到店领，领奖码 [0-9A-Z]{4} [0-9A-Z]{4} [0-9A-Z]{4}。$/,
    );
    expect([drawn(here), deltas(here)]).toEqual([1, [250, -100]]);
  });

  test('one MsgId that WeChat delivers three times is one draw and one reply', async () => {
    const here = await openFair(250);
    const first = await here.account.push('oA', events.say('抽奖', '77'));
    const again = [await here.account.repeat(), await here.account.repeat()];
    await here.account.settled();
    for (const { reply } of again) expect([undefined, first.reply?.text]).toContain(reply?.text);
    expect([drawn(here), replies(here), deltas(here)]).toEqual([1, 1, [250, -100]]);
    // Another message is another draw.
    await here.account.push('oA', events.say('「抽奖」！', '78'));
    expect([drawn(here), deltas(here)]).toEqual([2, [250, -100, -100]]);
  });

  test('three deliveries at the same moment are one draw', async () => {
    const here = await openFair(250);
    const say = (): Promise<unknown> => here.account.push('oA', events.say('抽奖', '77'));
    await Promise.all([say(), say(), say()]);
    await here.account.settled();
    await here.shop.work();
    expect([drawn(here), replies(here), deltas(here)]).toEqual([1, 1, [250, -100]]);
  });

  test('unbound, the answer is the link to bind, and nothing is drawn', async () => {
    const here = await openFair(250);
    const { reply } = await here.account.push('oStranger', events.say('抽奖'));
    expect(reply?.text).toBe(
      '您还没有绑定会员。先在这里绑定，再发一次这个词就能抽：https://huike.example/m/register',
    );
    expect(drawn(here)).toBe(0);
  });

  test.each([
    [99, {}, '积分不够：抽一次要 100 分，现在能用 99 分。'],
    [250, { firstOn: '2026-11-23' }, '还没开始：11月23日起可以抽。'],
    [250, { firstOn: '2026-11-01', lastOn: '2026-11-21' }, '已结束：11月21日是最后一天。'],
  ])('with %i points and %j the answer says why not, and nothing is taken', async (points, given, said) => {
    const here = await openFair(points, given);
    const { reply } = await here.account.push('oA', events.say('抽奖'));
    expect([reply?.text, drawn(here), deltas(here)]).toEqual([said, 0, [points]]);
  });

  test('once two mothers turn out to be one, what was won is hers, and both her draws count', async () => {
    const here = await openFair(100, { perMember: 1 });
    await here.account.push('oA', events.say('抽奖'));
    const [fromId, intoId] = [idOf(here, 'A'), idOf(here, 'B')] as MemberId[];
    await here.shop.tell({
      type: 'member.merged',
      id: 'merge',
      occurredAt: '2026-11-22T15:00:00+08:00',
      data: { from: { externalId: 'A' }, into: { externalId: 'B' } },
    });
    const { json } = await here.pos('GET', `/members/${String(intoId)}/draws`);
    expect([fromId === intoId, json['draws']]).toMatchObject([false, [{ prize: { name: '小玩具' } }]]);
    expect(json['lotteries']).toMatchObject([{ why: '已经抽过 1 次，每人最多 1 次。' }]);
    const [{ code } = { code: '' }] = json['draws'] as { code: string }[];
    here.shop.clock.now = at('2026-12-01 09:00');
    const body = { code, store: '8005' };
    expect((await here.pos('POST', '/prizes/collect', { body })).status).toBe(200);
  });
});
