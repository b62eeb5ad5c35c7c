/** 请求示例: every body that the reference shows is one that its call takes. */
import { expect, test } from 'vitest';
import { CanonicalEvent, canonicalTypes, ImportPage } from '../../../schema/index.ts';
import { bodies } from '../../../workers/api/call/define.ts';
import { examples } from '../../../workers/api/openapi/examples/index.ts';
import { eventExample } from '../../../workers/api/openapi/events/webhooks.ts';
import { wholeDocument } from '../../../workers/api/openapi/files.ts';
import { routes } from '../../../workers/api/routes.ts';
import { bodiesIn } from './written.ts';

const shown = new Map(
  bodiesIn(wholeDocument()).map(({ name, examples: given = {} }) => [name, Object.entries(given)]),
);
const calls = routes.flatMap(({ method, path, body }) =>
  body ? [{ name: `${method} /v1${path}`, body }] : [],
);

test('every body that is shown is taken by its call', () => {
  expect(calls.length).toBeGreaterThan(50);
  const refused = calls.flatMap(({ name, body }) => {
    const given = shown.get(name) ?? [];
    if (given.length === 0) return [`${name} shows no body`];
    return given.flatMap(([kind, { value }]) => {
      const parsed = body.safeParse(value);
      if (parsed.success) return [];
      const id = bodies.get(body)?.id ?? '';
      const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
      return [
        `${name} (${kind}): ${faults.join('; ')}; write one for '${id}' in workers/api/openapi/examples/`,
      ];
    });
  });
  expect(refused).toEqual([]);
});

test('the page of a file that is shown is one', () => {
  const [[, { value }] = ['', { value: null }]] = shown.get('POST /v1/imports/page') ?? [];
  expect(ImportPage.safeParse(value).error).toBeUndefined();
});

test('every body that is written down belongs to a call', () => {
  const names = calls.map(({ body }) => bodies.get(body)?.id);
  const written = examples.flatMap((given) => Object.keys(given));
  expect(written.filter((name) => !names.includes(name))).toEqual([]);
});

test.each(canonicalTypes)('the example of %s is read as one, with nothing passed over', (type) => {
  const parsed = CanonicalEvent.safeParse(eventExample(type));
  expect(parsed.error).toBeUndefined();
  expect(parsed.data?.type).toBe(type);
});
