/** 券的一生, in thousands of lives: whatever tills, customers, the office and the clock do, each coupon is where a small model says it is. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  EventId,
  type Coupon,
  type CouponId,
  type CouponRef,
  type DomainEvent,
  type StoreId,
  type TemplateId,
} from '../../../schema/index.ts';
import { talliesBy } from '../../../workers/db/coupons/tallies.ts';
import { isLocked } from '../../../workers/decide/coupons/life.ts';
import { heldCoupons } from '../../../workers/decide/awards/coupons.ts';
import { line, refund, sale, voided, type Body } from '../../support/builders.ts';
import {
  batchId,
  campaignId,
  furnishedWorld,
  houseInMemory,
  houseOfRows,
  type House,
} from '../../support/coupon-houses.ts';
import { CouponModel, minuteMs, rules, sold } from '../../support/coupon-model.ts';
import { sqliteDb } from '../../support/sqlite.ts';

const sequences = 2_000;
const sequencesStored = 25;
const dayMs = 24 * 60 * minuteMs;
const start = Date.parse('2026-11-22T15:00:00+08:00');
const startDay = Date.parse('2026-11-22T00:00:00+08:00');

const piece = fc.nat(9);
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
      template: fc.constantFrom('any', 'alone', 'other'),
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
  { weight: 2, arbitrary: fc.record({ do: fc.constant('claim' as const), holder }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('buy' as const), no: receipt, holder }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('payBack' as const), no: receipt }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('revoke' as const), piece }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('merge' as const) }) },
);
type Act = typeof act extends fc.Arbitrary<infer Value> ? Value : never;

const told = (at: number, number: number) => ({
  id: EventId.parse(`ev_${number}`),
  namespace: 'pos',
  occurredAt: at,
});

/** Two days to a midnight. */
const windowAt = (now: number): readonly [number, number] => [
  now,
  startDay + (Math.floor((now - startDay) / dayMs) + 2) * dayMs,
];

/** What everybody begins with. */
const given: readonly Act[] = [
  { do: 'issue', holder: 'M1', template: 'any' },
  { do: 'issue', holder: 'M1', template: 'any' },
  { do: 'issue', holder: 'M1', template: 'any' },
  { do: 'issue', holder: 'M1', template: 'alone' },
  { do: 'issue', holder: 'M1', template: 'other' },
  { do: 'issue', holder: 'M2', template: 'other' },
];

type Told = { readonly [Name in Act['do']]: Act & { readonly do: Name } };

/** One house and the model, side by side. */
class Life {
  readonly model = new CouponModel();
  private now = start;
  private count = 0;
  /** Theirs, in the order in which the model has its own. */
  private readonly codes: CouponId[] = [];

  private readonly house: House;

  constructor(house: House) {
    this.house = house;
  }

  async begin(): Promise<void> {
    for (const externalId of ['M1', 'M2'])
      await this.body({ type: 'member.created', id: externalId, occurredAt: '', data: { externalId } });
  }

  async live(one: Act): Promise<void> {
    this.now += 1_000;
    await this.happen(one);
    const known = new Set(this.codes);
    this.codes.push(...this.house.coupons().flatMap(({ id }) => (known.has(id) ? [] : [id])));
  }

