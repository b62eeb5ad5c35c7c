/** The folders depend on each other in one direction, and the decisions on nothing at all (architecture.md §4). */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { violations } from './support/architecture.ts';
import { circles, crowded } from './support/tree.ts';

const root = join(import.meta.dirname, '..');

function filesUnder(folder: string): [string, string][] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => [`${folder}/${name}`, readFileSync(join(root, folder, name), 'utf8')]);
}

const files = new Map([...filesUnder('schema'), ...filesUnder('workers')]);

test('nothing in schema and workers breaks the rule', () => {
  expect(files.size).toBeGreaterThan(100);
  expect(violations(files)).toEqual([]);
});

test.each<[string, string, string]>([
  [
    'schema that uses a decision',
    'schema/x.ts',
    `import { allocate } from '../workers/decide/plain/allocate.ts';`,
  ],
  ['decide that uses the database', 'workers/decide/x.ts', `import type { Db } from '../db/db.ts';`],
  ['decide that uses a package', 'workers/decide/x.ts', `import { eq } from 'drizzle-orm';`],
  [
    'decide, deep down, that uses a shared file',
    'workers/decide/on/x.ts',
    `import { log } from '../../platform/log.ts';`,
  ],
  [
    'decide that loads something late',
    'workers/decide/x.ts',
    `export const later = () => import('../platform/log.ts');`,
  ],
  ['decide that re-exports the database', 'workers/decide/x.ts', `export * from '../db/db.ts';`],
  ['decide with a clock', 'workers/decide/x.ts', `export const now = () => Date.now();`],
  ['decide with today', 'workers/decide/x.ts', `export const today = new Date();`],
  ['decide with dice', 'workers/decide/x.ts', `export const dice = () => Math.random();`],
  ['decide that waits', 'workers/decide/x.ts', `export async function wait() {}`],
  ['decide that promises', 'workers/decide/x.ts', `export const soon = () => Promise.resolve(1);`],
  ['decide that encrypts', 'workers/decide/x.ts', `export const id = () => crypto.randomUUID();`],
  [
    'decide that asks the network',
    'workers/decide/x.ts',
    `export const ask = () => fetch('https://example.org');`,
  ],
  ['decide that talks', 'workers/decide/x.ts', `console.log('hm');`],
  [
    'db that writes JSON by itself',
    'workers/db/x.ts',
    `export const text = (x: object) => JSON.stringify(x);`,
  ],
  ['db that uses an edge', 'workers/db/x.ts', `import { drain } from '../deliver/drain.ts';`],
  ['db that uses process', 'workers/db/x.ts', `import { processGroup } from '../engine/process.ts';`],
  ['db that uses hono', 'workers/db/x.ts', `import { Hono } from 'hono';`],
  ['db that uses wechat', 'workers/db/x.ts', `import { isSigned } from '../wechat/signature.ts';`],
  ['receive that uses deliver', 'workers/receive/x.ts', `import { drain } from '../deliver/drain.ts';`],
  ['schedule that uses deliver', 'workers/schedule/x.ts', `import { drain } from '../deliver/drain.ts';`],
  ['payout that uses deliver', 'workers/payout/x.ts', `import { drain } from '../deliver/drain.ts';`],
  ['receive that uses payout', 'workers/receive/x.ts', `import { payDue } from '../payout/pay.ts';`],
  ['process that uses payout', 'workers/engine/x.ts', `import { payDue } from '../payout/pay.ts';`],
  ['deliver that uses api', 'workers/deliver/x.ts', `import { api } from '../api/index.ts';`],
  ['api that uses receive', 'workers/api/x.ts', `import { receiveErp } from '../receive/hook.ts';`],
  [
    'the engine that uses a command',
    'workers/engine/x.ts',
    `import { withdraw } from '../commands/members/withdraw.ts';`,
  ],
  ['words that read the database', 'workers/words/x.ts', `import type { Db } from '../db/db.ts';`],
  ['process that uses an edge', 'workers/engine/x.ts', `import { drain } from '../deliver/drain.ts';`],
  [
    'a leaf that uses process',
    'workers/platform/x.ts',
    `import { processGroup } from '../engine/process.ts';`,
  ],
  ['an edge that uses env', 'workers/api/x.ts', `import { deploy } from '../env.ts';`],
  [
    'the deployed Worker with the sandbox in it',
    'workers/index.ts',
    `import sandbox from './sandbox/index.ts';`,
  ],
  ['the sandbox that uses the engine', 'workers/sandbox/x.ts', `import { fold } from '../decide/fold.ts';`],
  [
    'wechat that uses words of ours',
    'workers/wechat/x.ts',
    `import { MemberId } from '../../schema/index.ts';`,
  ],
  [
    'the sandbox that uses the pages',
    'workers/sandbox/x.ts',
    `import { style } from '../pages/ui/style.ts';`,
  ],
  ['design that uses a package', 'workers/design/x.ts', `import { Hono } from 'hono';`],
  ['wechat that uses a package', 'workers/wechat/x.ts', `import { Hono } from 'hono';`],
  [
    'lossless that uses words of ours',
    'workers/lossless/x.ts',
    `import { MemberId } from '../../schema/index.ts';`,
  ],
  ['db that uses lossless', 'workers/db/x.ts', `import { parseJson } from '../lossless/json.ts';`],
  ['sms that uses words of ours', 'workers/sms/x.ts', `import { messageKinds } from '../deliver/words.ts';`],
  ['sms that uses wechat', 'workers/sms/x.ts', `import { hide } from '../wechat/client/call.ts';`],
  ['sms that uses a package', 'workers/sms/x.ts', `import { Hono } from 'hono';`],
  ['db that sends a text', 'workers/db/x.ts', `import { aliyunSms } from '../sms/aliyun.ts';`],
  ['drizzle outside', 'workers/deliver/x.ts', `import { sql } from 'drizzle-orm';`],
  ['SQL outside', 'workers/api/x.ts', 'export const q = `SELECT ${1} FROM members`;'],
  ['SQL outside that writes', 'workers/engine/x.ts', `export const q = "UPDATE members SET name = 'x'";`],
  ['hono outside', 'workers/schedule/x.ts', `import { Hono } from 'hono';`],
  ['a binding outside', 'workers/deliver/x.ts', `export const db = (env: { DB: unknown }) => env.DB;`],
  ['a binding’s type outside', 'workers/api/x.ts', `export type X = D1Database;`],
  ['the platform itself outside', 'workers/api/x.ts', `import { env } from 'cloudflare:workers';`],
  ['zod by a name', 'schema/x.ts', `import { z } from 'zod';`],
  ['zod by another entry', 'schema/x.ts', `import * as z from 'zod/v4';`],
  ['Node in a Worker', 'workers/api/x.ts', `import { readFileSync } from 'node:fs';`],
])('%s is found', (_, path, planted) => {
  expect(violations(new Map([[path, planted]]))).toHaveLength(1);
});

