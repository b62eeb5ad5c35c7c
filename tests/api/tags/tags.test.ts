/** 标签与分组 over the API: dictionaries, one member, many members, and conditions of campaigns (J-14, J-23, T-06, T-07). */
import { beforeEach, describe, expect, test } from 'vitest';
import { tags as tagJob } from '../../../workers/commands/jobs/tags.ts';
import { tagPage } from '../../../workers/commands/tags/tag-page.ts';
import { readTagJob } from '../../../workers/db/tags/tag-jobs.ts';
import { campaign, line, product, sale } from '../../support/builders.ts';
import { roundOf } from '../../support/round.ts';
import { balanceOf, memberId } from '../../support/shop.ts';
import { items, openOffice, token, type Office } from '../support.ts';

let office: Office;
const face = { name: '脸型', tags: ['圆脸', '鹅蛋脸', '瓜子脸', '方形脸', '梨形脸'], single: true };
const hair = { name: '发质', tags: ['易分叉', '干枯', '白发多'] };

const idOf = (who: string): string => memberId(office.shop.db, `ext:pos:${who}`);
const tagsOf = async (who: string): Promise<unknown> =>
  (await office.admin('GET', `/members/${idOf(who)}`)).json['tags'];
const put = (who: string, tags: readonly string[], more = {}) =>
  office.admin('PUT', `/members/${idOf(who)}/tags`, { body: { tags, ...more } });
const go = async (): Promise<void> => {
  while (await tagJob.run(roundOf(office.shop), office.shop.clock.now));
};

beforeEach(async () => {
  office = await openOffice({
    products: [product({ sku: 'milk', tags: ['奶粉客'] })],
    campaigns: [
      campaign('c', {
        conditions: [{ kind: 'tag', tags: ['奶粉客', '老客'] }],
        rewards: [{ kind: 'points', points: 7 }],
      }),
    ],
  });
  for (const [who, store] of [
    ['A', '8005'],
    ['B', '8005'],
    ['C', '8006'],
  ] as const)
    await office.shop.tell(
      sale({
        orderNo: who,
        store,
        member: { externalId: who },
        lines: [line({ sku: 'cup', amountFen: 100 })],
      }),
    );
});

describe('J-14', () => {
  test('of a single choice another replaces the first; across dictionaries and beside them tags add up', async () => {
    expect((await office.admin('POST', '/tag-dictionaries', { body: face })).status).toBe(201);
    expect((await office.admin('POST', '/tag-dictionaries', { body: hair })).status).toBe(201);
    await put('A', ['圆脸', '易分叉', '干枯', '喜欢蕾丝']);
    expect(await tagsOf('A')).toEqual(['喜欢蕾丝', '圆脸', '干枯', '易分叉']);
    const { json } = await put('A', ['圆脸', '易分叉', '鹅蛋脸']);
    const byHand = { byHand: true, byRule: false, byPurchase: false };
    expect(json['tags']).toEqual(['易分叉', '鹅蛋脸'].map((tag) => ({ tag, ...byHand })));
    await office.admin('POST', '/tags/put', { body: { tag: '方形脸', memberIds: [idOf('A')] } });
    await go();
    expect(await tagsOf('A')).toEqual(['方形脸', '易分叉']);
  });

  test('a tag is in one dictionary, a dictionary has each once, and the 31st dictionary is refused with both numbers', async () => {
    const { admin } = office;
    await admin('POST', '/tag-dictionaries', { body: face });
    const again = await admin('POST', '/tag-dictionaries', { body: { name: '头', tags: ['圆脸'] } });
    expect([again.status, again.json['field']]).toEqual([422, 'tags']);
    const twice = await admin('POST', '/tag-dictionaries', { body: { name: '头', tags: ['a', 'a'] } });
    expect(twice.status).toBe(422);
    for (let n = 2; n <= 30; n += 1)
      await admin('POST', '/tag-dictionaries', { body: { name: `n${n}`, tags: [`t${n}`] } });
    const many = await admin('POST', '/tag-dictionaries', { body: hair });
    expect([many.status, many.json['numbers']]).toEqual([409, { limit: 30, used: 30 }]);
    expect(() => office.shop.db.all(`INSERT INTO tag_dictionaries VALUES ('td_x', '{}', 31, 0)`)).toThrow(
      'tag_dictionaries_most',
    );
  });
});

