/** 券的一生, in thousands of lives: whatever tills, customers and the clock do, each coupon is where a small model says it is. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  defaultTimezone,
  EventId,
  type Coupon,
  type CouponRef,
  type DomainEvent,
  type InboxEvent,
  type StoreId,
  type TemplateId,
} from '../../../schema/index.ts';
import { fold } from '../../../workers/decide/fold.ts';
import { isLocked } from '../../../workers/decide/coupons/life.ts';
import type { World } from '../../../workers/decide/world.ts';
import { line, refund, sale, template, voided, type Body } from '../../support/builders.ts';
import { CouponModel, minuteMs, rules } from '../../support/coupon-model.ts';
import { emptyWorld } from '../../support/worlds.ts';
import { toNormalised } from '../../../workers/receive/erp/kernel/canonical.ts';

const sequences = 2_000;
const dayMs = 24 * 60 * minuteMs;
const start = Date.parse('2026-11-22T15:00:00+08:00');

const templates = new Map(
  Object.entries(rules).map(([id, { minFen, stacks, perSale, giveBack, onPartial }]) => {
    const { definition } = template(id, {
      valueFen: 300,
      minSpendFen: minFen,
      stacksWith: stacks,
      perSale,
      giveBack,
      onPartialReturn: onPartial,
      validity: { relative: { afterDays: 0, forDays: 2 } },
    });
    return [id as TemplateId, definition];
  }),
);

/** Any seed will do, as long as it is the same for the same cause. */
class AnySeeds extends Map<string, World['seeds'] extends ReadonlyMap<string, infer Seed> ? Seed : never> {
  override get(cause: string) {
    let mixed = 7;
    for (const letter of cause) mixed = (Math.imul(mixed, 31) + (letter.codePointAt(0) ?? 0)) | 0;
    return [mixed, mixed ^ 1, mixed ^ 2, mixed ^ 3, mixed ^ 4, mixed ^ 5, mixed ^ 6, mixed ^ 7] as const;
  }
}

const piece = fc.nat(5);
const receipt = fc.constantFrom('A', 'B');
const holder = fc.constantFrom('M1', 'M2');
const ref = fc.oneof(
  receipt.map((no): CouponRef => `sale:pos:${no}`),
  fc.constant<CouponRef>('cart:pos:K'),
);
const fen = fc.integer({ min: 2_000, max: 9_000 });
const act = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('issue' as const),
      holder,
      template: fc.constantFrom(...Object.keys(rules)),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('lock' as const),
      piece,
      ref,
      minutes: fc.integer({ min: 1, max: 60 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('release' as const), piece, ref }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('redeem' as const), piece, ref, fen }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('undo' as const), piece, ref }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('sale' as const),
      no: receipt,
      isCart: fc.boolean(),
      pieces: fc.array(piece, { maxLength: 4 }),
      buyer: fc.option(holder),
      lines: fc.tuple(fen, fen),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('void' as const, 'full' as const, 'part' as const),
      no: receipt,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(minuteMs, 25 * minuteMs, 25 * minuteMs, dayMs),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('merge' as const) }) },
);
type Act = typeof act extends fc.Arbitrary<infer Value> ? Value : never;

const told = (at: number, number: number) => ({
  id: EventId.parse(`ev_${number}`),
  namespace: 'pos',
  occurredAt: at,
});

/** What everybody begins with. */
const given: readonly Act[] = [
  { do: 'issue', holder: 'M1', template: 'any' },
  { do: 'issue', holder: 'M1', template: 'any' },
  { do: 'issue', holder: 'M1', template: 'any' },
  { do: 'issue', holder: 'M1', template: 'alone' },
  { do: 'issue', holder: 'M1', template: 'other' },
  { do: 'issue', holder: 'M2', template: 'other' },
];

/** Every map of it, with nothing in it. */
const emptied = (base: World): World =>
  Object.fromEntries(
    Object.entries(base).map(([name, value]): [string, unknown] => [
      name,
      value instanceof Map ? new Map() : value,
    ]),
  ) as unknown as World;

/** As the receiver would hand it to the engine. */
function domainOf(body: Body, id: string, now: number): DomainEvent {
  const row = { id: EventId.parse(id), receivedAt: now } as InboxEvent;
  const numbers = { namespace: 'pos', numbering: 'unique', zone: defaultTimezone } as const;
  const made = toNormalised(row, numbers, { ...body, occurredAt: new Date(now).toISOString() });
  if (!('event' in made)) throw new Error(JSON.stringify(made));
  return made.event;
}

