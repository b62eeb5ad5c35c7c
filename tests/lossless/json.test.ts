/** 原样解析: what JSON.parse takes is taken, and no digit of it is lost. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJson, type Tree } from '../../workers/lossless/json.ts';

const treeOf = (text: string): Tree => {
  const parsed = parseJson(text);
  if (!parsed.ok) throw new Error(parsed.why);
  return parsed.tree;
};

/** Numbers as the text JavaScript would print. */
const withTextNumbers = (value: unknown): unknown => {
  if (typeof value === 'number') return JSON.stringify(value);
  if (Array.isArray(value)) return value.map(withTextNumbers);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withTextNumbers(inner)]));
};

const isTooDeep = (value: unknown, depth = 0): boolean =>
  depth > 32 ||
  (typeof value === 'object' &&
    value !== null &&
    Object.values(value).some((inner) => isTooDeep(inner, depth + 1)));

test('a receipt number of nineteen digits and a price of 1.10 come out as they were written', () => {
  expect(treeOf('{"id":411391574328276013,"price":1.10,"n":-0,"e":1.0E7}')).toEqual({
    id: '411391574328276013',
    price: '1.10',
    n: '-0',
    e: '1.0E7',
  });
});

test('any JSON reads as JSON.parse reads it, numbers aside', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), fc.integer({ min: 0, max: 4 }), (text, indent) => {
      const spaced = JSON.stringify(JSON.parse(text), null, indent);
      // A key called __proto__ is refused, and tested below.
      if (spaced.includes('__proto__') || isTooDeep(JSON.parse(spaced))) return;
      expect(treeOf(spaced)).toEqual(withTextNumbers(JSON.parse(spaced)));
    }),
    { numRuns: 500 },
  );
});

test('any text that JSON.parse refuses is refused, and never taken for something else', () => {
  const scraps = fc.array(
    fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '1',
      '-',
      '.5',
      'true',
      'nul',
      ' ',
      '\\',
      '"\\u12"',
      '01',
      '\t',
      '"\n"',
    ),
    {
      maxLength: 8,
    },
  );
  fc.assert(
    fc.property(scraps, (parts) => {
      const text = parts.join('');
      let isJson = true;
      try {
        JSON.parse(text);
      } catch {
        isJson = false;
      }
      expect(parseJson(text).ok).toBe(isJson);
    }),
    { numRuns: 3000 },
  );
});

describe('what could be read in two ways', () => {
  test('a key that stands twice with different values is named', () => {
    expect(parseJson('{"total":1,"lines":[{"actualPayAmount":1,"actualPayAmount":2}]}')).toMatchObject({
      repeated: 'actualPayAmount',
    });
    expect(parseJson(String.raw`{"a":1,"\u0061":2}`)).toMatchObject({ repeated: 'a' });
  });

  test('a key that stands twice with the same value is harmless', () => {
    expect(parseJson('{"a":{"b":1},"a":{"b":1}}')).toEqual({
      ok: true,
      tree: { a: { b: '1' } },
      repeated: null,
      twice: 'a',
    });
  });

  test('a key called __proto__ is refused, however it is spelt', () => {
    expect(parseJson('{"__proto__":{"isAdmin":true}}').ok).toBe(false);
    expect(parseJson(String.raw`{"\u005f_proto__":1}`).ok).toBe(false);
    expect(treeOf('{"constructor":{"prototype":1}}')).toEqual({ constructor: { prototype: '1' } });
  });

  test('32 levels are read, 33 are not', () => {
    expect(parseJson('['.repeat(32) + ']'.repeat(32)).ok).toBe(true);
    expect(parseJson('['.repeat(33) + ']'.repeat(33))).toMatchObject({
      ok: false,
      why: 'it is nested deeper than 32',
    });
    expect(parseJson('['.repeat(200_000)).ok).toBe(false);
  });
});
