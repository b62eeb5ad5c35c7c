/** 原样保存: what comes before there is a mapping is kept whole, and read by the first mapping that can. */
import { expect, test } from 'vitest';
import type { Source } from '../../../schema/index.ts';
import { mapping as adapter } from '../../../workers/receive/erp/mapping.ts';
import type { Split } from '../../../workers/receive/erp/define.ts';
import { rowOf } from '../../support/erp/fixtures.ts';

const verifier = { scheme: 'md5-body-suffix' };
const rule = {
  type: 'sale.voided',
  id: { path: 'dh', as: 'id' },
  occurredAt: { path: 'sj', as: 'datetime' },
  data: { object: { orderNo: { path: 'dh', as: 'id' } } },
};
const sample = {
  body: '',
  expected: {
    type: 'sale.voided',
    occurredAt: '2026-11-22T14:00:00+08:00',
    data: { orderNo: '9007199254740993' },
  },
};
const configOf = (spec: object, body: string): Source['config'] => ({
  verifier,
  mapping: { version: 1, spec, samples: [{ ...sample, body }] },
});
const voided = { event: { type: 'sale.voided', saleId: 'pos:9007199254740993' } };

/** As it is stored before there is a mapping. */
function kept(text: string, fields?: ReadonlyMap<string, string>) {
  const opened = { headers: new Headers(), query: new URLSearchParams(), config: { verifier } };
  const split = adapter.split(text, { ...opened, ...(fields && { fields }) }) as Split;
  const [raw, ...more] = split.events;
  if (!raw || more.length > 0) throw new Error(`${split.events.length} events were kept`);
  expect(raw.type).toBe('mapping.unmapped');
  return rowOf(raw);
}

const read = (row: ReturnType<typeof kept>, config: Source['config']) =>
  adapter.normalise(row, { namespace: 'pos', config });

const json = '{"dh":9007199254740993,"sj":"2026-11-22 14:00:00"}';
const form = 'dh=9007199254740993&sj=2026-11-22+14%3A00%3A00';
const nested = JSON.stringify({ msg: encodeURIComponent(json) });

test.each<[string, string, object]>([
  ['JSON, every digit of its numbers', json, { events: [rule] }],
  ['a form', form, { decode: [{ do: 'form' }], events: [rule] }],
  [
    'JSON within JSON',
    nested,
    {
      decode: [{ do: 'json' }, { do: 'url_decode', at: 'msg' }, { do: 'json', at: 'msg' }],
      events: [
        {
          ...rule,
          id: { path: 'msg.dh' },
          occurredAt: { path: 'msg.sj', as: 'datetime' },
          data: { object: { orderNo: { path: 'msg.dh', as: 'id' } } },
        },
      ],
    },
  ],
  ['one document of a list', `{"data":[${json}]}`, { each: 'data', events: [rule] }],
])('%s is kept, and read once there is a mapping', (_, text, spec) => {
  const config = configOf(spec, text);
  expect(adapter.checkConfig(config)).toEqual([]);
  const row = kept(text);
  expect(() => JSON.parse(row.body) as unknown).not.toThrow();
  expect(read(row, { verifier })).toEqual({ parked: { code: 'MAPPING_MISSING' } });
  expect(read(row, config)).toMatchObject(voided);
});

test('of a signed form, only the signed fields are kept', () => {
  const fields = new Map([
    ['dh', '9007199254740993'],
    ['sj', '2026-11-22 14:00:00'],
  ]);
  const row = kept(`${form}&sign=abc&paid=1`, fields);
  expect(row.body).not.toMatch(/sign|paid/);
  expect(read(row, configOf({ decode: [{ do: 'form' }], events: [rule] }, form))).toMatchObject(voided);
});

test('a push of several documents cannot be told apart afterwards, and says so', () => {
  const row = kept(`{"data":[${json},${json}]}`);
  const config = configOf({ each: 'data', events: [rule] }, `{"data":[${json}]}`);
  expect(read(row, config)).toEqual({
    parked: { code: 'BODY_UNREADABLE', detail: '现在的映射会把它拆成几条，需要重新发送' },
  });
});

test('what is no mapping’s language stays parked, and says why', () => {
  const row = kept('<receipt/>');
  expect(JSON.parse(row.body)).toEqual({ undecoded: '<receipt/>' });
  expect(read(row, configOf({ events: [rule] }, json))).toEqual({
    parked: { code: 'BODY_UNREADABLE', detail: expect.stringMatching(/^json/) },
  });
});

test('a key that stands twice is kept as it was written, and never read', () => {
  const twice = '{"dh":"1","dh":"2"}';
  const row = kept(twice);
  expect(JSON.parse(row.body)).toEqual({ undecoded: twice });
  expect(read(row, configOf({ events: [rule] }, json))).toEqual({
    parked: {
      code: 'BODY_UNREADABLE',
      detail: expect.stringContaining('stands twice with different values'),
    },
  });
});
