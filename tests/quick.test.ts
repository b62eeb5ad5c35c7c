/** 快测: `npm run test:quick` takes what needs nothing but functions, and finds new tests by itself. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { quickTests, starts } from './support/quick.ts';

test('decisions, contracts and protocols are among the quick tests', () => {
  const quick = quickTests();
  expect(quick).toEqual(
    expect.arrayContaining([
      'tests/architecture.test.ts',
      'tests/contracts/rewards.test.ts',
      'tests/decide/plain/allocate.test.ts',
      'tests/wechat/crypto.test.ts',
    ]),
  );
  expect(quick.length).toBeGreaterThan(50);
});

test('whoever starts a runtime, a browser or a process is not, however deep it is hidden', () => {
  const of = (path: string): boolean => starts(join(import.meta.dirname, path), new Set());
  expect(['wechat/workerd.test.ts', 'pages/browser.test.ts', 'setup.test.ts'].map(of)).toEqual([
    true,
    true,
    true,
  ]);
  expect(quickTests()).not.toContain('tests/wechat/workerd.test.ts');
});
