/** 导入页: what stands behind it, without a browser. */
import { expect, test } from 'vitest';
import { inboxRows, till } from '../../support/shop.ts';
import { words } from '../support.ts';
import { openConsole } from './support.ts';

const page = {
  header: ['会员编号', '手机号', '姓名'],
  headerLine: 1,
  origin: '1900',
  rows: [{ line: 2, cells: ['OLD1', '13912345487', '周女士'] }],
};
const asked = { kind: 'members', source: till.id, mode: 'commit', history: 'auto', numbering: '' };

test('a page that was read in the browser is taken in once, and the audit says how many there were', async () => {
  const { send, shop } = await openConsole();
  const sent = { ...asked, page: JSON.stringify(page) };
  expect(JSON.parse((await send('/console/imports/page', sent)).text)).toMatchObject({
    fresh: 1,
    badRows: 0,
  });
  expect(JSON.parse((await send('/console/imports/page', sent)).text)).toMatchObject({
    fresh: 0,
    unchanged: 1,
  });
  expect(inboxRows(shop.db)).toHaveLength(1);
  const audit = shop.db.all(`SELECT subject, after FROM audit_rows WHERE act = 'import.commit'`);
  expect(audit).toMatchObject([{ subject: till.id, after: expect.stringContaining('"fresh":1') }]);
});

test.each([
  ['no page', { page: 'nothing' }, '请刷新后重新选文件'],
  ['a source that nobody has', { page: JSON.stringify(page), source: 'nobody' }, '换一个'],
  ['something else than is imported', { page: JSON.stringify(page), kind: 'stock' }, '请刷新后重新选文件'],
])('%s is refused in Chinese', async (_, given, said) => {
  const { send } = await openConsole();
  const answer = await send('/console/imports/page', { ...asked, ...given });
  expect(answer.status).toBe(422);
  expect(JSON.parse(answer.text)).toEqual({ problem: expect.stringContaining(said) });
});

test('a shop without a source for files makes one by a button, and a template can be fetched', async () => {
  const { owner, send, shop } = await openConsole();
  shop.db.all('DELETE FROM sources');
  expect(words(await owner.get('/console/imports'))).toContain('先建一个来源');
  expect((await send('/console/imports', {})).location).toBe('/console/imports?said=created');
  expect(words(await owner.get('/console/imports'))).toContain('导入的文件');
  const template = await owner.get('/console/imports/template?kind=members&format=csv');
  expect(template.headers.get('content-disposition')).toMatch(/attachment; filename=/);
  expect(template.text).toContain('会员编号');
});
