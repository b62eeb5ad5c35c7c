/** `npm run token`: the first token of a shop, and the last resort when one was lost. */
import { describe, expect, test } from 'vitest';
import { remoteDb } from '../scripts/remote-db.ts';
import { wishIn, type Said } from '../scripts/tokens.ts';
import type { Db } from '../workers/db/db.ts';
import { clientOf, openOffice } from './api/support.ts';

/** Cloudflare's end of `wrangler d1 execute --json`, which takes no parameters and prints a notice first. */
const throughWrangler = (all: (sql: string) => unknown[]): Db =>
  remoteDb((sql) => {
    const answers = sql.split(';\n').map((one) => ({ results: all(one), success: true, meta: {} }));
    return { isOk: true, output: `notice\n${JSON.stringify(answers)}` };
  });

describe.each(['this machine', 'a deployment'])('on %s', (place) => {
  async function open() {
    const { shop, app } = await openOffice();
    const db = place === 'this machine' ? shop.db : throughWrangler((sql) => shop.db.all(sql));
    const token = async (...args: string[]): Promise<Said> => {
      const wish = wishIn(args);
      if (!wish) throw new Error('nobody can tell what is wanted');
      return wish.work(db, shop.clock.now);
    };
    return { shop, app, token };
  }

  test('a token is made, works, is listed with its last use, and works no more once revoked', async () => {
    const { app, token } = await open();
    const made = await token(
      '--name',
      `老板's`,
      '--scope',
      'admin',
      '--expires',
      '2027-06-30T00:00:00+08:00',
    );
    const [secret = ''] = made.words.split('\n');
    expect(made).toMatchObject({ isOk: true, words: expect.stringContaining('Keep it') });
    const ask = clientOf(app, secret);
    expect((await ask('GET', '/whoami')).json['name']).toBe(`老板's`);
    const [line = ''] = (await token('list')).words.split('\n');
    const [id = ''] = line.split(' · ');
    expect(line).toBe(`${id} · 老板's · admin · valid until 2027-06-29 · last used 2026-11-22`);
    expect(line).not.toContain(secret);
    const revoked = `${id} · 老板's · admin · revoked 2026-11-22 · last used 2026-11-22`;
    expect(await token('revoke', id)).toEqual({ isOk: true, words: revoked });
    expect((await ask('GET', '/whoami')).status).toBe(401);
    expect((await token('list')).words.split('\n')).toContain(revoked);
  });

  test('a till’s token is bound to its source and stores', async () => {
    const { token } = await open();
    const till = ['--name', '前台', '--scope', 'pos'];
    expect(await token(...till)).toMatchObject({ isOk: false, words: expect.stringContaining('source') });
    expect(await token(...till, '--source', 'nobody')).toMatchObject({ isOk: false });
    expect(await token(...till, '--source', 'till', '--store', '8005', '--store', '8006')).toMatchObject({
      isOk: true,
    });
    expect((await token('list')).words).toContain(
      '前台 · pos · of till · in 8005, 8006 · valid · never used',
    );
  });

  test('what is wrong is said, and nothing is written', async () => {
    const { shop, token } = await open();
    expect(await token('revoke', 'tk_none')).toEqual({ isOk: false, words: 'no token has this id' });
    expect(await token('--name', 'x', '--scope', 'root')).toMatchObject({ isOk: false });
    expect(shop.db.all('SELECT name FROM api_tokens')).toHaveLength(2);
  });
});

test.each([[[]], [['--name', 'x']], [['revoke']], [['list', 'all']], [['--nothing']], [['remove', 'tk_1']]])(
  '%j is answered with how to say it',
  (args) => {
    expect(wishIn(args)).toBeNull();
  },
);

test('a deployment that refuses is told in its own words', async () => {
  const db = remoteDb(() => ({ isOk: false, output: 'no such table: api_tokens' }));
  await expect(wishIn(['list', '--remote'])?.work(db, 0)).rejects.toThrow('no such table');
});
