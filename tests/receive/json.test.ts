/** JSON as it came: what JSON.parse forgives, and where each event of a batch begins and ends. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { duplicateKey, elementsOf } from '../../workers/receive/json.ts';

describe('a key that stands twice', () => {
  test.each([
    ['{"a":1,"a":2}', 'a'],
    ['{"a":{"b":1,"c":2,"b":3}}', 'b'],
    ['[{"a":1},{"a":1}]', null],
    ['{"a":{"a":{"a":1}}}', null],
    ['{"a":"a","b":"a"}', null],
    ['{"a":["a","a"],"b":{"a":1}}', null],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['{"a\\"":1,"a":2}', null],
    ['{"a\\\\":1,"b":"\\\\","a\\\\":2}', 'a\\'],
    ['{"__proto__":1,"__proto__":2}', '__proto__'],
    ['{"":1,"":2}', ''],
  ])('in %s is %s', (text, key) => {
    expect(duplicateKey(text)).toEqual(key);
  });

  test('is never found in what JSON.stringify wrote', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        expect(duplicateKey(text)).toBe(null);
      }),
    );
  });

  test('nesting beyond 32 is a fault, 32 is not', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    expect([duplicateKey(nested(32)), duplicateKey(nested(33))]).toEqual([
      null,
      { fault: 'nested deeper than 32' },
    ]);
  });
});

describe('the events of a batch', () => {
  test('are cut out exactly as they were written, whatever is inside and around them', () => {
    const noise = fc.constantFrom(' ', '\n', '\t', '');
    const element = fc
      .tuple(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), noise)
      .map(([value, space]) => JSON.stringify(value) + space);
    fc.assert(
      fc.property(
        fc.array(element, { minLength: 1, maxLength: 8 }),
        fc.jsonValue({ maxDepth: 3 }),
        noise,
        (elements, other, space) => {
          const text = `{"before":${JSON.stringify(other)},${space}"events"${space}:${space}[${elements.join(`${space},${space}`)}],"after":[{"events":[{}]}]}`;
          expect(elementsOf(text, 'events')).toEqual(elements.map((one) => one.trim()));
        },
      ),
    );
  });

  test('are not looked for deeper down, nor in a text that only looks like them', () => {
    expect(elementsOf('{"a":{"events":[{"x":1}]},"b":"events","events":[{"y":2}]}', 'events')).toEqual([
      '{"y":2}',
    ]);
    expect(elementsOf('{"a":"\\"events\\":[{}]"}', 'events')).toEqual([]);
  });
});
