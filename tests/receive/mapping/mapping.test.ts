/** 字段映射: what a specification may say, what is refused before it is saved, and what is missing from a payload. */
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../schema/index.ts';
import { checkMapping } from '../../../workers/receive/mapping/check.ts';
import { dryRun, preview } from '../../../workers/receive/mapping/lab.ts';
import { compileMapping } from '../../../workers/receive/mapping/mapping.ts';
import type { Node } from '../../../workers/receive/mapping/node.ts';
import { MappingSpec } from '../../../workers/receive/mapping/spec.ts';
import { cpuMsOf } from '../../support/cpu.ts';

type Json = Readonly<Record<string, unknown>>;

const sale = {
  type: 'sale.completed',
  id: { path: 'no', as: 'id' },
  occurredAt: { path: 'time', as: 'datetime', required: true },
  data: {
    object: {
      orderNo: { path: 'no', as: 'id' },
      store: { object: { id: { path: 'shop', as: 'id', default: '1' } } },
      lines: {
        each: 'goods',
        map: {
          object: {
            sku: { path: 'code', as: 'id' },
            quantity: { path: 'num', as: 'qty' },
            amountFen: { path: 'sum', as: 'yuan' },
          },
        },
      },
      amounts: { object: { paidFen: { path: 'total', as: 'yuan', required: true } } },
    },
  },
};
const body = {
  no: 'A1',
  time: '2026-11-22 14:59:00',
  goods: [{ code: 'x', num: 1, sum: '9.90' }],
  total: 9.9,
};
const expected = {
  type: 'sale.completed',
  occurredAt: '2026-11-22T06:59:00Z',
  data: {
    orderNo: 'A1',
    store: { id: '1' },
    lines: [{ sku: 'x', quantity: '1.000', amountFen: 990 }],
    amounts: { paidFen: 990 },
  },
};
const configOf = (spec: Json, sample: Json = { body: JSON.stringify(body), expected }): Json => ({
  verifier: { scheme: 'md5-body-suffix' },
  mapping: { version: 1, spec, samples: [sample] },
});
const problemsOf = (config: unknown): readonly { path: string; message: string }[] => {
  const checked = checkMapping(config);
  return checked.ok ? [] : checked.problems;
};
const mappingOf = (spec: Json) => compileMapping(MappingSpec.parse(spec), 'Asia/Shanghai');

/** What one node makes of a payload. */
function made(node: Node | Json, payload: unknown): { value: unknown; faults: readonly Fault[] } {
  const mapping = mappingOf({ events: [{ type: 'sale.completed', id: { const: '1' }, data: node }] });
  const decoded = mapping.decode(JSON.stringify(payload));
  if (!decoded.ok) throw new Error(decoded.why);
  const [tree = null] = decoded.trees;
  const { event, faults } = mapping.read(tree).event();
  return { value: event.data, faults };
}

