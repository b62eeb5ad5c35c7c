/** 接入微信的说明书: what it names exists, what exists it names, and its words are those the system itself uses. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { SmsSettings } from '../schema/shop/channel-settings.ts';
import { root } from '../scripts/runtime.ts';
import { askWechat } from '../workers/commands/diagnosis/wechat-asked.ts';
import { wechatVerdicts, type Verdicts } from '../workers/deliver/verdicts/wechat.ts';
import { wecomVerdicts } from '../workers/deliver/verdicts/wecom.ts';
import { messageKinds } from '../workers/deliver/words/words.ts';
import { settingsWords } from '../workers/pages/console/words/forms/settings.ts';
import { failReasonWords } from '../workers/words/transfer-words.ts';
import { inWords } from '../workers/pages/console/connections/findings.tsx';
import { allTaken } from './support/account-calls.ts';

const file = 'docs/wechat-setup.md';
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const guide = read(file);

/** The text under a heading, to the next one of its rank or above. */
function section(title: string): string {
  const [, marks = '', text] = new RegExp(`^(#+) ${title}\n([\\s\\S]*)`, 'm').exec(guide) ?? [];
  if (text === undefined) throw new Error(`the guide has no heading ${title}`);
  const end = text.search(new RegExp(`^#{1,${marks.length}} `, 'm'));
  return end < 0 ? text : text.slice(0, end);
}

type Row = { readonly codes: readonly string[]; readonly means: string; readonly remedy: string };

const rowsOf = (title: string): Row[] =>
  [...section(title).matchAll(/^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)]
    .map(([, codes = '', means = '', remedy = '']) => ({
      codes: codes.split('、').map((code) => code.replaceAll('`', '')),
      means,
      remedy,
    }))
    .filter(({ codes }) => !['代码', '---', '消息'].includes(codes[0] ?? ''));

const meansOf = (title: string): Map<string, string> =>
  new Map(rowsOf(title).flatMap(({ codes, means }) => codes.map((code) => [code, means] as const)));

test('every setting of WeChat, WeCom, SMS, Pay and the relay is explained, and no other is named', () => {
  const pattern = /(?<![.\w])(?:WECHAT|WECOM|SMS|PAY|RELAY)_[A-Z][A-Z0-9_]*\b/g;
  const known = ['workers/settings.ts', 'workers/payout/account.ts'].flatMap((path) =>
    [...read(path).matchAll(/^ {2}([A-Z][A-Z0-9_]+): z/gm)].map(([, name = '']) => name),
  );
  const ours = new Set(known.filter((name) => name.match(pattern)));
  expect(ours.size).toBeGreaterThan(20);
  const named = new Set(guide.match(pattern));
  expect([...named].filter((name) => !ours.has(name))).toEqual([]);
  const listed = new Set(section('所有设置一览').match(pattern));
  expect([...ours].filter((name) => !listed.has(name))).toEqual([]);
});

test.each([
  ['公众号', wechatVerdicts],
  ['企业微信报错', wecomVerdicts],
] as const)(
  '%s: every code has its row, in the words that a message that failed shows',
  (title, verdicts: Verdicts) => {
    const means = meansOf(title);
    for (const [code, meaning] of verdicts.meanings) {
      if (code === 0) continue;
      expect([code, means.get(String(code))]).toEqual([code, expect.any(String)]);
      if (meaning.verdict !== 'sent') {
        expect([code, means.get(String(code))?.startsWith(meaning.why)]).toEqual([code, true]);
      }
    }
  },
);

test('what waiting helps is said to be tried again, and nothing else is', () => {
  for (const [title, verdicts] of [
    ['公众号', wechatVerdicts],
    ['企业微信报错', wecomVerdicts],
  ] as const) {
    for (const { codes, remedy } of rowsOf(title)) {
      if (remedy !== '自动重试') continue;
      for (const code of codes)
        expect([code, verdicts.meanings.get(Number(code))?.verdict]).toEqual([code, 'retry']);
    }
  }
});

