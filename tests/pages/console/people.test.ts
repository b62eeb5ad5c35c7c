/** 人员: colleagues come by a link, and somebody always stays who may do everything. */
import { expect, test } from 'vitest';
import { words } from '../support.ts';
import { employ, openConsole, signInAs } from './support.ts';

test('the owner adds a manager of one store and hands her a link; she comes in and sees her own navigation', async () => {
  const { send, visitor, shop } = await openConsole();
  const made = await send('/console/people/new', { name: '小王', role: 'manager', storeIds: '8005' });
  const [, link = ''] = /value="https:\/\/shop\.example(\/console\/enter\/[^"]+)"/.exec(made.text) ?? [];
  const manager = visitor();
  await manager.post(link, {});
  const home = await manager.get('/console/');
  expect(home.text).toContain('小王');
  expect(home.text).not.toContain('/console/people"');
  expect((await manager.get('/console/people')).status).toBe(403);
  expect(shop.db.all(`SELECT act, by FROM audit_rows ORDER BY seq`)).toEqual([
    { act: 'people.enter', by: '陈老板' },
    { act: 'people.link', by: '陈老板' },
  ]);
});

test('the last owner can neither leave nor become something else', async () => {
  const { send, boss, shop } = await openConsole();
  const left = await send(`/console/people/${boss.id}/dismiss`, { sure: 'yes' });
  expect([left.status, words(left)]).toEqual([409, expect.stringContaining('最后一位老板不能停用')]);
  const changed = await send(`/console/people/${boss.id}`, { name: '陈老板', role: 'cashier' });
  expect([changed.status, words(changed)]).toEqual([409, expect.stringContaining('至少要留一位老板')]);
  expect(shop.db.all(`SELECT role, ended_at FROM people`)).toEqual([{ role: 'owner', ended_at: null }]);
});

test('who is dismissed is asked about first, and out at once', async () => {
  const { send, ...pages } = await openConsole();
  const wang = await employ(pages, 'manager', { name: '小王', openid: 'oWang' });
  const visitor = await signInAs(pages, wang);
  expect(words(await send(`/console/people/${wang.id}/dismiss`, {}))).toContain('停用小王');
  expect((await visitor.get('/console/')).status).toBe(200);
  await send(`/console/people/${wang.id}/dismiss`, { sure: 'yes' });
  expect((await visitor.get('/console/')).location).toBe('/console/sign-in');
  expect(pages.shop.db.all(`SELECT openid FROM people WHERE id = ?`, wang.id)).toEqual([{ openid: null }]);
});
