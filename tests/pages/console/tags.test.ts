/** 标签与分组 in the console: dictionaries, one member's tags, lists by tag and by group, and many members at once. */
import { beforeEach, describe, expect, test } from 'vitest';
import { tags as tagJob } from '../../../workers/commands/jobs/tags.ts';
import { line, product, sale } from '../../support/builders.ts';
import { mentions } from '../../support/faults.ts';
import { roundOf } from '../../support/round.ts';
import { memberId, tagsOf } from '../../support/shop.ts';
import { tokenIn, words, type Answered } from '../support.ts';
import { employ, openConsole, signInAs, type Console } from './support.ts';

let opened: Console;
/** Happens once, just before the next job is written. */
let meanwhile: (() => Promise<unknown>) | null = null;
const key = (who: string): string => `ext:pos:${who}`;
const path = (who: string): string => `/console/members/${memberId(opened.shop.db, key(who))}`;
const page = async (at: string): Promise<string> => words(await opened.owner.get(at));
const worn = (who: string): string[] => tagsOf(opened.shop.db, key(who)).toSorted();
const idIn = (table: string, name: string): string =>
  String(opened.shop.db.all(`SELECT id FROM ${table} WHERE definition ->> 'name' = ?`, name)[0]?.['id']);
const acts = (): unknown[] =>
  opened.shop.db.all(`SELECT act FROM audit_rows ORDER BY seq`).map(({ act }) => act);
const list = async (query: string): Promise<string> =>
  (await page(`/console/members?${query}`)).split('最近一次').at(-1) ?? '';
async function sendMany(
  who: readonly string[],
  fields: Readonly<Record<string, string>>,
  by = opened.owner,
): Promise<Answered> {
  const form = new URLSearchParams({ token: tokenIn(await by.get('/console/')), ...fields });
  for (const one of who) form.append('member', memberId(opened.shop.db, key(one)));
  return by.post('/console/members/tagging', form as never);
}

beforeEach(async () => {
  opened = await openConsole({
    products: [product({ sku: 'milk', tags: ['奶粉客'] })],
    through: (db) => ({
      batch: async (statements) => {
        const act = meanwhile;
        if (act && mentions(statements, 'INSERT INTO tag_jobs')) {
          meanwhile = null;
          await act();
        }
        return db.batch(statements);
      },
    }),
  });
  for (const [who, name, store] of [
    ['L', '李女士', '8005'],
    ['W', '王女士', '8005'],
    ['Z', '赵女士', '8006'],
  ] as const)
    await opened.shop.tell(
      sale({ orderNo: who, store, member: { externalId: who, name }, lines: [line({ sku: 'cup' })] }),
    );
});

describe('one member', () => {
  test('is tagged by the four dictionaries of the example: another face replaces the first, and the page says whence each comes', async () => {
    await opened.send('/console/tag-examples', {});
    expect(await page('/console/tag-dictionaries')).toContain('圆脸、鹅蛋脸、瓜子脸、方形脸、梨形脸 单选');
    await opened.shop.tell(
      sale({ orderNo: '9', member: { externalId: 'L' }, lines: [line({ sku: 'milk' })] }),
    );
    const face = `d.${idIn('tag_dictionaries', '脸型')}`;
    const mind = `d.${idIn('tag_dictionaries', '性格')}`;
    await opened.send(`${path('L')}/tags`, {
      [face]: '圆脸',
      [mind]: '轻松闲逛型',
      others: '奶粉客、双胞胎',
    });
    await opened.send(`${path('L')}/tags`, {
      [face]: '瓜子脸',
      [mind]: '轻松闲逛型',
      others: '奶粉客、双胞胎',
    });
    expect(await page(path('L'))).toContain(
      '脸型 瓜子脸（手工） 性格 轻松闲逛型（手工） 标签 双胞胎（手工）、奶粉客（买过）',
    );
    await opened.send(`${path('L')}/tags`, { [face]: '', [mind]: '' });
    expect(worn('L')).toEqual([]);
    expect(acts().filter((act) => act === 'member.tags')).toHaveLength(3);
    await opened.send('/console/tag-examples', {});
    expect(opened.shop.db.all(`SELECT count(*) AS n FROM tag_dictionaries`)).toEqual([{ n: 4 }]);
  });

  test('a word that is no tag is refused in its words, and nothing is changed', async () => {
    const wrong = await opened.send(`${path('L')}/tags`, { others: '长'.repeat(41) });
    expect([wrong.status, words(wrong)]).toEqual([422, expect.stringContaining('1 到 40 个字')]);
    expect(worn('L')).toEqual([]);
  });
});

