/** 浮点零头: a till that reckons in doubles means the fen it misses by less than a millionth, and nothing that is further off. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CanonicalEvent } from '../../schema/index.ts';
import { adapters } from '../../workers/receive/erp/index.ts';
import { fen, fenOfYuan as cellOfYuan } from '../../workers/receive/files/cells.ts';
import { fenOfYuan, toFen, toQuantity } from '../../workers/receive/mapping/values/convert.ts';
import { line, sale } from '../support/builders.ts';
import { absencesOf } from '../support/erp/fixtures.ts';
import { fixture, tell } from '../support/erp/tell.ts';

/** How far a number may be off, in tenths of a billionth of a unit, and how far it must not be. */
const perUnit = 10_000_000_000n;
const noise = fc.integer({ min: -10_000, max: 10_000 });
const more = fc.integer({ min: 10_001, max: 5_000_000_000 }).chain((off) => fc.constantFrom(off, -off));
const whole = fc.integer({ min: -10_000_000_000, max: 10_000_000_000 });

/** `units` and so much more, as decimal text of something of which it takes `10 ** places` units. */
function decimal(units: number, off: number, places: number): string {
  const all = BigInt(units) * perUnit + BigInt(off);
  const digits = String(all < 0n ? -all : all).padStart(places + 11, '0');
  const point = digits.length - places - 10;
  return `${all < 0n ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`;
}

const clock = { zone: '', origin: '1900' } as const;
const readers = [
  ['yuan of an adapter', 2, fenOfYuan],
  ['fen of an adapter', 0, toFen],
  ['yuan of a file', 2, (text: string) => cellOfYuan(text, clock)],
  ['fen of a file', 0, (text: string) => fen(text, clock)],
] as const;

describe.each(readers)('%s', (_, places, read) => {
  test('any whole number of fen is read through noise of up to a millionth of a fen', () => {
    fc.assert(
      fc.property(whole, noise, (fenMeant, off) => {
        const got = read(decimal(fenMeant, off, places));
        // 0 has one sign.
        expect(got.ok && Number(got.value) + 0).toBe(fenMeant + 0);
      }),
    );
  });

  test('what is off by more is refused in words', () => {
    fc.assert(
      fc.property(whole, more, (fenMeant, off) => {
        expect(read(decimal(fenMeant, off, places))).toEqual({ ok: false, why: expect.any(String) });
      }),
    );
  });
});

test.each([
  ['19.990000000000002', 1999],
  ['103.60000000000001', 10_360],
  ['29.949999999999999', 2_995],
  ['2.9949999999999999e1', 2_995],
  // new BigDecimal(103.6), as Java writes it.
  ['103.599999999999994315658113919198513031005859375', 10_360],
  ['0.01000000000000000020816681711721685133725404739379882812', 1],
  ['1.00000', 100],
  ['-0.0000000001', 0],
])('%s yuan are %i fen', (text, fenMeant) => {
  expect(fenOfYuan(text)).toEqual({ ok: true, value: fenMeant });
});

test('noise is no remainder: it is not rounded down or up with the rest', () => {
  const rounded = (text: string, rounding: 'down' | 'up' | 'half_up') => fenOfYuan(text, { rounding });
  expect(rounded('19.989999999999998', 'down')).toEqual({ ok: true, value: 1999 });
  expect(rounded('19.990000000000002', 'up')).toEqual({ ok: true, value: 1999 });
  expect(rounded('19.995', 'half_up')).toEqual({ ok: true, value: 2000 });
});

const paid = (paidFen: number) => {
  const event = sale();
  return CanonicalEvent.safeParse({ ...event, data: { ...event.data, amounts: { paidFen } } });
};

test('the canonical event reads fen as doubles in the same way, and says what they should be', () => {
  const few = fc.integer({ min: 0, max: 1_000_000 });
  // A double of that size does not tell the last tenths of a billionth apart.
  const clearly = fc.integer({ min: 10_010, max: 5_000_000_000 });
  fc.assert(
    fc.property(few, fc.integer({ min: -9_990, max: 9_990 }), (fenMeant, off) => {
      expect(paid(fenMeant + off / 1e10).data).toMatchObject({ data: { amounts: { paidFen: fenMeant } } });
    }),
  );
  fc.assert(
    fc.property(few, clearly, (fenMeant, off) => {
      expect(paid(fenMeant + off / 1e10).error?.issues).toEqual([
        expect.objectContaining({
          path: ['data', 'amounts', 'paidFen'],
          message: 'must be a whole number of fen, for example 1999 for 19.99 yuan',
        }),
      ]);
    }),
  );
});

test('a weight is read through noise of up to a millionth of a gram, and a finer one is refused', () => {
  const weighed = (quantity: string) =>
    CanonicalEvent.safeParse(sale({ lines: [line({ quantity, amountFen: 1 })] }));
  for (const quantity of ['0.30000000000000004', '0.299999999999999988897769753748']) {
    expect(weighed(quantity).data).toMatchObject({ data: { lines: [{ quantity: 300 }] } });
    expect(toQuantity(quantity)).toEqual({ ok: true, value: '0.3' });
  }
  expect(weighed('0.3004').success).toBe(false);
  expect(toQuantity('0.3004').ok).toBe(false);
});

const decimals = /(?<![\d.:T-])(\d+)\.(\d{1,3})(?![\d.])/g;

describe.each(adapters.map(({ name }) => name))('%s', (name) => {
  test('understands the same sale when every decimal has noise behind it', async () => {
    const plain = fixture(name, absencesOf(name).has('sale') ? 'refund' : 'sale');
    const noisy = {
      ...plain,
      text: plain.text.replaceAll(
        decimals,
        (_, yuan: string, part: string) => `${yuan}.${part.padEnd(3, '0')}00000000000004`,
      ),
    };
    const meant = (await tell(plain)).kept.map(({ normalised }) => normalised);
    expect((await tell(noisy)).kept.map(({ normalised }) => normalised)).toEqual(meant);
  });
});
