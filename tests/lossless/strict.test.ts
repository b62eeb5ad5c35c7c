/** 只有一种读法: a body that two readers could read in two ways is read by neither. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readStrict } from '../../workers/lossless/strict.ts';

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
    const wrong = { ok: false, why: 'a key stands twice in one object', key };
    expect(readStrict(text)).toEqual(key === null ? { ok: true, value: JSON.parse(text) } : wrong);
  });

  test('is never found in what JSON.stringify wrote', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        expect(readStrict(text)).toEqual({ ok: true, value: JSON.parse(text) });
      }),
    );
  });

  test('nesting beyond 32 is a fault, 32 is not', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    expect([readStrict(nested(32)).ok, readStrict(nested(33))]).toEqual([
      true,
      { ok: false, why: 'the body is nested deeper than 32' },
    ]);
  });
});

test('what is no JSON says so', () => {
  expect(readStrict('{"a":')).toEqual({ ok: false, why: 'the body is not JSON' });
});