  private async happen(one: Act): Promise<void> {
    const { house, model, now } = this;
    switch (one.do) {
      case 'issue':
        return this.issue(one);
      case 'claim': {
        const of = { memberId: house.memberOf(one.holder), batchId, number: null, placement: null };
        await this.tell({ ...this.next(), type: 'coupon.claimed', ...of });
        return model.claim(one.holder, windowAt(now));
      }
      case 'lock':
        await this.present({ act: 'lock', minutes: one.minutes }, one);
        return model.lock(model.pieces[one.piece], one.ref, now, one.minutes);
      case 'release':
        await this.present({ act: 'release' }, one);
        return model.release(model.pieces[one.piece], one.ref, now);
      case 'redeem':
        await this.present({ act: 'redeem', lines: null, payableFen: one.fen, isPartner: false }, one);
        return model.redeem(model.pieces[one.piece], one.ref, now, one.fen);
      case 'undo':
        await this.present({ act: 'undo' }, one);
        return model.undo(model.pieces[one.piece], one.ref, now);
      case 'sale':
        return this.sell(one);
      case 'void':
      case 'full':
      case 'part':
        return this.back(one);
      case 'buy':
      case 'payBack':
        return this.prepaid(one);
      case 'revoke': {
        const couponId = this.codes[one.piece];
        if (couponId !== undefined)
          await this.tell({ ...this.next(), type: 'coupon.revoked', couponId, by: '老板', reason: '试' });
        return model.revoke(model.pieces[one.piece], now);
      }
      case 'withdraw':
        return this.withdraw();
      case 'wait':
        this.now += one.ms;
        return undefined;
      case 'merge': {
        const [from, into] = [{ externalId: 'M2' }, { externalId: 'M1' }];
        await this.tell({ ...this.next(), type: 'member.merged', from, into });
        return model.merge('M2', 'M1');
      }
      default:
        return one satisfies never;
    }
  }

  private async issue({ holder: whose, template }: Told['issue']): Promise<void> {
    const memberId = this.house.memberOf(whose);
    const of = { memberId, templateId: template as TemplateId, count: 1, storeId: null };
    await this.tell({ ...this.next(), type: 'coupon.granted', ...of });
    this.model.issue(whose, template, windowAt(this.now));
  }

  private async sell({ no, lines, isCart, buyer, pieces }: Told['sale']): Promise<void> {
    await this.body(
      sale({
        orderNo: no,
        member: buyer === null ? null : { externalId: buyer },
        lines: lines.map((amountFen) => line({ amountFen })),
        couponCodes: pieces.flatMap((place) => this.codes[place] ?? []),
        ...(isCart && { cartId: 'K' }),
      }),
    );
    const { model, now } = this;
    const named = pieces.flatMap((place) => model.pieces[place] ?? []);
    const cart = isCart ? 'cart:pos:K' : null;
    model.sale(`sale:pos:${no}`, cart, named, buyer, lines, now, windowAt(now));
  }

  private async back({ do: how, no }: Told['void' | 'full' | 'part']): Promise<void> {
    const receipt = this.model.receipts.get(`sale:pos:${no}`);
    // What comes before its sale waits in the inbox, which memory has not.
    if (!receipt) return;
    const [, amountFen] = receipt.lines;
    const part = { refundNo: `P${no}`, lines: [line({ originalLineNo: '2', amountFen })] };
    await this.body(
      {
        void: () => voided({ orderNo: no }),
        full: () => refund({ orderNo: no, refundNo: `F${no}` }),
        part: () => refund({ orderNo: no, ...part }),
      }[how](),
    );
    this.model.back(`sale:pos:${no}`, how);
  }

  private async prepaid(one: Told['buy' | 'payBack']): Promise<void> {
    const common = { occurredAt: '', id: `${one.do}-${one.no}-${String(this.count)}` };
    const ofStore = { saleNo: one.no, store: { id: '8005', name: '天河店' } };
    if (one.do === 'payBack') {
      await this.body({ ...common, type: 'voucher.refunded', data: ofStore });
      return this.model.payBack(one.no, this.now);
    }
    const data = {
      ...ofStore,
      templateId: sold.template,
      count: sold.count,
      member: { externalId: one.holder },
    };
    await this.body({ ...common, type: 'voucher.sold', data });
    return this.model.buy(one.holder, one.no, windowAt(this.now));
  }

  /** As the chore does it, cause by cause. */
  private async withdraw(): Promise<void> {
    const standing = this.house.grants().filter(({ times }) => times > 0);
    // Where nothing was given, there is nothing to take back, and nobody begins.
    if (standing.length === 0) return;
    await this.house.withdraw(this.now);
    for (const { cause, memberId, awards } of standing) {
      const couponIds = heldCoupons(awards['coupons']).map(([id]) => id);
      const saleId = cause.slice('sale:'.length) as never;
      const of = { campaignId, cause, saleId, memberId, couponIds, marks: {} };
      await this.tell({ ...this.next(), type: 'grant.withdrawn', ...of });
    }
    this.model.withdraw();
  }

