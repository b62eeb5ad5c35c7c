/** 接入: a newcomer connects a till that no adapter knows, with the commands of docs/connect-your-erp.md as they stand there. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { curl } from '../support/curl.ts';
import { blocksOf } from '../support/guide.ts';
import { forget, newStateDir, startHuike, type Running } from '../support/running.ts';
import { until } from '../support/until.ts';
import { openShell, type Shell } from '../support/shell.ts';

type Json = Record<string, unknown>;

const stateDir = newStateDir();
const desk = newStateDir();
const blocks = blocksOf('docs/connect-your-erp.md');
const commands = blocks.filter(({ language }) => language === 'sh').map(({ text }) => text);
let huike: Running;
let token: string;
let shell: Shell;

beforeAll(async () => {
  huike = await startHuike(stateDir);
  const credentials = (await (await fetch(`${huike.url}/sandbox/api/credentials`)).json()) as Json;
  token = String(credentials['apiToken']);
  shell = openShell(desk);
  for (const { about, text } of blocks.filter(({ about: name }) => /^\w+\.json$/.test(name)))
    writeFileSync(join(desk, about), text);
});
afterAll(async () => {
  await shell.exit();
  await huike.stop();
  forget(stateDir);
  forget(desk);
});

async function api(method: string, path: string, body?: string): Promise<{ status: number; json: Json }> {
  const response = await fetch(`${huike.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body !== undefined && { body }),
  });
  return { status: response.status, json: (await response.json()) as Json };
}

/** The next block of the guide that holds these words. */
let place = 0;
async function next(words: string): Promise<string> {
  const found = commands.findIndex((text, at) => at >= place && text.includes(words));
  if (found < 0) throw new Error(`the guide has no block with ${words} after block ${place}`);
  // A reader skips nothing.
  expect(found).toBe(place);
  place += 1;
  return shell.type(
    (commands[found] ?? '')
      .replace('http://127.0.0.1:8787', huike.url)
      .replace('hk_printed_by_npm_start', token),
  );
}

const events = async (query = ''): Promise<Json[]> =>
  (await api('GET', `/events?source=shouyin${query}`)).json['items'] as Json[];
const settled = (state: string, count = 1): Promise<void> =>
  until(async () => (await events(`&state=${state}`)).length === count);

test('the till is registered, sends, and what it sent waits with the reason why', async () => {
  await next('api()');
  const registered = await next('sources/shouyin');
  expect(registered).toContain(`${huike.url}/hooks/erp/shouyin`);
  expect(registered).toContain("body: 'SUCCESS'");
  expect(registered).not.toContain('own-secret');

  const sent = await next('send payload.json');
  expect(sent.trim().split('\n')).toEqual(['SUCCESS (200)', 'FAIL (401)']);
  await settled('parked');
  expect(await next('json .why')).toBe('parked\n字段映射还没有覆盖这种数据；补好映射后点“重放”。\n');
});

test('the signature lab finds how it signs, the mapping lab what it means', async () => {
  expect(await next('labs/signature')).toMatch(/scheme: 'md5-body-suffix'.*matches: true/s);
  expect(await next('labs/mapping')).toMatch(/outcome: 'event'.*missing: \[\]/s);
});

test('the mapping is saved only with its sample, and only when it keeps its promise', async () => {
  await next('source.json');
  expect(await next('labs/dry-run')).toMatch(/read: 1,\s+events: 1,\s+ignored: 0,\s+parked: 0/);
  expect(await events('&state=parked')).toHaveLength(1);
  expect((await next('shishou')).trim()).toBe(
    'config.mapping.samples.0: 一张小票: shishou: is required and not there',
  );
  expect((await api('GET', '/sources/shouyin')).json['config']).not.toHaveProperty('mapping');
  expect((await next('-X PUT')).trim()).toBe('1');
});

