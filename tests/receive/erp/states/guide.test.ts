/** docs/erp-states.md has a table for every vendor, and every table is walked by a test beside this one. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { adapters } from '../../../../workers/receive/erp/index.ts';
import { vendorsInGuide } from '../../../support/erp/states.ts';

/** They say what the shop's own program or mapping says. */
const own = new Set(['generic', 'hmac', 'mapping']);

test('every vendor has its table, and no other is named', () => {
  const vendors = adapters.map(({ name }) => name).filter((name) => !own.has(name));
  expect(vendorsInGuide().toSorted()).toEqual(vendors.toSorted());
});

test('every table is walked', () => {
  const tests = readdirSync(import.meta.dirname).map((file) =>
    readFileSync(`${import.meta.dirname}/${file}`, 'utf8'),
  );
  const walked = tests.flatMap((text) =>
    [...text.matchAll(/^ {2}adapter: '(\w+)',$/gm)].map(([, name = '']) => name),
  );
  expect([...new Set(walked)].toSorted()).toEqual(vendorsInGuide().toSorted());
});
