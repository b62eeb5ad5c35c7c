/** 储值: whatever is put in, spent, given back, called off, paid out and joined, the sums are those of a small model, and add up. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sale } from '../../support/builders.ts';
import { ledgerFaults, memberId } from '../../support/shop.ts';
import { openOffice, type Json, type Office } from '../support.ts';

type Parts = { p: number; b: number };
type Model = {
  cards: Parts[];
  spent: { of: number; parts: Parts; back: Parts }[];
  puts: { of: number; parts: Parts; isOff: boolean }[];
  sums: { in: number; spent: number; back: number; out: number; lost: number }[];
  isOne: boolean;
};

const step = fc.oneof(
  fc.record({ do: fc.constant('put' as const), who: fc.nat(1), p: fc.nat(500), b: fc.nat(500) }),
  fc.record({ do: fc.constant('spend' as const), who: fc.nat(1), fen: fc.integer({ min: 1, max: 600 }) }),
  fc.record({ do: fc.constant('back' as const), which: fc.nat(5), fen: fc.integer({ min: 1, max: 400 }) }),
  fc.record({ do: fc.constant('off' as const), which: fc.nat(5) }),
  fc.record({ do: fc.constant('out' as const), who: fc.nat(1), fen: fc.integer({ min: 1, max: 300 }) }),
  fc.record({ do: fc.constant('join' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

const total = ({ p, b }: Parts): number => p + b;
const move = (card: Parts, { p, b }: Parts, sign: 1 | -1): void => {
  card.p += sign * p;
  card.b += sign * b;
};

/** Whether it is done. Principal is spent first. */
function play(model: Model, one: Step): boolean {
  const at = (who: number): number => (model.isOne ? 0 : who);
  const card = (who: number): Parts => model.cards[at(who)] ?? { p: 0, b: 0 };
  const sums = (who: number) => model.sums[at(who)] ?? { in: 0, spent: 0, back: 0, out: 0, lost: 0 };
  switch (one.do) {
    case 'put': {
      if (one.p + one.b === 0) return false;
      const parts = { p: one.p, b: one.b };
      model.puts.push({ of: one.who, parts, isOff: false });
      move(card(one.who), parts, 1);
      sums(one.who).in += total(parts);
      return true;
    }
    case 'spend': {
      const held = card(one.who);
      if (one.fen > total(held)) return false;
      const p = Math.min(held.p, one.fen);
      const parts = { p, b: one.fen - p };
      model.spent.push({ of: one.who, parts, back: { p: 0, b: 0 } });
      move(held, parts, -1);
      sums(one.who).spent += one.fen;
      return true;
    }
    case 'back': {
      const spent = model.spent[one.which];
      if (!spent) return false;
      const open = { p: spent.parts.p - spent.back.p, b: spent.parts.b - spent.back.b };
      if (one.fen > total(open)) return false;
      // The larger remainder gets the fen; of two the same, principal.
      const exact = (one.fen * open.p) / total(open);
      const p = exact - Math.floor(exact) >= 0.5 ? Math.ceil(exact) : Math.floor(exact);
      const parts = { p, b: one.fen - p };
      move(spent.back, parts, 1);
      move(card(spent.of), parts, 1);
      sums(spent.of).back += one.fen;
      return true;
    }
    case 'off': {
      const put = model.puts[one.which];
      if (!put) return false;
      if (put.isOff) return true;
      const held = card(put.of);
      if (put.parts.p > held.p || put.parts.b > held.b) return false;
      put.isOff = true;
      move(held, put.parts, -1);
      sums(put.of).in -= total(put.parts);
      return true;
    }
    case 'out': {
      const held = card(one.who);
      if (one.fen > held.p) return false;
      const parts = { p: one.fen, b: Math.ceil((held.b * one.fen) / held.p) };
      move(held, parts, -1);
      sums(one.who).out += parts.p;
      sums(one.who).lost += parts.b;
      return true;
    }
    case 'join': {
      if (model.isOne) return false;
      const [first, second] = model.cards;
      const [mine, theirs] = model.sums;
      if (first && second) move(first, second, 1);
      if (mine && theirs)
        for (const key of ['in', 'spent', 'back', 'out', 'lost'] as const) mine[key] += theirs[key];
      model.isOne = true;
      return true;
    }
  }
}

