/** 接入微信: the commands of docs/wechat-setup.md as they stand there, typed into a shell beside a running Huike. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../scripts/runtime.ts';
import { blocksOf } from '../support/guide.ts';
import { forget, newStateDir, startHuike, type Running } from '../support/running.ts';
import { openShell, type Shell } from '../support/shell.ts';

const file = 'docs/wechat-setup.md';
const guide = readFileSync(join(root, file), 'utf8');
const stateDir = newStateDir();
const desk = newStateDir();
let huike: Running;
let token: string;
let shell: Shell;

beforeAll(async () => {
  huike = await startHuike(stateDir);
  const answer = await fetch(`${huike.url}/sandbox/api/credentials`);
  ({ apiToken: token } = (await answer.json()) as { apiToken: string });
  shell = openShell(desk);
});
afterAll(async () => {
  await shell.exit();
  await huike.stop();
  forget(stateDir);
  forget(desk);
});

const type = (text: string): Promise<string> =>
  shell.type(text.replace('http://127.0.0.1:8787', huike.url).replace('hk_printed_by_npm_start', token));

const commands = blocksOf(file)
  .filter(({ language }) => language === 'sh')
  .map(({ text }) => text);
const settings = async (): Promise<Record<string, unknown>> =>
  JSON.parse(await shell.type('api "$HUIKE/api/v1/settings"')) as Record<string, unknown>;

test('every command of the guide is taken, and a changed setting leaves the others alone', async () => {
  expect(commands.length).toBeGreaterThan(10);
  for (const command of commands) {
    const said = await type(command);
    expect([command, said]).toEqual([command, expect.not.stringMatching(/"status":[45]\d\d|Error|error:/)]);
    if (/^change '/m.test(command)) expect(said).toMatch(/^已保存$/m);
    if (command.includes('healthz')) expect(said).toContain('{"ok":true,"database":"ok","wechat":"ok",');
    if (command.includes('menu')) expect(said).toContain('"warnings":[]');
    if (command.includes('domainFiles')) expect(said.trim()).toMatch(/^aBcD1234$/m);
    if (command.includes('/code')) expect(said).toContain('imageUrl');
    if (command.includes('"payout":{'))
      expect((await settings())['payout']).toMatchObject({ mode: 'transfer', remark: '会员账户提现' });
  }
  expect(await settings()).toMatchObject({
    shopName: '阳光小镇母婴',
    publicUrl: 'https://huike.example.cn',
    tellSale: true,
    wechat: { welcomeBack: expect.any(String), fallback: '已经收到，店员看到会马上回复您。' },
    wechatTemplates: { 'run-out-associate': { id: 'TMPL_RUN_OUT' } },
    sms: { on: true },
    payout: { mode: 'wallet' },
  });
});

/** Those of ours, with the method that stands before them. */
const paths = [
  ...guide.matchAll(
    /(?:\b(GET|PUT|POST) |-X (PUT|POST) "|(?<=[`"])|(?<=cn))(?:\$HUIKE)?(\/(?:api|hooks|m|a|healthz|MP_verify)[^\s"`]*)/g,
  ),
].map(([, told, typed, path = '']) => {
  const method = told ?? typed ?? (path.startsWith('/hooks/') ? 'POST' : 'GET');
  return { method, path: path.replaceAll(/\{\w+\}|…/g, '1') };
});

test('every address of ours that the guide names is there', async () => {
  expect(new Set(paths.map(({ path }) => path)).size).toBeGreaterThan(15);
  for (const { method, path } of paths) {
    const response = await fetch(`${huike.url}${path}`, {
      method,
      redirect: 'manual',
      headers: { authorization: `Bearer ${token}` },
      // Nothing that could be taken: only whether somebody is there is asked.
      ...(method !== 'GET' && { body: 'x' }),
    });
    const text = await response.text();
    const isThere = response.status !== 404 || /"code":"unknown_(?!route)/.test(text);
    expect([method, path, isThere]).toEqual([method, path, true]);
  }
});