  private next() {
    this.count += 1;
    return told(this.now, this.count);
  }

  private async tell(event: DomainEvent): Promise<void> {
    await this.house.tell(event, this.now);
  }

  private async body(body: Body): Promise<void> {
    await this.house.tellBody(body, this.next().id, this.now);
  }

  private async present(
    wish: object,
    { piece: place, ref: own }: { piece: number; ref: CouponRef },
  ): Promise<void> {
    const couponId = this.codes[place];
    if (couponId === undefined) return;
    const common = {
      type: 'coupon.presented',
      couponId,
      ref: own,
      storeId: '8005' as StoreId,
      by: null,
    } as const;
    // One of the wishes above.
    await this.tell({ ...this.next(), ...common, ...wish } as DomainEvent);
  }

  /** In the order in which they were given; of their codes nothing is said. */
  coupons(): Coupon[] {
    const all = new Map(this.house.coupons().map((coupon) => [coupon.id, coupon]));
    return this.codes.flatMap((id) => all.get(id) ?? []);
  }

  standing() {
    const seen = this.coupons().map((coupon) => {
      const lock = isLocked(coupon, this.now) ? { ref: coupon.lockedFor, until: coupon.lockedUntil } : null;
      return {
        template: coupon.templateId,
        usedFor: coupon.usedFor,
        isOver: coupon.state === 'revoked',
        lock,
      };
    });
    const expected = this.model.pieces.map(({ template, usedFor, isOver, lock }) => ({
      template,
      usedFor,
      isOver,
      lock: !isOver && usedFor === null && lock !== null && lock.until > this.now ? lock : null,
    }));
    return { seen, expected };
  }
}

async function lived(house: House, acts: readonly Act[]): Promise<Life> {
  const life = new Life(house);
  await life.begin();
  for (const one of [...given, ...acts]) await life.live(one);
  return life;
}

function tallied(coupons: readonly Coupon[], by: (coupon: Coupon) => string | null) {
  const groups = Map.groupBy(coupons, by);
  groups.delete(null);
  const stand = (all: readonly Coupon[], state: Coupon['state']): number =>
    all.filter((coupon) => coupon.state === state).length;
  return new Map(
    [...groups].map(([key, all]) => [
      key,
      { sent: all.length, revoked: stand(all, 'revoked'), used: stand(all, 'used') },
    ]),
  );
}

const lives = fc.array(act, { minLength: 6, maxLength: 30, size: 'max' });

test(`${sequences} lives of coupons in a shop with two members, three receipts and a cart end where the model ends`, async () => {
  const base = await furnishedWorld();
  await fc.assert(
    fc.asyncProperty(lives, async (acts) => {
      const { seen, expected } = (await lived(houseInMemory(base), acts)).standing();
      expect(seen).toEqual(expected);
    }),
    { numRuns: sequences },
  );
}, 120_000);

test(`what ${sequencesStored} of them leave in the database is what they leave in memory, column for column`, async () => {
  const base = await furnishedWorld();
  const db = sqliteDb();
  // Members and codes are drawn from the secret of each house.
  const plain = (life: Life) =>
    life.coupons().map((coupon) => ({ ...coupon, id: '', memberId: '', campaignId: coupon.campaignId }));
  await fc.assert(
    fc.asyncProperty(lives, async (acts) => {
      const stored = await lived(await houseOfRows(db), acts);
      expect(plain(stored)).toEqual(plain(await lived(houseInMemory(base), acts)));
      const { seen, expected } = stored.standing();
      expect(seen).toEqual(expected);
      // Whoever gave them, each stands in its tally once.
      expect(await talliesBy(db, 'template', Object.keys(rules))).toEqual(
        tallied(stored.coupons(), ({ templateId }) => templateId),
      );
      expect(await talliesBy(db, 'campaign', [campaignId])).toEqual(
        tallied(stored.coupons(), (coupon) => coupon.campaignId),
      );
    }),
    { numRuns: sequencesStored },
  );
}, 120_000);