test('what waited is told again, and the sale of the unknown till ends as points of a member, once', async () => {
  expect((await next('replay')).trim()).toBe('sale.completed');
  await settled('done');
  const shown = await next('MEMBER=');
  const points = Number(/^(\d+)$/m.exec(shown)?.[1]);
  // 103.60 yuan, of which a bag for nothing: a point a yuan.
  expect(points).toBeGreaterThanOrEqual(103);
  expect(shown).toContain('SUCCESS (200)');
  const [first] = await events('&state=done');
  const memberId = String(Reflect.get(Object(first?.['effects']), 'memberId'));
  await settled('ignored');
  const member = (await api('GET', `/members/${memberId}`)).json;
  expect(member).toMatchObject({ points, stats: { orders: 1, spentFen: 10360 } });
});

test('a field that the till renamed parks its receipt by name; mended, it is told again', async () => {
  expect(await next('renamed.json')).toContain('SUCCESS (200)');
  await settled('parked');
  expect((await events('&state=parked'))[0]).toMatchObject({
    code: 'UNREADABLE',
    error: expect.stringContaining('ssje：必须有，没有取到'),
  });
  expect((await next('mended.json')).trim().split('\n')).toEqual(['1', '2', 'sale.completed']);
  await settled('done', 2);
  expect(await events('&state=parked')).toEqual([]);
});

test('the secret is rotated while the till keeps sending', async () => {
  const rotated = await next('rotate');
  expect(rotated).toMatch(/^\d{4}-\d\d-\d\dT/);
  expect(rotated.match(/SUCCESS \(200\)/g)).toHaveLength(2);
});

test('the address of a till that cannot sign is its secret, and is shown once', async () => {
  const [answer = '', address = ''] = (await next('url-token')).trim().split('\n');
  expect(answer).toBe('{"ok":true}');
  expect(address).toBe(`${huike.url}/hooks/erp/laoji?token=****`);
  const forged = await fetch(address, { method: 'POST', body: '{}' });
  expect(forged.status).toBe(401);
});

test('every adapter is named by the guide, and its settings may be saved as they stand there', async () => {
  const names = (await next('source-adapters')).match(/'[a-z]+ /g)?.map((name) => name.slice(1, -1)) ?? [];
  const shown = blocks.filter(({ about }) => about.startsWith('PUT '));
  for (const { about, text } of shown) {
    const { status, json } = await api('PUT', about.replace('PUT ', ''), text);
    expect([about, status, json['detail']]).toEqual([about, 201, undefined]);
    expect(JSON.stringify(json)).not.toMatch(/as-shown-in-the-console|425063184122690880/);
  }
  const registered = new Set(shown.map(({ text }) => (JSON.parse(text) as Json)['adapter']));
  expect(registered.size).toBe(names.length);
  expect(names.filter((name) => !registered.has(name))).toEqual([]);
});

test('how a till numbers is said later as well, and what was parked is told again', async () => {
  expect(await next('numbering')).toMatch(/^per-store-day\n\d+\n$/);
});

test('a file is looked at before it is taken in', async () => {
  expect(await next('imports')).toMatch(/mode: 'preview',\s+rows: \d+,\s+records: 1/);
});

test('and may be taken for the record alone', async () => {
  expect(await next('history=yes')).toContain('历史');
});

test('what members had in the old system is summed before anything is moved in', async () => {
  expect(await next('template?kind=members')).toMatch(/members: \d+,\s+points: \d+/);
  expect(place).toBe(commands.length);
});

test('no secret and no token of an address was printed', () => {
  expect(huike.output()).not.toMatch(/the-dealers|token=|as-shown/);
});

test('where there is no curl, ours says the same', async () => {
  const url = `${huike.url}/hooks/erp/shouyin`;
  expect(await curl(['-sS', '-w', ' (%{http_code})\\n', '-H', 'x-sign: 00', '-d', '{}', url])).toBe(
    'FAIL (401)\n',
  );
  expect(await curl(['-sS', url])).toBe('SUCCESS');
});
