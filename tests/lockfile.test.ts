/** 依赖锁定: whatever machine installs it, each package is the one that was locked, to the last byte. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { root } from '../scripts/runtime.ts';

const Locked = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.string(), integrity: z.string().optional(), resolved: z.string().optional() }),
  ),
});
const { packages } = Locked.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
const locked = Object.entries(packages).filter(([path]) => path !== '');

test('every package of the lock file has its digest, those of other platforms included', () => {
  expect(locked.length).toBeGreaterThan(300);
  const loose = locked.filter(([, { integrity }]) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? ''));
  expect(loose.map(([path, { version }]) => `${path}@${version}`)).toEqual([]);
});

test('the lock file names no registry: it is installed from whichever one the machine trusts', () => {
  expect(locked.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
});