/** The world and the model, side by side. */
function live(base: World, acts: readonly Act[]) {
  const model = new CouponModel();
  const world: World = {
    ...emptied(base),
    config: { ...base.config, templates },
    seeds: new AnySeeds(),
  };
  let now = start;
  let count = 0;
  const codes: Coupon['id'][] = [];
  const tell = (event: DomainEvent): void => void fold({ ...world, now }, [event]);
  const tellBody = (body: Body): void => tell(domainOf(body, `ev_${(count += 1)}`, now));
  const present = (wish: object, place: number, own: CouponRef): void => {
    const couponId = codes[place];
    if (couponId === undefined) return;
    const common = {
      type: 'coupon.presented',
      couponId,
      ref: own,
      storeId: '8005' as StoreId,
      by: null,
    } as const;
    // One of the wishes below.
    tell({ ...told(now, (count += 1)), ...common, ...wish } as DomainEvent);
  };
  for (const externalId of ['M1', 'M2'])
    tellBody({ type: 'member.created', id: externalId, occurredAt: '', data: { externalId } });
  const memberOf = (externalId: string) => world.identities.get(`ext:pos:${externalId}` as never);
  const all = [...given, ...acts];
  for (const one of all) {
    now += 1_000;
    switch (one.do) {
      case 'issue': {
        const before = new Set(world.coupons.keys());
        const memberId = memberOf(one.holder);
        if (memberId === undefined) break;
        tell({
          ...told(now, (count += 1)),
          type: 'coupon.granted',
          memberId,
          templateId: one.template as TemplateId,
          count: 1,
          storeId: null,
        });
        const made = [...world.coupons.values()].find(({ id }) => !before.has(id));
        if (!made) throw new Error('nothing was given');
        codes.push(made.id);
        // Two days to a midnight.
        model.issue(
          one.holder,
          one.template,
          now,
          Date.parse('2026-11-22T00:00:00+08:00') +
            (Math.floor((now + 8 * 60 * minuteMs) / dayMs) -
              Math.floor((start + 8 * 60 * minuteMs) / dayMs) +
              2) *
              dayMs,
        );
        break;
      }
      case 'lock':
        present({ act: 'lock', minutes: one.minutes }, one.piece, one.ref);
        model.lock(model.pieces[one.piece], one.ref, now, one.minutes);
        break;
      case 'release':
        present({ act: 'release' }, one.piece, one.ref);
        model.release(model.pieces[one.piece], one.ref, now);
        break;
      case 'redeem':
        present({ act: 'redeem', lines: null, payableFen: one.fen, isPartner: false }, one.piece, one.ref);
        model.redeem(model.pieces[one.piece], one.ref, now, one.fen);
        break;
      case 'undo':
        present({ act: 'undo' }, one.piece, one.ref);
        model.undo(model.pieces[one.piece], one.ref, now);
        break;
      case 'sale': {
        const { no, lines, isCart, buyer, pieces } = one;
        tellBody(
          sale({
            orderNo: no,
            member: buyer === null ? null : { externalId: buyer },
            lines: lines.map((amountFen) => line({ amountFen })),
            couponCodes: pieces.flatMap((place) => codes[place] ?? []),
            ...(isCart && { cartId: 'K' }),
          }),
        );
        const named = pieces.flatMap((place) => model.pieces[place] ?? []);
        model.sale(`sale:pos:${no}`, isCart ? 'cart:pos:K' : null, named, buyer, lines, now);
        break;
      }
      case 'void':
        tellBody(voided({ orderNo: one.no }));
        model.back(`sale:pos:${one.no}`, 'void');
        break;
      case 'full':
        tellBody(refund({ orderNo: one.no, refundNo: `F${one.no}` }));
        model.back(`sale:pos:${one.no}`, 'full');
        break;
      case 'part': {
        const amountFen = model.receipts.get(`sale:pos:${one.no}`)?.lines[1] ?? 0;
        tellBody(
          refund({
            orderNo: one.no,
            refundNo: `P${one.no}`,
            lines: [line({ originalLineNo: '2', amountFen })],
          }),
        );
        model.back(`sale:pos:${one.no}`, 'part');
        break;
      }
      case 'wait':
        now += one.ms;
        break;
      case 'merge':
        tell({
          ...told(now, (count += 1)),
          type: 'member.merged',
          from: { externalId: 'M2' },
          into: { externalId: 'M1' },
        });
        model.merge('M2', 'M1');
        break;
      default:
        one satisfies never;
    }
  }
  const seen = codes.map((code) => {
    const coupon = world.coupons.get(code);
    if (!coupon) throw new Error(`${code} is gone`);
    const lock = isLocked(coupon, now) ? { ref: coupon.lockedFor, until: coupon.lockedUntil } : null;
    return { usedFor: coupon.usedFor, lock };
  });
  const expected = model.pieces.map(({ usedFor, lock }) => ({
    usedFor,
    lock: usedFor === null && lock !== null && lock.until > now ? lock : null,
  }));
  return { seen, expected };
}

test(`${sequences} lives of coupons in a shop with two members, three receipts and a cart end where the model ends`, async () => {
  const base = await emptyWorld();
  fc.assert(
    fc.property(fc.array(act, { minLength: 6, maxLength: 24, size: 'max' }), (acts) => {
      const { seen, expected } = live(base, acts);
      expect(seen).toEqual(expected);
    }),
    { numRuns: sequences },
  );
});