describe('many members', () => {
  test('two taps that arrive at the same moment are one job, and neither is told that nothing was done', async () => {
    const tap = () => sendMany(['L', 'Z'], { act: 'put', to: '蕾丝', key: 'a'.repeat(26) });
    const answers: Answered[] = [];
    meanwhile = async () => answers.push(await tap());
    answers.push(await tap());
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect([worn('L'), worn('Z'), acts()]).toEqual([['蕾丝'], ['蕾丝'], ['tag-job.create']]);
  });

  test('ticked ones wear a tag at once; found by it, all are moved to another; the list and its table know', async () => {
    await sendMany(['L', 'Z'], { act: 'put', to: '蕾丝', key: 'a'.repeat(26) });
    await sendMany(['L', 'Z'], { act: 'put', to: '蕾丝', key: 'a'.repeat(26) });
    expect([worn('L'), worn('W'), worn('Z')]).toEqual([['蕾丝'], [], ['蕾丝']]);
    expect(await list('tag=蕾丝')).toMatch(/李女士.*赵女士/);
    expect(await list('tag=蕾丝')).not.toContain('王女士');
    await sendMany(['L'], { act: 'copy', from: '蕾丝', who: 'ticked', to: '老客' });
    await sendMany([], { act: 'move', from: '蕾丝', who: 'all', to: '基础款' });
    expect([worn('L'), worn('Z')]).toEqual([['基础款', '老客'], ['基础款']]);
    expect(await list('tag=蕾丝')).not.toContain('李女士');
    const csv = await opened.send('/console/members/csv?tag=老客', {});
    expect(csv.text).toContain('李女士');
    expect(csv.text).not.toContain('赵女士');
    const jobs = await page('/console/tag-jobs');
    expect(jobs).toContain('蕾丝 换成 基础款 做完了 2 人');
    expect(jobs).toContain('有 蕾丝 的再贴上 老客 做完了 1 人');
    expect(acts().filter((act) => act === 'tag-job.create')).toHaveLength(3);
  });

  test('a group is filled from the list, listed by itself, and its name is no tag', async () => {
    await opened.send('/console/member-groups/new', { name: '妈妈班一期', enabled: 'yes' });
    const id = idIn('member_groups', '妈妈班一期');
    await sendMany(['L', 'W'], { act: 'put', toGroup: id });
    expect(await list(`group=${id}`)).toMatch(/李女士.*王女士/);
    expect(await page(path('L'))).toContain('分组 妈妈班一期');
    await opened.send(`${path('L')}/tags`, {});
    expect(await list(`group=${id}`)).not.toContain('李女士');
    expect(await page('/console/tag-jobs')).toContain('贴上 分组“妈妈班一期” 做完了 2 人');
  });

  test('a manager of one store reaches her own members; a cashier ticks nobody', async () => {
    const manager = await signInAs(opened, await employ(opened, 'manager', { storeIds: ['8006'] }));
    await sendMany(['L', 'Z'], { act: 'put', to: '试' }, manager);
    expect([worn('L'), worn('Z')]).toEqual([[], ['试']]);
    const cashier = await signInAs(opened, await employ(opened, 'cashier', { storeIds: ['8005'] }));
    expect(words(await cashier.get('/console/members'))).not.toContain('批量打标签');
  });

  test('nobody ticked begins nothing', async () => {
    expect((await sendMany([], { act: 'put', to: '试' })).location).toBe('/console/members?said=untagged');
    expect(opened.shop.db.all(`SELECT count(*) AS n FROM tag_jobs`)).toEqual([{ n: 0 }]);
  });
});

test('a rule drawn up by form puts its tag on who bought before, and her page says so', async () => {
  await opened.send('/console/tag-rules/new', { tag: '常客', times: '1', enabled: 'yes' });
  while (await tagJob.run(roundOf(opened.shop), opened.shop.clock.now));
  expect(await page(path('W'))).toContain('标签 常客（规则）');
  expect(await page('/console/tag-rules')).toContain('常客 买过 1 次 在用');
  expect(await page('/console/tag-jobs')).toContain('按标签规则重算 做完了 3 人');
});
