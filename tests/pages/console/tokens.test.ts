/** 令牌: a till is let in by a token that is made by form, and shut out by taking it back. */
import { expect, test } from 'vitest';
import { api } from '../../../workers/api/index.ts';
import { openConsole, type Console } from './support.ts';
import { words } from '../support.ts';

const till = { name: '天河店 1 号机', scope: 'pos', source: 'till' };

async function made(console_: Console, fields: Readonly<Record<string, string>>): Promise<string> {
  const page = await console_.send('/console/tokens/new', fields);
  return /id="secret" value="(hk_[^"]+)"/.exec(page.text)?.[1] ?? '';
}

const calls = ({ shop }: Console, token: string): Promise<number> => {
  const { engine, clock, jobsBell, receiver } = shop;
  const { doorbell } = receiver;
  const app = api({ db: engine.db, engine, doorbell, jobsBell, clock: () => clock.now });
  const asked = app.request('/v1/whoami', { headers: { authorization: `Bearer ${token}` } });
  return Promise.resolve(asked).then(({ status }) => status);
};

test('a token is shown once, opens the API, is listed without its secret, and opens nothing once it is taken back', async () => {
  const opened = await openConsole();
  const secret = await made(opened, till);
  expect(await calls(opened, secret)).toBe(200);
  const list = await opened.owner.get('/console/tokens');
  expect(words(list)).toContain('天河店 1 号机 收银');
  expect(list.text).not.toContain(secret);
  const id = /tokens\/(tk_[^/]+)\/revoke/.exec(list.text)?.[1] ?? '';
  const asked = await opened.send(`/console/tokens/${id}/revoke`, {});
  expect(words(asked)).toContain('马上就连不上了');
  expect(await calls(opened, secret)).toBe(200);
  await opened.send(`/console/tokens/${id}/revoke`, { sure: 'yes' });
  expect(await calls(opened, secret)).toBe(401);
  expect(words(await opened.owner.get('/console/tokens'))).toContain('已停用');
});

test('what the form lacks is said at its field, and the audit never holds the secret', async () => {
  const opened = await openConsole();
  const { source: _source, ...without } = till;
  const page = await opened.send('/console/tokens/new', without);
  expect(page.status).toBe(422);
  expect(words(page)).toMatch(/来源/);
  const secret = await made(opened, till);
  const [row] = opened.shop.db.all(`SELECT act, after FROM audit_rows WHERE act = 'token.create'`);
  expect(row).toMatchObject({ act: 'token.create', after: expect.stringContaining('天河店') });
  expect(JSON.stringify(row)).not.toContain(secret);
});

test('a till’s token without its system is refused at that field, in words that say what to choose', async () => {
  const opened = await openConsole();
  const refused = await opened.send('/console/tokens/new', { name: '一号机', scope: 'pos' });
  expect(words(refused)).toContain('收银的令牌要选它代表哪个来源');
});
