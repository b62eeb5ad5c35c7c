/** 说明书: what the README tells a newcomer is what works, in both languages. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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
