/** 说明书: what the README tells a newcomer is what works, in both languages. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseXml } from '@rgrove/parse-xml';
import { expect, test } from 'vitest';
import { root } from '../scripts/runtime.ts';
import { programOf } from './support/readme.ts';

const scripts = Object.keys(
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> })
    .scripts,
);

test.each([
  'README.md',
  'README.zh-CN.md',
  'docs/operating.md',
  'docs/operating.zh-CN.md',
  'CONTRIBUTING.md',
])('%s names only commands that exist', (file) => {
  const text = readFileSync(join(root, file), 'utf8');
  const named = [...text.matchAll(/npm run ([a-z:]+)/g)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(2);
  expect(named.filter((name) => !scripts.includes(name ?? ''))).toEqual([]);
});

test('both READMEs lead to the same places', () => {
  const linksOf = (file: string): string[] =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/\]\(([^)]+)\)/g)]
      .map(([, link = '']) => link)
      .filter((link) => !link.startsWith('README'));
  expect(linksOf('README.md')).toEqual(expect.arrayContaining(['docs/wechat-setup.md', 'relay/README.md']));
  expect(linksOf('README.zh-CN.md')).toEqual(linksOf('README.md'));
});

test('both READMEs show the same program', () => {
  expect(programOf('README.zh-CN.md')).toBe(programOf('README.md'));
});

const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file));

test('the address of the repository stands in one place, behind the button that deploys it', () => {
  const button = 'https://deploy.workers.cloudflare.com/?url=';
  const pages = [
    'README.md',
    'README.zh-CN.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
    'wrangler.toml',
    'package.json',
  ];
  const guides = filesIn('docs').filter((file) => file.endsWith('.md'));
  const texts = [...pages, ...guides].map((file) => [file, readFileSync(join(root, file), 'utf8')] as const);
  const named = texts.filter(([, text]) => text.includes(button)).map(([file]) => file);
  expect(named).toEqual(['README.md', 'README.zh-CN.md']);
  for (const [file, text] of texts) {
    expect([file, text.split(button).length - 1]).toEqual([file, named.includes(file) ? 1 : 0]);
    expect([file, /"repository"|(?:github|gitee|gitlab)\.com\/[^\s)]*huike/i.test(text)]).toEqual([
      file,
      false,
    ]);
  }
});

test('the picture of the house is small, names the rooms that there are, and fetches nothing', () => {
  const picture = readFileSync(join(root, 'docs/pictures/architecture.svg'), 'utf8');
  expect(parseXml(picture).root?.name).toBe('svg');
  expect(picture.length).toBeLessThan(10_000);
  expect(picture.replace('http://www.w3.org/2000/svg', '')).not.toMatch(
    /https?:|<script|<image|href|url\((?!#)|@import/,
  );
  // Both are readable: the paper is the picture's own.
  expect(picture).toContain('prefers-color-scheme: dark');
  const rooms = ['receive', 'decide', 'deliver'];
  expect(
    rooms.filter((room) => !picture.includes(` ${room}<`) || !existsSync(join(root, 'workers', room))),
  ).toEqual([]);
  for (const file of ['README.md', 'README.zh-CN.md'])
    expect(readFileSync(join(root, file), 'utf8')).toContain('](docs/pictures/architecture.svg)');
});

test('every figure of what was measured says which command prints it again, the same in both languages', () => {
  const rowsOf = (file: string): string[][] => {
    const [, text = ''] = readFileSync(join(root, file), 'utf8').split(/^## (?:Measured|量过的)$/m);
    return [...(text.split(/^## /m)[0] ?? '').matchAll(/^\| (.+) \|$/gm)]
      .map(([, row = '']) => row.split(' | '))
      .slice(2);
  };
  const rows = rowsOf('README.md');
  expect(rows.length).toBeGreaterThan(3);
  for (const [what = '', figure = '', command = ''] of rows) {
    expect([what, /\d/.test(figure), /^`npm run [a-z:]+(?: -- [a-z ]+)?`$/.test(command)]).toEqual([
      what,
      true,
      true,
    ]);
  }
  const numbersOf = (row: readonly string[]) => (row[1] ?? '').match(/\d+(?:[.,]\d+)?/g);
  expect(rowsOf('README.zh-CN.md').map((row) => [numbersOf(row), row[2]])).toEqual(
    rows.map((row) => [numbersOf(row), row[2]]),
  );
});
