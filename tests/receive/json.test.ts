/** 原文切分: where each event of a batch begins and ends. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { elementsOf } from '../../workers/receive/json.ts';

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