describe('a mapping is saved', () => {
  test('when it does to its sample what was said it would, however that is written', () => {
    expect(checkMapping(configOf({ events: [sale] }))).toMatchObject({ ok: true });
  });

  test('never without a sample', () => {
    const config = {
      ...configOf({ events: [sale] }),
      mapping: { version: 1, spec: { events: [sale] }, samples: [] },
    };
    expect(problemsOf(config)).toEqual([
      { path: 'mapping.samples', message: expect.stringContaining('at least one sample') },
    ]);
  });

  test('never on a sample that is only ignored', () => {
    const ignore = { events: [{ type: 'ignore', id: { path: 'no' } }] };
    expect(problemsOf(configOf(ignore, { body: '{"no":1}', expected: { ignored: true } }))).toEqual([
      { path: 'mapping.samples', message: 'none of them becomes an event' },
    ]);
  });

  test('never when the result differs, and the difference is named by its path', () => {
    const other = { ...expected, data: { ...expected.data, amounts: { paidFen: 991 } } };
    expect(
      problemsOf(configOf({ events: [sale] }, { name: '小票', body: JSON.stringify(body), expected: other })),
    ).toEqual([
      { path: 'mapping.samples.0', message: '小票: data.amounts.paidFen is 990, and 991 is expected' },
    ]);
  });

  test('never for a signature scheme that does not exist', () => {
    const config = { ...configOf({ events: [sale] }), verifier: { scheme: 'none' } };
    expect(problemsOf(config)).toEqual([
      { path: 'verifier.scheme', message: 'is no signature scheme that we know' },
    ]);
  });

  test.each<[string, unknown, string, string]>([
    ['a converter that does not exist', { path: 'a', as: 'float' }, 'data.as', 'expected one of'],
    ['a node without a word', { pth: 'a' }, 'data', 'needs one of path, const'],
    ['a word too many', { path: 'a', regex: '.*' }, 'data', 'regex'],
    ['an enum without values', { path: 'a', as: 'enum' }, 'data', 'an enum has values'],
    ['a zone that does not exist', { path: 'a', as: 'datetime', tz: 'Mars/Olympus' }, 'data.tz', 'is a zone'],
    [
      'a condition with two tests',
      { when: [{ path: 'a', is: '1', present: true }], take: { const: 1 } },
      'data.when.0',
      'exactly one of',
    ],
    [
      'deep inside',
      { object: { lines: { each: 'g', map: { object: { sku: { as: 'id' } } } } } },
      'data.object.lines.map.object.sku',
      'needs one of',
    ],
  ])('never with %s', (_, node, path, message) => {
    const problems = problemsOf(configOf({ events: [{ ...sale, data: node }] }));
    expect(problems).toContainEqual({
      path: `mapping.spec.events.0.${path}`,
      message: expect.stringContaining(message),
    });
  });

  test('never when it is too deep, too large or names a prototype', () => {
    let deep: unknown = { path: 'a' };
    for (let level = 0; level < 500; level += 1) deep = { object: { a: deep } };
    expect(problemsOf(configOf({ events: [{ ...sale, data: deep }] }))[0]?.message).toContain(
      'nested deeper than 16',
    );
    const large = Object.fromEntries(
      Array.from({ length: 3_000 }, (_, place) => [`f${place}`, { path: 'a' }]),
    );
    expect(problemsOf(configOf({ events: [{ ...sale, data: { object: large } }] }))[0]?.message).toContain(
      'more than 4000 parts',
    );
    const own: unknown = JSON.parse('{"events":[{"__proto__":{"a":1}}]}');
    expect(
      problemsOf({
        ...configOf({}),
        mapping: { version: 1, spec: own, samples: [{ body: '{}', expected }] },
      })[0]?.message,
    ).toContain('__proto__');
  });

  test('never with more than three layers of JSON', () => {
    const steps = Array.from({ length: 4 }, () => ({ do: 'json', at: 'a' }));
    expect(problemsOf(configOf({ decode: steps, events: [sale] }))).toContainEqual({
      path: 'mapping.spec.decode',
      message: 'json is decoded at most 3 times',
    });
  });
});

