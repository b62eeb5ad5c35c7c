import { expect, test } from 'vitest';
import { docsPage } from '../../../workers/api/openapi/docs.tsx';
import { apiFiles, wholeDocument } from '../../../workers/api/openapi/files.ts';
import { openApiDocument } from '../../../workers/api/openapi/openapi.ts';
import { routes } from '../../../workers/api/routes.ts';

const document = openApiDocument(routes);

function refsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(refsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    key === '$ref' ? [String(inner)] : refsIn(inner),
  );
}

test('every call is in the document, and nothing else is', () => {
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(described.toSorted()).toEqual(routes.map(({ method, path }) => `${method} /v1${path}`).toSorted());
});

test('every reference in the document leads somewhere, and every shape is used', () => {
  const refs = new Set(refsIn(document));
  const shapes = new Set(
    Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`),
  );
  expect(refs).toEqual(shapes);
});

test('every path parameter is described, and every operation has its own name', () => {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.values(methods).map((operation) => ({ path, operation })),
  );
  for (const { path, operation } of operations) {
    const named = operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
    expect(named).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
  }
  const ids = operations.map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toContain('postCampaignsIdSimulate');
});

test('the document is plain JSON Schema: no anchors that move its references, no text that only a machine reads', () => {
  const text = JSON.stringify(document);
  expect(text).not.toContain('"$id"');
  expect(text).not.toContain('"$schema"');
  expect(JSON.parse(text)).toEqual(document);
});

test('every refusal is listed under the code that programs compare: small letters and underscores', () => {
  const listed = Object.entries(wholeDocument().paths).flatMap(([path, methods]) =>
    Object.values(methods).flatMap(({ responses }) =>
      Object.entries(responses)
        .filter(([status]) => Number(status) >= 400)
        .flatMap(([, { description }]) => description.split(', ').map((code) => ({ path, code }))),
    ),
  );
  // Where tills tell events, the document says beside a code when it is answered.
  const ofCalls = listed.filter(({ path }) => path.startsWith('/v1/'));
  expect(ofCalls.length).toBeGreaterThan(500);
  expect(ofCalls.filter(({ code }) => !/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(code))).toEqual([]);
});

test.each([
  ['/coupons/release', ['404 unknown_code', '409 already_used locked_by_other', '422']],
  ['/coupons/undo', ['404 unknown_code', '409 already_used sale_kept too_late', '422']],
  ['/coupons/revoke', ['404 unknown_code', '409 already_used locked_by_other', '422']],
  [
    '/voucher-sales',
    ['404 unknown_member not_for_sale', '409 sale_closed none_left number_taken', '422 amount_differs'],
  ],
  [
    '/members/{id}/stored-value/spends',
    ['404 unknown_member', '409 insufficient above_ceiling number_taken', '422'],
  ],
  ['/members/{id}/stored-value/cash-outs', ['404 unknown_member', '409 number_taken insufficient', '422']],
  ['/members/{id}/point-spends/undo', ['404 unknown_member unknown_spend', '409', '422']],
])('%s lists the refusals that it can come to, and no other of its noun', (path, expected) => {
  const responses = document.paths[`/v1${path}`]?.['post']?.responses ?? {};
  // What every call may answer.
  const common = new Set(['idempotency_key_reused', 'in_progress', 'invalid']);
  const listed = ['404', '409', '422'].map((status) => {
    const codes = (responses[status]?.description ?? '').split(', ');
    return [status, ...codes.filter((code) => !common.has(code))].join(' ');
  });
  expect(listed).toEqual(expected);
});

test('every call says more than its name', () => {
  const silent = routes.filter(({ description = '' }) => description.length < 20);
  expect(silent.map(({ method, path }) => `${method} ${path} has no description`)).toEqual([]);
});

test('a patch has no defaults: what it leaves out stays', () => {
  const patches = Object.entries(document.components.schemas).filter(([name]) => name.endsWith('Patch'));
  expect(patches.length).toBeGreaterThan(2);
  for (const [, { properties = {} }] of patches)
    expect(Object.values(properties as object).filter((property: object) => 'default' in property)).toEqual(
      [],
    );
});

test('a page holds 1 to 200 items, 50 unless asked', () => {
  const { parameters } = document.paths['/v1/members']?.['get'] ?? { parameters: [] };
  expect(parameters.find(({ name }) => name === 'limit')).toMatchObject({
    in: 'query',
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
  });
});

test('the files are the whole document and a page of it, which runs and fetches nothing', async () => {
  const files = await apiFiles();
  expect(JSON.parse(files['openapi.json'] ?? '')).toEqual(wholeDocument());
  const { 'docs.html': text = '' } = files;
  expect(text.startsWith('<!doctype html>')).toBe(true);
  // Addresses are shown, in examples; none is asked for anything.
  expect(text).not.toMatch(/<script|<link|<img|(?:src|href)="?https?:|url\(|@import/);
  for (const { path, summary } of routes) {
    expect(text).toContain(`/v1${path}`);
    expect(text).toContain(summary.replaceAll('&', '&amp;'));
  }
});

test('the page shows what it is given as text, also when that is a script', async () => {
  const hostile = '<script>alert(1)</script>"\'&';
  const [path = ''] = Object.keys(document.paths);
  const page = await docsPage({
    ...document,
    info: { ...document.info, title: hostile, description: hostile },
    tags: [{ name: 'Members' }],
    paths: Object.fromEntries(
      Object.entries(document.paths[path] ?? {}).map(([method, operation]) => [
        `/v1/${hostile}`,
        { [method]: { ...operation, summary: hostile, description: hostile, operationId: hostile } },
      ]),
    ),
    components: { ...document.components, schemas: { [hostile]: { type: 'string', description: hostile } } },
  });
  expect(String(page)).not.toContain('<script>');
  expect(String(page)).toContain('&lt;script&gt;');
});