test('公众号: a code that only the diagnosis meets stands there in the words of the diagnosis', async () => {
  for (const [code, means] of meansOf('公众号')) {
    if (wechatVerdicts.meanings.has(Number(code))) continue;
    const reply = { errcode: Number(code), errmsg: 'x' };
    const calls = { ...allTaken, callbackIps: async () => ({ ok: true, reply }) as const };
    const { findings } = await askWechat(calls, { wechatTemplates: {} });
    expect([code, findings.map((finding) => inWords(finding).what)]).toEqual([
      code,
      expect.arrayContaining([means]),
    ]);
  }
});

test('短信: the words are the provider adapter’s own', () => {
  const source = read('workers/sms/aliyun.ts') + read('workers/sms/tencent.ts');
  const rows = meansOf('短信报错');
  expect(rows.size).toBeGreaterThan(5);
  for (const [code, means] of rows) {
    const [, why] =
      new RegExp(`\\['${code.replaceAll('.', '\\.')}', (?:retry\\([^']+|park\\()'([^']+)'`).exec(source) ??
      [];
    expect([code, means]).toEqual([code, why]);
  }
});

test('转账: the words are those that members and the shop read', () => {
  const rows = meansOf('转账没有成功');
  expect(rows.size).toBeGreaterThan(5);
  for (const [code, means] of rows) expect([code, means]).toEqual([code, failReasonWords(code)]);
});

/** 消息 and its words, of every kind that this channel may carry and that is not written by hand. */
function wordsFor(channel: string): Record<string, string[]> {
  const facts = { payload: {}, shopName: '', storeName: () => '' };
  const kinds = Object.entries(messageKinds).filter(([, { channels }]) => channels.includes(channel));
  return Object.fromEntries(kinds.map(([name, { slots }]) => [name, Object.keys(slots(facts)).toSorted()]));
}

const firstWords = (cell: string): string[] =>
  [...cell.matchAll(/`([a-zA-Z]+)`/g)].map(([, word = '']) => word);

test('模板消息: every kind that a template may carry is listed, with every word there is for its fields', () => {
  const listed = rowsOf('7 模板消息').map(({ codes, remedy }) => [codes[0], firstWords(remedy).toSorted()]);
  expect(Object.fromEntries(listed)).toEqual(wordsFor('wechat-template'));
});

test('订阅通知: the kinds that no template may carry are listed, with every word there is for their fields', () => {
  const byTemplate = wordsFor('wechat-template');
  const alone = Object.entries(wordsFor('wechat-subscription')).filter(([kind]) => !(kind in byTemplate));
  const listed = rowsOf('8 订阅通知').map(({ codes, remedy }) => [codes[0], firstWords(remedy).toSorted()]);
  expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(alone));
});

test('短信: every kind that may go by SMS is listed, and so is the code', () => {
  const listed = rowsOf('11 短信').flatMap(({ codes }) => codes);
  expect(new Set(listed)).toEqual(new Set([...Object.keys(wordsFor('sms')), 'code']));
});

test('短信: while no page asks members for their consent, every place where marketing texts are set up says so', () => {
  const asks = (path: string): boolean =>
    path.endsWith('.ts') &&
    !path.endsWith('sms-consents.ts') &&
    read(`workers/${path}`).includes('agreeToSms(');
  const isAsked = readdirSync(join(root, 'workers'), { recursive: true, encoding: 'utf8' }).some(asks);
  const schema = JSON.stringify(z.toJSONSchema(SmsSettings, { io: 'input' }));
  const saysSo = [
    /还不会发/.test(settingsWords['sms.templates']?.help ?? ''),
    /还不会发/.test(section('11 短信')),
    schema.includes('no page to agree on yet'),
  ];
  expect(saysSo).toEqual(saysSo.map(() => !isAsked));
});

/** As GitHub makes them. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

test.each([
  file,
  'docs/operating.md',
  'docs/operating.zh-CN.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'relay/README.md',
  'README.md',
  'README.zh-CN.md',
])('%s: every link leads somewhere', (path) => {
  const text = read(path);
  const anchors = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading));
  const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link);
  const broken = links.filter((link) => {
    if (/^https?:/.test(link)) return false;
    if (link.startsWith('#')) return !anchors.includes(link.slice(1));
    return !existsSync(join(root, dirname(path), link.replace(/#.*/, '')));
  });
  expect(broken).toEqual([]);
});
