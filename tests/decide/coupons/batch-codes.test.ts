/** 印刷码: read as it was typed, and a slip shows before anything is looked up. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  printedCode,
  printedIn,
  secretOfCode,
  type Printed,
} from '../../../workers/decide/coupons/batch-codes.ts';
import type { Seed } from '../../../workers/decide/plain/random.ts';

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const word = fc.integer({ min: 0, max: 0xffff_ffff });
const seed = fc.array(word, { minLength: 8, maxLength: 8 }).map((words) => words as unknown as Seed);
const any = fc
  .record({ seq: fc.integer({ min: 1, max: 1_000_000 }), number: fc.integer({ min: 0, max: 9_999 }), seed })
  .map(({ seed: drawn, ...named }) => ({ ...named, secret: secretOfCode(drawn, named.number) }));
const written = ({ seq, number, secret }: Printed): string => printedCode(seq, number, secret);

describe('a printed code', () => {
  test('is five groups of four, of letters and digits that nobody takes for others', () => {
    fc.assert(
      fc.property(any, (code) => {
        expect(written(code)).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}$/);
      }),
    );
  });

  test('typed small, in full width, without its strokes, with o for 0 and i or l for 1, is the same code', () => {
    fc.assert(
      fc.property(any, (code) => {
        const text = written(code);
        const wide = Array.from(text)
          .map((one) => (one === '-' ? ' ' : String.fromCharCode(one.charCodeAt(0) + 0xfee0)))
          .join('');
        const typed = [
          text.toLowerCase(),
          wide,
          text.replaceAll('-', ''),
          text.replaceAll('0', 'o').replaceAll('1', 'l'),
          ` ${text.replaceAll('1', 'I')} `,
        ];
        for (const one of typed) expect(printedIn(one)).toEqual(code);
      }),
    );
  });

  test('with any one of its twenty characters wrong is told to be a slip', () => {
    fc.assert(
      fc.property(any, fc.nat(19), fc.integer({ min: 1, max: 31 }), (code, place, by) => {
        const text = written(code).replaceAll('-', '');
        const wrong = crockford[(crockford.indexOf(text[place] ?? '') + by) % 32] ?? '';
        expect(printedIn(text.slice(0, place) + wrong + text.slice(place + 1))).toEqual({
          typo: 'check',
          length: 20,
        });
      }),
    );
  });

  test('with any two of its characters in each other’s place is told to be a slip', () => {
    fc.assert(
      fc.property(any, fc.nat(18), fc.nat(18), (code, one, other) => {
        const letters = Array.from(written(code).replaceAll('-', ''));
        const [a = '', b = ''] = [letters[one], letters[other]];
        fc.pre(a !== b);
        [letters[one], letters[other]] = [b, a];
        expect(printedIn(letters.join(''))).toMatchObject({ typo: 'check' });
      }),
    );
  });

  test.each([
    ['', { typo: 'length', length: 0 }],
    ['A0B1C2D3E4F5G6', { typo: 'length', length: 14 }],
    ['0001-00G7-KX3M-92TR-QD5WX', { typo: 'length', length: 21 }],
    ['0001-00G7-KX3M-92TR-QD5U', { typo: 'character', length: 20 }],
    ['0001-00G7-KX3M-92TR-QD5券', { typo: 'character', length: 20 }],
  ])('%j is none: %j', (typed, told) => {
    expect(printedIn(typed)).toEqual(told);
  });

  test('draws on sixty bits of its own, though four codes share a seed', () => {
    const words = [4, 8, 12, 16, 20, 24, 28, 32] as unknown as Seed;
    const secrets = [0, 1, 2, 3, 4].map((number) => secretOfCode(words, number));
    expect(secrets).toEqual(['000001000002', '000003000004', '000005000006', '000007000008', '000001000002']);
  });
});
