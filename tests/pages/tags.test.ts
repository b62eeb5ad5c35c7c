/** 导购贴标签 (J-23): many of her members at once, one by dictionary, and nobody else's. */
import { beforeEach, expect, test } from 'vitest';
import { create } from '../../workers/commands/definitions/define.ts';
import { tagDictionaries } from '../../workers/commands/tags/definitions.ts';
import { guide, join } from '../support/scenes.ts';
import { tagsOf } from '../support/shop.ts';
import {
  logIn,
  openPages,
  tokenIn,
  withSms,
  words,
  type Answered,
  type Pages,
  type Visitor,
} from './support.ts';

let pages: Pages;
let li: Visitor;
const idOf = (name: string): string =>
  String(pages.shop.db.all(`SELECT id FROM members WHERE name = ?`, name)[0]?.['id']);
const worn = (name: string): string[] => tagsOf(pages.shop.db, `openid:o${name}`);

async function send(
  fields: Readonly<Record<string, string>>,
  names: readonly string[] = [],
): Promise<Answered> {
  const shown = await li.get('/a/tags');
  const key = /name="key" value="([^"]+)"/.exec(shown.text)?.[1] ?? '';
  const form = new URLSearchParams({ token: tokenIn(shown), key, ...fields });
  for (const name of names) form.append('member', idOf(name));
  return li.post('/a/tags', form as never);
}

beforeEach(async () => {
  pages = await openPages({
    settings: withSms,
    associates: [{ ...guide('g7', '小李'), openid: 'oLi' }, guide('g8', '小王')],
  });
  for (const [place, name] of ['Ma', 'Ba', 'Yi'].entries())
    await join(pages.shop, `o${name}`, `1391234548${place}`, name);
  pages.shop.db.all(`UPDATE members SET associate_id = iif(name = 'Yi', 'g8', 'g7')`);
  const face = { name: '脸型', tags: ['圆脸', '方形脸'], single: true, enabled: true };
  const draft = await create(tagDictionaries, pages.shop.db, face, 0);
  if ('code' in draft) throw new Error(draft.detail);
  await pages.shop.db.batch(draft.statements);
  li = pages.visitor();
  await logIn(pages, li, 'oLi', '/a/');
});

const face = (): string => `d.${String(pages.shop.db.all(`SELECT id FROM tag_dictionaries`)[0]?.['id'])}`;

test('two of hers and one of somebody else’s are ticked: hers wear the tags, and it is in the audit with her name', async () => {
  const done = await send({ [face()]: '圆脸', others: '爱聊天', act: 'put' }, ['Ma', 'Ba', 'Yi']);
  expect(done.location).toBe('/a/tags?done=2');
  expect([worn('Ma'), worn('Ba'), worn('Yi')]).toEqual([['圆脸', '爱聊天'], ['圆脸', '爱聊天'], []]);
  expect(pages.shop.db.all(`SELECT act, by FROM audit_rows`)).toEqual([
    { act: 'tag-job.create', by: '小李' },
  ]);
  await send({ others: '爱聊天', act: 'off' }, ['Ba']);
  expect(worn('Ba')).toEqual(['圆脸']);
});

test('of one of hers the page shows what she wears, and saves what is chosen', async () => {
  await send({ [face()]: '圆脸', act: 'put' }, ['Ma']);
  const of = idOf('Ma');
  expect((await li.get(`/a/tags?of=${of}`)).text).toMatch(/value="圆脸" checked/);
  await send({ of, [face()]: '方形脸', others: '' });
  expect(worn('Ma')).toEqual(['方形脸']);
  expect(words(await send({ of: idOf('Yi'), others: '试' }))).toContain('没有找到这位会员');
  expect(worn('Yi')).toEqual([]);
});