describe('a node', () => {
  test('reads a path from here, from above and from the top, and the first of several names', () => {
    const payload = { shop: 'S', order: { no: 7, goods: [{ code: 'a' }, { barcode: 'b' }] } };
    const line = {
      object: { sku: { path: 'code|barcode' }, order: { path: '^.order.no' }, shop: { path: '$.shop' } },
    };
    expect(made({ each: 'order.goods', map: line }, payload).value).toEqual([
      { sku: 'a', order: '7', shop: 'S' },
      { sku: 'b', order: '7', shop: 'S' },
    ]);
  });
  test('reads keys with dots in them as a list', () => {
    expect(made({ path: ['a.b', 'c'] }, { 'a.b': { c: 'x' } }).value).toBe('x');
  });
  test('never reaches what a payload did not bring', () => {
    for (const path of [
      'constructor.name',
      '__proto__.x',
      'toString',
      'list.length',
      '^.x',
      '$.constructor',
    ]) {
      expect(made({ path }, { list: [1] }).value ?? null).toBeNull();
    }
  });
  test('takes the first of several, joins several, and chooses by a condition', () => {
    const first = { first_of: [{ path: 'a' }, { path: 'b' }, { const: 'c' }] };
    expect([made(first, { b: 1 }).value, made(first, {}).value]).toEqual(['1', 'c']);
    expect(
      made({ concat: [{ path: 'a' }, { path: 'x' }, { path: 'b' }], with: '-' }, { a: 1, b: 2 }).value,
    ).toBe('1-2');
    const choice = {
      when: [{ path: 'kind', is: ['TH', '退货'] }],
      take: { const: 'refund' },
      else: { const: 'sale' },
    };
    expect([made(choice, { kind: ' th ' }).value, made(choice, { kind: 'XS' }).value]).toEqual([
      'refund',
      'sale',
    ]);
    const negative = { when: [{ path: 'n', negative: true }], take: { const: 'in' }, else: { const: 'out' } };
    expect(['-1', '-0.00', '1', ''].map((n) => made(negative, { n }).value)).toEqual([
      'in',
      'out',
      'out',
      'out',
    ]);
  });
  test('keeps only the elements that a condition holds for', () => {
    const node = { each: 'g', where: [{ path: 'sku', present: true }], map: { path: 'sku' } };
    expect(made(node, { g: [{ sku: 1 }, {}, { sku: '' }, { sku: 2 }] }).value).toEqual(['1', '2']);
    expect(made(node, { g: { sku: 1 } }).value).toEqual(['1']);
  });
  test('has its own words for nothing, a value for it, and says when it may not be missing', () => {
    expect(made({ path: 'a', none: ['0', 'N/A'] }, { a: 'N/A' }).value ?? null).toBeNull();
    expect(made({ path: 'a', default: 'x' }, {}).value).toBe('x');
    expect(made({ path: 'a', required: true }, {})).toEqual({
      value: undefined,
      faults: [{ field: 'a', says: 'is required and not there' }],
    });
  });
  test('multiplies a quantity by the size of its pack', () => {
    expect(made({ path: 'n', as: 'qty', times: 'pack' }, { n: '2.5', pack: '12' }).value).toBe('30');
    expect(made({ path: 'n', as: 'qty', times: 'pack' }, { n: 2 }).value).toBe('2');
  });
  test('knows a word by any of its names, and refuses one that it does not know', () => {
    const node = { path: 'm', as: 'enum', values: { wechat: ['微信', '5'], cash: ['现金'] } };
    expect(made(node, { m: '5' }).value).toBe('wechat');
    expect(made(node, { m: '刷脸' }).faults).toEqual([
      { field: 'm', says: '"刷脸" is none of the values that were listed' },
    ]);
    expect(made({ ...node, default: 'other' }, { m: '刷脸' }).value).toBe('other');
  });
  test('reads five hundred lines and not one more', () => {
    const goods = Array.from({ length: 501 }, () => ({ sku: 'a' }));
    expect(made({ each: 'g', map: { path: 'sku' } }, { g: goods }).faults).toEqual([
      { field: 'g', says: 'has more than 500 elements' },
    ]);
  });
  test('stops where lists within lists would never end', () => {
    const list = Array.from({ length: 400 }, () => 1);
    const node = { each: '$.l', map: { each: '$.l', map: { each: '$.l', map: { path: '.' } } } };
    let says: string | undefined;
    const ms = cpuMsOf(() => (says = made(node, { l: list }).faults[0]?.says));
    expect(says).toBe('takes more than 100000 steps');
    expect(ms).toBeLessThan(5_000);
  });
});

