/** 哪里不对: whatever a till gets wrong, the shop reads it in Chinese. */
import { expect, test } from 'vitest';
import { CanonicalEvent } from '../../schema/index.ts';
import { decodeBody } from '../../workers/receive/mapping/values/decode.ts';
import { faultWords } from '../../workers/words/fault-words.ts';
import { line, recharge, refund, sale } from '../support/builders.ts';

const spoilt = [
  null,
  {},
  [],
  true,
  -1,
  1.5,
  1e15,
  '',
  'x'.repeat(2_000),
  '\u0000',
  '2026-02-30',
  ['a'],
  [[]],
  Array(600).fill('a'),
];

type Tree = { [key: string]: unknown };
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;

/** The event with one thing in it changed, for every thing in it. */
function* variants(value: unknown, change: (changed: unknown) => unknown): Generator<unknown> {
  for (const wrong of [...spoilt, undefined]) yield change(wrong);
  if (!isTree(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    yield* variants(inner, (changed) =>
      change(
        Array.isArray(value)
          ? (value as unknown[]).map((entry, place) => (String(place) === key ? changed : entry))
          : { ...value, [key]: changed },
      ),
    );
  }
}

const member = { externalId: 'M1', phone: '13912345487', name: '李', birthdayOn: '1990-05-20' };
const events = [
  sale({
    member,
    lines: [line({ categoryIds: ['01'], brand: 'X' })],
    payments: [{ method: 'wechat', amountFen: 1 }],
    couponCodes: ['A'],
  }),
  refund(),
  recharge(),
  { type: 'member.created', id: 'm', occurredAt: '2026-11-22T10:00:00+08:00', data: { member } },
  {
    type: 'product.upserted',
    id: 'p',
    occurredAt: '2026-11-22T10:00:00+08:00',
    data: {
      sku: 'a',
      name: '奶粉',
      categoryPath: [{ id: '01', name: '奶粉' }],
      tags: ['a'],
      pointsFactor: 1,
    },
  },
];

/** Quoted values, examples and the names of our fields are not words of ours. */
const english = (text: string): string[] =>
  text.replaceAll(/"[^"]*"|RFC 3339|JSON|XML|[\w-]+、|、[\w-]+|只能是 \S+ 之一/g, '').match(/[a-z]{3,}/gi) ??
  [];

test('every field of every event, spoilt in fifteen ways', () => {
  const said = new Set<string>();
  for (const event of events)
    for (const wrong of variants(event, (changed) => changed)) {
      const parsed = CanonicalEvent.safeParse(wrong);
      for (const { message } of parsed.error?.issues ?? []) said.add(message);
    }
  expect(said.size).toBeGreaterThan(10);
  const left = [...said].filter((says) => faultWords(says) === says || english(faultWords(says)).length > 0);
  expect(left).toEqual([]);
});

test.each([
  ['no JSON', [{ do: 'json' }], undefined],
  ['{"a":1', [{ do: 'json' }], undefined],
  ['{"a":"\n"}', [{ do: 'json' }], undefined],
  ['{"a":1,"a":2}', [{ do: 'json' }], undefined],
  ['['.repeat(50), [{ do: 'json' }], undefined],
  ['"text"', [{ do: 'json' }], undefined],
  ['<a><b></a>', [{ do: 'xml' }], undefined],
  ['<!DOCTYPE a><a/>', [{ do: 'xml' }], undefined],
  ['a=1&a=2', [{ do: 'form' }], undefined],
  ['!!!', [{ do: 'base64' }], undefined],
  ['{"a":"{"}', [{ do: 'json' }, { do: 'json', at: 'a' }], undefined],
  ['{"a":1}', [{ do: 'json' }], 'orders'],
] as const)('a body that cannot be taken apart: %s', (text, steps, each) => {
  const decoded = decodeBody(text, steps, each);
  const words = decoded.ok
    ? ''
    : faultWords(decoded.why).replaceAll(/^(form|json|xml|base64)(（\S+）)?：|orders|base64 编码/g, '');
  expect([decoded.ok, english(words)]).toEqual([false, []]);
});

test('what an adapter says in Chinese stays as it is', () => {
  expect(faultWords('这笔退款不属于任何账单')).toBe('这笔退款不属于任何账单');
});
