/** 导入页: what stands behind it, without a browser. */
import { expect, test } from 'vitest';
import { inboxRows, till } from '../../support/shop.ts';
import { words } from '../support.ts';
import { compared, refused } from '../../../workers/receive/files/paging/shown.ts';
import { employ, openConsole, signInAs } from './support.ts';

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

test('points and stored value are the owner’s to bring: who connects tills is refused, and told what to do', async () => {
  const opened = await openConsole();
  const balances = {
    ...page,
    header: ['会员编号', '积分', '储值本金'],
    rows: [{ line: 2, cells: ['OLD1', '120', '300'] }],
  };
  const sent = { ...asked, page: JSON.stringify(balances) };
  const integrator = await signInAs(opened, await employ(opened, 'integrator'));
  const answer = await opened.send('/console/imports/page', sent, integrator);
  expect([answer.status, JSON.parse(answer.text)]).toEqual([
    422,
    { problem: '文件里有积分或储值，只有老板能导入。请老板来导，或删掉这几列。' },
  ]);
  const own = await opened.send(
    '/console/imports/page',
    { ...asked, page: JSON.stringify(page) },
    integrator,
  );
  expect(JSON.parse(own.text)).toMatchObject({ fresh: 1 });
  expect(JSON.parse((await opened.send('/console/imports/page', sent)).text)).toMatchObject({
    balances: { file: { points: 120, principalFen: 30_000 } },
  });
});

test('the page shows both sides, and what was refused as a file to mend: the row as it was, behind its reason', () => {
  const sums = { members: 2, points: 120, principalFen: 30_050, bonusFen: 0, levels: { 金卡: 1 } };
  const rows = [
    ['会员', '2 位', '2 位'],
    ['积分', '120', '120'],
    ['储值本金', '300.50元', '300.50元'],
    ['储值赠送', '0元', '0元'],
    ['等级“金卡”', '1 位', '1 位'],
  ];
  expect(compared({ file: sums, counted: sums, waiting: 0 })).toEqual({ rows, says: '两边一致。' });
  expect(compared({ file: sums, counted: { ...sums, points: 0 }, waiting: 3 }).says).toBe(
    '还有 3 行正在入账。',
  );
  const errors = [{ line: 2, column: '积分', message: '是负数' }];
  // Of a report only its errors are looked at.
  const reports = [{ errors }] as unknown as Parameters<typeof refused>[1];
  const pages = [
    { ...page, origin: '1900' as const, rows: [{ line: 2, cells: ['OLD1', '=1+1', '周,女士'] }] },
  ];
  expect(refused(pages, reports)).toBe(
    `\uFEFF没有导入的原因,原文件第几行,会员编号,手机号,姓名\r\n积分：是负数,2,OLD1,'=1+1,"周,女士"\r\n`,
  );
});