describe('a payload is looked at before anything is saved', () => {
  const mapping = mappingOf({ events: [sale] });

  test('what is missing is said in the till’s words and in ours', () => {
    const { events } = preview(mapping, '{"no":"A1","goods":[{"code":"x","num":1,"sum":"1.999"}]}');
    expect(events).toEqual([
      {
        outcome: 'parked',
        type: 'sale.completed',
        key: 'sale.completed:A1',
        event: {
          type: 'sale.completed',
          data: { orderNo: 'A1', store: { id: '1' }, lines: [{ sku: 'x', quantity: '1' }] },
        },
        missing: [
          'time: is required and not there',
          'sum: "1.999" is finer than the unit; say how to round it',
          'total: is required and not there',
          expect.stringMatching(/^occurredAt: /),
          expect.stringMatching(/^data\.lines\.0\.amountFen: /),
          expect.stringMatching(/^data\.amounts: /),
        ],
      },
    ]);
  });

  test('several bodies are tried in one go, and none is stored', () => {
    const outcomes = dryRun(mapping, [JSON.stringify(body), 'not JSON', '{}']);
    expect(
      outcomes.map(({ events, unreadable }) => unreadable ?? events.map(({ outcome }) => outcome)),
    ).toEqual([['event'], 'json: it is not JSON at character 1', ['parked']]);
  });

  test('a payload that no rule names says so', () => {
    const picky = mappingOf({ events: [{ ...sale, when: [{ path: 'kind', is: 'XS' }] }] });
    expect(preview(picky, '{"kind":"TH"}').events).toMatchObject([
      { outcome: 'parked', missing: [expect.stringContaining('no rule holds')] },
    ]);
  });
});

describe('a body is opened', () => {
  const spec = (decode: readonly Json[], each?: string): Json => ({
    decode,
    ...(each && { each }),
    events: [sale],
  });
  const outcome = (of: Json, text: string): unknown => {
    const { events, unreadable } = preview(mappingOf(of), text);
    return unreadable ?? events.map(({ key }) => key);
  };
  const text = JSON.stringify(body);

  test.each<[string, Json, string]>([
    ['JSON', spec([{ do: 'json' }]), text],
    ['base64 of JSON', spec([{ do: 'base64' }, { do: 'json' }]), Buffer.from(text).toString('base64')],
    ['url-encoded JSON', spec([{ do: 'url_decode' }, { do: 'json' }]), encodeURIComponent(text)],
    ['XML', spec([{ do: 'xml' }], 'r'), '<r><no>A1</no><time>2026-11-22 14:59:00</time></r>'],
  ])('%s', (_, of, sent) => {
    expect(outcome(of, sent)).toEqual(['sale.completed:A1']);
  });

  test('a form field that is JSON is opened, and one that is an object already is left alone', () => {
    const decode = [{ do: 'json' }, { do: 'json', at: 'msg' }];
    expect(outcome(spec(decode, 'msg'), JSON.stringify({ msg: text }))).toEqual(['sale.completed:A1']);
    expect(outcome(spec(decode, 'msg'), JSON.stringify({ msg: body }))).toEqual(['sale.completed:A1']);
  });

  test('a list becomes as many events, up to five hundred', () => {
    const of = spec([{ do: 'json' }], 'data');
    expect(outcome(of, JSON.stringify({ data: [body, { ...body, no: 'A2' }] }))).toEqual([
      'sale.completed:A1',
      'sale.completed:A2',
    ]);
    expect(outcome(of, JSON.stringify({ data: Array.from({ length: 501 }, () => body) }))).toBe(
      'data has more than 500 elements',
    );
    expect(outcome(of, '{}')).toBe('data is not there');
  });

  test('what is broken is named by its step', () => {
    expect(outcome(spec([{ do: 'json' }, { do: 'json', at: 'msg' }]), '{"msg":"{"}')).toBe(
      'json at msg: it ends too early',
    );
    expect(outcome(spec([{ do: 'xml' }]), '<!DOCTYPE a><a/>')).toBe(
      'xml: it declares a document type or entities',
    );
    expect(outcome(spec([{ do: 'form' }]), 'a=1&a=2')).toBe(
      'form: it is not a form, or a field stands twice',
    );
    expect(outcome(spec([{ do: 'base64' }]), '***')).toBe('base64: it is not base64 of text');
    expect(outcome(spec([{ do: 'json' }]), '{"a":1,"a":2}')).toBe('"a" stands twice with different values');
  });
});