const who = ['M1', 'M2'];
type Told = { readonly type: string; readonly data: object };

/** As a till tells it; numbers are the places in the model. */
function asTold(model: Model, one: Step, id: number): Told {
  const of = (place: number) => ({ store: { id: '8005' }, member: { externalId: who[place] ?? '' } });
  switch (one.do) {
    case 'put':
      return {
        type: 'stored_value.recharged',
        data: { ...of(one.who), rechargeNo: `C${model.puts.length}`, principalFen: one.p, bonusFen: one.b },
      };
    case 'spend':
      return {
        type: 'stored_value.spent',
        data: { ...of(one.who), spendNo: `S${model.spent.length}`, amountFen: one.fen },
      };
    case 'back':
      return {
        type: 'stored_value.refunded',
        data: { store: { id: '8005' }, refundNo: `T${id}`, spendNo: `S${one.which}`, amountFen: one.fen },
      };
    case 'off':
      return { type: 'stored_value.reversed', data: { rechargeNo: `C${one.which}` } };
    case 'out':
      return {
        type: 'stored_value.cashed_out',
        data: { ...of(one.who), cashOutNo: `K${id}`, principalFen: one.fen },
      };
    case 'join':
      return { type: 'member.merged', data: { from: { externalId: 'M2' }, into: { externalId: 'M1' } } };
  }
}

async function sumsOf({ shop, pos }: Office, name: string): Promise<Json> {
  return (await pos('GET', `/members/${memberId(shop.db, `ext:pos:${name}`)}/stored-value`)).json;
}

const expected = (model: Model, place: number) => {
  const { p, b } = model.cards[place] ?? { p: 0, b: 0 };
  const sums = model.sums[place] ?? { in: 0, spent: 0, back: 0, out: 0, lost: 0 };
  return {
    principalFen: p,
    bonusFen: b,
    leftFen: p + b,
    in: sums.in,
    spentFen: sums.spent,
    backFen: sums.back,
    cashedOutFen: sums.out,
    forfeitedFen: sums.lost,
  };
};

test('random histories of two members who may become one end as the model does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
      const office = await openOffice();
      const { shop } = office;
      await shop.tell(
        sale({ orderNo: 'a', member: { externalId: 'M1' } }),
        sale({ orderNo: 'b', member: { externalId: 'M2' } }),
      );
      const none = () => ({ in: 0, spent: 0, back: 0, out: 0, lost: 0 });
      const model: Model = {
        cards: [
          { p: 0, b: 0 },
          { p: 0, b: 0 },
        ],
        spent: [],
        puts: [],
        sums: [none(), none()],
        isOne: false,
      };
      for (const [id, one] of steps.entries()) {
        const told = asTold(model, one, id);
        play(model, one);
        await shop.tell({ ...told, id: `e${id}`, occurredAt: '2026-11-22T15:00:00+08:00' } as never);
      }
      for (const [place, name] of who.entries()) {
        if (model.isOne && place === 1) continue;
        const { rechargedFen, givenFen, ...sums } = await sumsOf(office, name);
        expect({ ...sums, in: Number(rechargedFen) + Number(givenFen) }).toMatchObject(
          expected(model, place),
        );
        const [spent, back, out, lost, left] = [
          'spentFen',
          'backFen',
          'cashedOutFen',
          'forfeitedFen',
          'leftFen',
        ].map((key) => Number(sums[key]));
        expect(
          Number(rechargedFen) + Number(givenFen) - (spent ?? 0) + (back ?? 0) - (out ?? 0) - (lost ?? 0),
        ).toBe(left);
      }
      expect(ledgerFaults(shop.db)).toEqual([]);
    }),
    { numRuns: 25 },
  );
});