describe('T-07', () => {
  test('move 蕾丝→基础款: the old tag is gone; copy: both; who does not wear it is left alone', async () => {
    await put('A', ['蕾丝']);
    await put('B', ['蕾丝']);
    const asked = { from: '蕾丝', to: '基础款' };
    await office.admin('POST', '/tags/copy', { body: { ...asked, memberIds: [idOf('A'), idOf('C')] } });
    await go();
    expect([await tagsOf('A'), await tagsOf('B'), await tagsOf('C')]).toEqual([
      ['基础款', '蕾丝'],
      ['蕾丝'],
      [],
    ]);
    const { json } = await office.admin('POST', '/tags/move', { body: asked });
    expect(json['state']).toBe('running');
    await go();
    expect([await tagsOf('A'), await tagsOf('B'), await tagsOf('C')]).toEqual([['基础款'], ['基础款'], []]);
    const done = await office.admin('GET', `/tag-jobs/${String(json['id'])}`);
    expect(done.json).toMatchObject({ state: 'done', outcomes: { changed: 2, same: 0, failed: 0 } });
    await go();
    expect(await tagsOf('A')).toEqual(['基础款']);
  });

  test('asked twice with one key it is one job, and a token of one store reaches its own members', async () => {
    await office.shop.db.batch([token('hk_8006', ['admin'], { stores: ['8006' as never] })]);
    const body = { tag: '老客', memberIds: [idOf('A'), idOf('C')] };
    for (const _ of [1, 2])
      await office.client('hk_8006')('POST', '/tags/put', { body, headers: { 'idempotency-key': 'k' } });
    await go();
    expect([await tagsOf('A'), await tagsOf('C')]).toEqual([[], ['老客']]);
    expect(office.shop.db.all(`SELECT count(*) AS n FROM tag_jobs`)).toEqual([{ n: 1 }]);
    expect(office.shop.db.all(`SELECT audience FROM tag_jobs`)).toEqual([{ audience: '{"memberIds":[]}' }]);
  });

  test('two who go on with one page at once, one of them from an old reading, move everybody and count nobody twice', async () => {
    await put('A', ['蕾丝']);
    await put('B', ['蕾丝']);
    const { json } = await office.admin('POST', '/tags/move', { body: { from: '蕾丝', to: '基础款' } });
    const { engine, clock, db } = office.shop;
    const job = await readTagJob(db, String(json['id']));
    if (!job) throw new Error('no job');
    await Promise.all([1, 2].map(() => tagPage(engine, job, 1, clock.now)));
    await tagPage(engine, job, 1, clock.now);
    await go();
    const told = await office.admin('GET', `/tag-jobs/${job.id}`);
    // Whoever was moved by the one that lost the race wears the old tag no more, and is not found to be counted.
    const { changed } = told.json['outcomes'] as { changed: number };
    expect([told.json['state'], changed <= 2]).toEqual(['done', true]);
    expect([await tagsOf('A'), await tagsOf('B')]).toEqual([['基础款'], ['基础款']]);
  });

  test('the 61st tag by hand is refused with the numbers, and of a job it is told', async () => {
    const many = Array.from({ length: 60 }, (_, n) => `t${n}`);
    expect((await put('A', many)).status).toBe(200);
    const job = await office.admin('POST', '/tags/put', { body: { tag: '多一个', memberIds: [idOf('A')] } });
    await go();
    const told = await office.admin('GET', `/tag-jobs/${String(job.json['id'])}`);
    expect(told.json).toMatchObject({ outcomes: { full: 1, changed: 0 } });
  });
});

describe('tags of purchases', () => {
  const milk = (orderNo: string) =>
    sale({
      orderNo,
      store: '8005',
      member: { externalId: 'A' },
      lines: [line({ sku: 'milk', amountFen: 100 })],
    });

  test('a campaign for who wears a tag gives nothing for the receipt that brings it, told again or not, and gives for the next', async () => {
    const points = (): number => balanceOf(office.shop.db, 'ext:pos:A');
    await office.shop.tell(milk('1'));
    const before = points();
    const again = milk('1');
    await office.shop.tell({ ...again, id: 'again', data: { ...again.data, version: '2' } });
    expect(points()).toBe(before);
    await office.shop.tell(milk('2'));
    expect(points()).toBe(before + 7 + 1);
  });

  test('taken off by hand, it stays off while she goes on buying', async () => {
    await office.shop.tell(milk('1'));
    await put('A', []);
    await office.shop.tell(milk('2'));
    expect(await tagsOf('A')).toEqual([]);
  });
});

describe('T-06', () => {
  test('a member is in several groups, which are no tags of hers, and leaves one of them', async () => {
    const made = [];
    for (const name of ['妈妈班一期', '生日会'])
      made.push(String((await office.admin('POST', '/member-groups', { body: { name } })).json['id']));
    const { json } = await put('A', ['圆脸'], { groups: made });
    expect([await tagsOf('A'), json['groups']]).toEqual([['圆脸'], made.toSorted()]);
    const listed = await office.admin('GET', `/members?group=${made[0]}`);
    expect(items(listed).map(({ id }) => id)).toEqual([idOf('A')]);
    await put('A', []);
    expect(items(await office.admin('GET', '/members?tag=圆脸'))).toEqual([]);
    expect((await put('A', [], { groups: made.slice(1) })).json['groups']).toEqual(made.slice(1));
  });
});