test('what only speaks of such things is let through', () => {
  const innocent = new Map([
    [
      'workers/decide/x.ts',
      `/** Never await, never Date.now(). */\nimport * as z from 'zod';\nexport const name = z.string(); // crypto`,
    ],
    ['workers/api/x.ts', `/** Like SELECT * FROM members. */\nexport const text = 'select a member';`],
    ['workers/schedule/x.ts', `import { sendDue } from '../work.ts';\nexport const send = sendDue;`],
  ]);
  expect(violations(innocent)).toEqual([]);
});

test('no file uses itself by way of others, not even for a type', () => {
  expect(circles(files)).toEqual([]);
});

test('a circle is found, and its way is told', () => {
  const planted = new Map([
    ['workers/a.ts', `import { b } from './deep/b.ts';`],
    ['workers/deep/b.ts', `export type * from './c.ts';`],
    ['workers/deep/c.ts', `import type { A } from '../a.ts';`],
    ['workers/d.ts', `import { a } from './a.ts';`],
  ]);
  expect(circles(planted)).toEqual(['workers/a.ts ▶ workers/deep/b.ts ▶ workers/deep/c.ts ▶ workers/a.ts']);
  expect(circles(new Map([...planted, ['workers/deep/c.ts', '']]))).toEqual([]);
});

const filesMax = 14;

/** A registry grows by a file a kind, and the table of a protocol by a file a call: neither is read as a whole. */
const isRegistry = (folder: string): boolean =>
  ['define.ts', 'index.ts'].every((name) => files.has(`${folder}/${name}`));
/** 模拟的接口: one file a call of WeChat's. 签名: one file a way of signing. */
const protocols = ['workers/sandbox/weixin', 'workers/receive/verify'];

test('a folder is about ten files, and fourteen at most, registries apart', () => {
  const isRead = (path: string): boolean => {
    const folder = path.slice(0, path.lastIndexOf('/'));
    return !isRegistry(folder) && !protocols.includes(folder);
  };
  expect(crowded([...files.keys()].filter(isRead), filesMax)).toEqual([]);
});

test('a folder of fifteen files is found', () => {
  const names = Array.from({ length: 15 }, (_, number) => `workers/x/f${number}.ts`);
  expect(crowded([...names, 'workers/x/deep/one.ts'], filesMax)).toEqual(['workers/x has 15 files']);
});
