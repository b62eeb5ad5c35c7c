/**
 * 套餐, 超级会员 and 邀请 in any history: what is left of each item, what would be paid back, when her membership ends and what the
 * wallet holds are those of three small models, and a database that is read anew for every event has what memory has.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  ReferralSettings,
  SuperMembershipSettings,
  identities,
  members as memberTable,
  type DomainEvent,
  type EventId,
  type IdentityKey,
  type MemberId,
  type MerchantSettings,
  type PackageId,
  type PackageUseId,
  type ReferralDueAt,
  type SuperMembershipId,
} from '../../../schema/index.ts';
import { headsIn } from '../../../workers/db/documents/member-documents.ts';
import { insertSet } from '../../../workers/db/set.ts';
import type { Config } from '../../../workers/decide/config.ts';
import { leftOf, refundOf } from '../../../workers/decide/packages/held.ts';
import { pairKey } from '../../../workers/decide/plain/keys.ts';
import { processGroup } from '../../../workers/engine/process.ts';
import { line, refund, sale, voided } from '../../support/builders.ts';
import { AnySeeds } from '../../support/coupon-houses.ts';
import { kinds, PackageModel, type Verdict } from '../../support/holdings/package-model.ts';
import { ReferralModel } from '../../support/holdings/referral-model.ts';
import { plans, SuperModel } from '../../support/holdings/super-model.ts';
import { nounRows } from '../../support/kept.ts';
import { eventOf, keyOf, memberIdOf, memberRow, PointsWorld } from '../../support/points-world.ts';
import { emptied, ledgerFaults, openShop, type Shop } from '../../support/shop.ts';
import { sqliteDb } from '../../support/sqlite.ts';

const sequences = 1_000;
const sequencesStored = 40;
const people = 2;
const friends = 3;
const hourMs = 3_600_000;
const start = Date.parse('2026-01-30T12:00:00+08:00');

const who = fc.nat(people - 1);
const friend = fc.nat(friends - 1);
const no = fc.nat(1);
const saleNo = fc.nat(4);
/** Sometimes somebody types the number of another package, or of somebody else. */
const isAstray = fc.constantFrom(false, false, false, false, true);
const pick = fc.nat(9);
const count = fc.constantFrom(1, 1, 1, 2, 3);
const some = <Name extends string, Rest extends object>(
  name: Name,
  rest: { [Key in keyof Rest]: fc.Arbitrary<Rest[Key]> },
) => fc.record({ do: fc.constant(name), ...rest } as never) as fc.Arbitrary<{ readonly do: Name } & Rest>;

const op = fc.oneof(
  {
    weight: 6,
    arbitrary: some('wait', { hours: fc.constantFrom(1, 1, 1, 11, 23, 24, 72, 7 * 24, 8 * 24, 40 * 24) }),
  },
  {
    weight: 3,
    arbitrary: some('sell', {
      no,
      who,
      fen: fc.constantFrom(0, 8_000, 30_000),
      days: fc.constantFrom(null, 1, 30),
    }),
  },
  {
    weight: 5,
    arbitrary: some('redeem', {
      no,
      count,
      place: fc.nat(1),
      number: fc.constantFrom('new', 'new', 'new', 'again', 'taken'),
    }),
  },
  { weight: 3, arbitrary: some('undo', { pick, isAstray, isOffice: fc.boolean() }) },
  { weight: 2, arbitrary: some('pay-back', { no, told: fc.constantFrom('nothing', 'right', 'wrong') }) },
  { weight: 4, arbitrary: some('buy-super', { no: saleNo, who, plan: fc.nat(plans.length - 1) }) },
  {
    weight: 3,
    arbitrary: some('end-super', { pick, isAstray, how: fc.constantFrom('undone', 'refunded', 'refunded') }),
  },
  { weight: 4, arbitrary: some('join', { friend, by: fc.constantFrom(0, 0, 1, null) }) },
  {
    weight: 6,
    arbitrary: some('buy', {
      friend,
      yuan: fc.integer({ min: 0, max: 300 }),
      ago: fc.constantFrom(0, 0, 0, 3),
    }),
  },
  { weight: 4, arbitrary: some('return', { pick, yuan: fc.integer({ min: 1, max: 300 }) }) },
  { weight: 1, arbitrary: some('void', { pick }) },
  { weight: 2, arbitrary: some('withdraw', { who, part: fc.constantFrom(0.5, 1) }) },
);
type Op = typeof op extends fc.Arbitrary<infer One> ? One : never;
type Told<Name extends Op['do']> = Extract<Op, { do: Name }>;

const history = fc.record({
  takeBack: fc.constantFrom('within_balance' as const, 'unlimited' as const),
  referral: fc.record({
    payAt: fc.constantFrom('registration' as const, 'purchase' as const),
    windowDays: fc.constantFrom(0, 7, 15),
    perMonth: fc.constantFrom(1, 2, 20),
    capFen: fc.constantFrom(null, 500),
    commissionDays: fc.constantFrom(20, 365),
  }),
  ops: fc.array(op, { minLength: 10, maxLength: 36, size: 'max' }),
});
type History = typeof history extends fc.Arbitrary<infer One> ? One : never;

const tiers = [
  { fromFriends: 1, walletFen: 200 },
  { fromFriends: 2, walletFen: 350 },
];
const settingsOf = ({ takeBack, referral }: History): Partial<MerchantSettings> => ({
  takeBack,
  referral: ReferralSettings.parse({ on: true, tiers, rateBps: 250, leastFen: 5_000, ...referral }),
  superMembership: SuperMembershipSettings.parse({ plans }),
});

type Order = { readonly no: string; readonly friend: number; kept: number; returns: number; isVoid: boolean };
type Also = (event: DomainEvent, now: number) => Promise<void>;

const phoneOf = (one: number): string => `1391234000${String(one)}`;
const store = { id: '8005', name: '天河店' };
/** What was asked for and became of it, in all histories together. */
const happened = new Map<string, number>();
const note = (what: string): void => void happened.set(what, (happened.get(what) ?? 0) + 1);

/** One history, in memory and by the models at once; `also` sees every event that a database is told, too. */
class Life {
  readonly shop: PointsWorld;
  readonly packages = new PackageModel();
  readonly memberships = new SuperModel();
  readonly referral: ReferralModel;
  /** 到点要看的邀请. */
  readonly dues: ReferralDueAt[] = [];
  now = start;
  private made = 0;
  private readonly orders: Order[] = [];
  /** Whatever became of it. */
  private readonly redeemed: { no: number; use: number; count: number; place: number }[] = [];
  private readonly looked = new Set<ReferralDueAt>();
  private readonly also: Also | null;

  constructor(given: History, config: Config, also: Also | null = null) {
    this.also = also;
    const settings = { ...config.settings, ...settingsOf(given) };
    this.shop = new PointsWorld({ ...config, settings }, start, people);
    this.shop.world = { ...this.shop.world, seeds: new AnySeeds() };
    const isUnlimited = given.takeBack === 'unlimited';
    this.referral = new ReferralModel(people, { referral: settings.referral, isUnlimited });
  }

  private get local(): string {
    return new Date(this.now + 8 * hourMs).toISOString().slice(0, 16).replace('T', ' ');
  }
  private get today(): string {
    return this.local.slice(0, 10);
  }
  memberOf = (one: number): MemberId | undefined =>
    this.shop.world.identities.get(`phone:${phoneOf(one)}` as IdentityKey);

  async live(ops: readonly Op[]): Promise<void> {
    for (const one of ops) {
      // Nothing happens at one moment with another thing.
      this.turn(60_000);
      await this.act(one);
      await this.look();
      this.compare();
    }
  }

  private turn(ms: number): void {
    this.now += ms;
    this.shop.turnTo(this.now);
  }

  private async tell(event: DomainEvent): Promise<string> {
    const outcome = this.shop.tell(event);
    this.dues.push(...this.shop.changes.notes.referralDues);
    await this.also?.(event, this.now);
    return outcome?.verdict ?? '';
  }

  private event(fields: object): DomainEvent {
    this.made += 1;
    const base = { id: `made_${String(this.made)}` as EventId, namespace: '', occurredAt: this.now };
    return { ...base, ...fields } as unknown as DomainEvent;
  }

  private async expected(name: Op['do'], fields: object, verdict: Verdict): Promise<void> {
    expect({ name, verdict: await this.tell(this.event(fields)) }).toEqual({ name, verdict });
    note(`${name} ${verdict}`);
  }

  private async act(one: Op): Promise<void> {
    switch (one.do) {
      case 'wait':
        return this.turn(one.hours * hourMs);
      case 'sell':
        return this.sell(one);
      case 'redeem':
        return this.redeem(one);
      case 'undo':
        return this.undo(one);
      case 'pay-back':
        return this.payBack(one);
      case 'buy-super': {
        const named = { membershipId: superIdOf(one.no), memberId: memberIdOf(one.who), storeId: store.id };
        const fields = {
          type: 'super_membership.bought',
          ...named,
          plan: plans[one.plan]?.name,
          paidFen: null,
        };
        return this.expected('buy-super', fields, this.memberships.buy(one.no, one.who, one.plan, this.now));
      }
      case 'end-super':
        return this.endSuper(one);
      case 'join':
        return this.join(one);
      case 'buy':
        return this.buy(one);
      case 'return':
      case 'void':
        return this.giveBack(one);
      case 'withdraw':
        return this.withdraw(one);
      default:
        one satisfies never;
    }
  }

  private async sell({ no: number, who: buyer, fen, days }: Told<'sell'>): Promise<void> {
    const until = days === null ? null : this.now + days * 24 * hourMs;
    const content = { id: `P${String(number % kinds.length)}`, items: kinds[number % kinds.length] };
    const data = {
      packageNo: `T${String(number)}`,
      store,
      package: content,
      paidFen: fen,
      validUntil: until,
    };
    const named = { packageId: packageIdOf(number), memberId: memberIdOf(buyer), isAsked: true };
    const verdict = this.packages.sell(number, buyer, fen, until);
    await this.expected('sell', { type: 'package.sold', ...named, data }, verdict);
  }

  private async redeem({ number: how, ...asked }: Told<'redeem'>): Promise<void> {
    const last = this.redeemed.at(-1);
    const use = how === 'new' || !last ? this.redeemed.length : last.use;
    const { no: number, count: pieces, place } = how === 'again' && last ? last : asked;
    this.redeemed.push({ no: number, use, count: pieces, place });
    const item = kinds[number % kinds.length]?.[place]?.id ?? '没有的';
    const data = { packageNo: `T${String(number)}`, store, item, count: pieces };
    const named = { packageId: packageIdOf(number), useId: useIdOf(use), isAsked: true, by: '小李' };
    const verdict = this.packages.redeem(number, { no: use, item, count: pieces, at: this.now });
    await this.expected('redeem', { type: 'package.redeemed', ...named, data }, verdict);
  }

  private async undo({ pick: place, isAstray: isOther, isOffice }: Told<'undo'>): Promise<void> {
    const asked = this.redeemed[place % Math.max(1, this.redeemed.length)];
    if (!asked) return;
    const of = isOther ? 1 - asked.no : asked.no;
    const use = { packageId: packageIdOf(of), useId: useIdOf(asked.use), storeId: store.id };
    const fields = { type: 'package_use.undone', ...use, ...(isOffice && { isOffice }) };
    await this.expected('undo', fields, this.packages.undo(of, asked.use, this.now, isOffice));
  }

  private async endSuper({ pick: place, isAstray: isOther, how }: Told<'end-super'>): Promise<void> {
    const { lines } = this.memberships;
    const sold = lines[place % Math.max(1, lines.length)] ?? { no: 0, who: 0 };
    const as = how as 'undone' | 'refunded';
    const whose = isOther ? 1 - sold.who : sold.who;
    const named = { membershipId: superIdOf(sold.no), memberId: memberIdOf(whose) };
    const fields = { type: 'super_membership.ended', ...named, as, backFen: null };
    await this.expected('end-super', fields, this.memberships.end(sold.no, whose, as, this.now));
  }

  private async payBack({ no: number, told }: Told<'pay-back'>): Promise<void> {
    const dueFen = this.packages.drawers.get(number)?.backFen ?? this.packages.dueFen(number);
    const refundedFen = told === 'nothing' ? null : dueFen + (told === 'wrong' ? 1 : 0);
    const fields = { packageId: packageIdOf(number), storeId: store.id, refundedFen };
    const verdict = this.packages.payBack(number, refundedFen);
    await this.expected('pay-back', { type: 'package.refunded', ...fields }, verdict);
  }

  private async join({ friend: one, by }: Told<'join'>): Promise<void> {
    const invitedBy = { inviterId: memberIdOf(by ?? 0), device: null, network: null };
    const blank = {
      openid: null,
      unionid: null,
      name: null,
      birthdayOn: null,
      storeId: null,
      associateId: null,
    };
    const asked = { phone: phoneOf(one), digests: [`digest-${String(one)}`], children: [], source: null };
    const event = { type: 'member.joined', ...blank, ...asked, ...(by !== null && { invitedBy }) };
    this.referral.join(one, by, this.now, this.today);
    await this.expected('join', event, 'applied');
  }

  private async buy({ friend: one, yuan, ago }: Told<'buy'>): Promise<void> {
    const soldAt = this.now - ago * 24 * hourMs;
    const order: Order = {
      no: `O${String(this.orders.length)}`,
      friend: one,
      kept: yuan * 100,
      returns: 0,
      isVoid: false,
    };
    this.orders.push(order);
    const when = new Date(soldAt + 8 * hourMs).toISOString().slice(0, 16).replace('T', ' ');
    const lines = [line({ sku: 'x', amountFen: order.kept })];
    await this.tell(
      eventOf(sale({ orderNo: order.no, at: when, member: { phone: phoneOf(one) }, lines }), this.now),
    );
    this.referral.known(one, soldAt);
    this.referral.sell(one, { no: order.no, day: when.slice(0, 10), soldAt, kept: order.kept }, this.today);
  }

  private async giveBack(one: Told<'return'> | Told<'void'>): Promise<void> {
    const order = this.orders[one.pick % Math.max(1, this.orders.length)];
    if (!order || order.isVoid) return;
    const { no: orderNo } = order;
    const back = one.do === 'void' ? order.kept : Math.min(order.kept, one.yuan * 100);
    if (one.do === 'return' && back === 0) return;
    order.kept -= back;
    order.isVoid = one.do === 'void';
    order.returns += 1;
    const refundNo = `${orderNo}-${String(order.returns)}`;
    const lines = [line({ sku: 'x', originalLineNo: '1', quantity: '0.001', amountFen: back })];
    const body = order.isVoid
      ? voided({ orderNo, at: this.local })
      : refund({ orderNo, refundNo, at: this.local, scope: 'partial', lines });
    await this.tell(eventOf(body, this.now));
    this.referral.giveBack(order.friend, orderNo, order.kept, this.today);
  }

  /** Money leaves the wallet: in memory only, for no shop of this test is connected to a bank. */
  private withdraw({ who: one, part }: Told<'withdraw'>): void {
    const fen = Math.floor((this.referral.wallets[one] ?? 0) * part);
    if (this.also !== null || fen <= 0) return;
    const money = { memberId: memberIdOf(one), account: 'wallet', delta: -fen, overdraft: false } as const;
    this.made += 1;
    const cause = `test:${String(this.made)}`;
    this.shop.follow([{ type: 'ledger.post', ...money, cause, at: this.now, storeId: null }]);
    this.referral.put(one, -fen);
  }

  /** As the chore does. */
  private async look(): Promise<void> {
    for (const due of this.dues.filter(({ dueAt }) => dueAt <= this.now)) {
      if (this.looked.has(due)) continue;
      this.looked.add(due);
      const referral = this.shop.world.referrals.get(due.id);
      if (!referral) throw new Error(`nobody was brought by ${due.id}`);
      const { memberId: inviterId, inviteeId } = referral;
      await this.tell(
        this.event({ type: 'referral.due', referralId: due.id, inviteeId, inviterId, alike: null }),
      );
      const found = Array.from({ length: friends }, (_, one) => one).find(
        (one) => this.memberOf(one) === inviteeId,
      );
      if (found !== undefined) this.referral.look(found, this.today);
      const { state, why } = this.shop.world.referrals.get(due.id) ?? referral;
      note(`referral ${state}${why === null ? '' : `: ${why}`}`);
      for (const { cause, delta } of this.shop.changes.postings)
        if (cause.startsWith('commission:')) note(`commission ${delta > 0 ? 'given' : 'taken'}`);
    }
  }

  private compare(): void {
    expect(this.seen()).toEqual(this.modelled());
    expect(this.referral.forgotten(this.today)).toEqual([]);
  }

  private seen() {
    const { world } = this.shop;
    const balance = (one: number, account: 'prepaid' | 'wallet'): number =>
      world.heads.get(pairKey(memberIdOf(one), account))?.balance ?? 0;
    return {
      packages: [...this.packages.drawers.keys()].map((number) => {
        const held = world.packages.get(packageIdOf(number));
        const left = Object.fromEntries((held?.items ?? []).map((item) => [item.id, leftOf(item)]));
        return { left, dueFen: held && refundOf(held), backFen: held?.refundedFen };
      }),
      memberships: this.memberships.lines.map(({ no: number }) => {
        const row = world.superMemberships.get(superIdOf(number));
        return { from: row?.fromAt, until: row?.untilAt, backFen: row?.backFen, as: row?.endedAs };
      }),
      people: [0, 1].map((one) => ({
        owed: balance(one, 'prepaid'),
        wallet: balance(one, 'wallet'),
        superUntil: world.members.get(memberIdOf(one))?.superUntil ?? null,
      })),
      waiting: this.brought().map(([one]) =>
        world.invited.get(this.memberOf(one) as MemberId)?.waits.reduce((sum, [, , fen]) => sum + fen, 0),
      ),
      refused: [...world.referrals.values()].filter(({ why }) => why === 'MEMBER').length,
    };
  }

  private modelled(): ReturnType<Life['seen']> {
    const { packages, memberships, referral } = this;
    return {
      packages: [...packages.drawers].map(([number, { backFen }]) => ({
        left: packages.left(number),
        dueFen: packages.dueFen(number),
        backFen,
      })),
      memberships: memberships.lines.map(({ from, until, ended }) => ({
        from,
        until,
        backFen: ended?.fen ?? 0,
        as: ended?.as ?? null,
      })),
      people: [0, 1].map((one) => ({
        owed: packages.owedTo(one),
        wallet: referral.wallets[one] ?? 0,
        superUntil: memberships.until(one),
      })),
      waiting: this.brought().map(([, given]) => referral.waiting(given)),
      refused: referral.refused,
    };
  }

  private brought = () => [...this.referral.friends].filter(([, { by }]) => by !== null);
}

const packageIdOf = (number: number): PackageId => `package:pos:T${String(number)}` as PackageId;
const useIdOf = (number: number): PackageUseId => `pos:H${String(number)}` as PackageUseId;
const superIdOf = (number: number): SuperMembershipId => `pos:C${String(number)}` as SuperMembershipId;

const database = sqliteDb();
const config = await (await openShop()).engine.config.get();

test(`${sequences} histories of packages, memberships and friends hold what the models hold, command by command`, async () => {
  await fc.assert(
    fc.asyncProperty(history, (given) => new Life(given, config).live(given.ops)),
    { numRuns: sequences },
  );
  // A history in which nothing happened would show nothing.
  const commands = ['sell', 'redeem', 'undo', 'pay-back', 'buy-super', 'end-super'];
  const wanted = [
    ...commands.flatMap((name) => ['applied', 'ignored', 'refused'].map((verdict) => `${name} ${verdict}`)),
    'referral paid',
    'referral refused: MONTH',
    'commission given',
    'commission taken',
  ];
  expect(wanted.filter((what) => (happened.get(what) ?? 0) < 10)).toEqual([]);
});

/** A database in which the two stand, and nothing else. */
async function stoodUp(given: History): Promise<Shop> {
  const stood = await openShop({ db: emptied(database), settings: settingsOf(given) });
  const all = Array.from({ length: people }, (_, one) => one);
  await stood.db.batch([
    insertSet(
      memberTable,
      all.map((one) => ({ ...memberRow(one), document: null })),
    ),
    insertSet(
      identities,
      all.map((one) => ({ key: keyOf(one), memberId: memberIdOf(one) })),
    ),
  ]);
  return stood;
}

/** How often a row was written is the database's. */
const plain = (row: object): unknown => inOrder('rev' in row ? { ...row, rev: 0 } : row);
const nouns = ['packages', 'packageUses', 'superMemberships', 'referrals', 'invited'] as const;
const sorted = (rows: readonly unknown[]): string[] => rows.map((row) => JSON.stringify(row)).toSorted();

/** Whatever the database has of them, column for column; of members only what these commands change. */
const rowsIn = ({ db }: Shop) => ({
  nouns: nouns.map((name) => sorted(nounRows(db, name).map(plain))),
  members: sorted(
    db
      .all(`SELECT id, super_until AS superUntil, document FROM members`)
      .map(({ id, superUntil, document }) => {
        const heads = headsIn(id as MemberId, document as string | null);
        return [id, superUntil, heads.toSorted(([one], [other]) => (one < other ? -1 : 1)).map(inOrder)];
      }),
  ),
  dues: sorted(db.all('SELECT due_at AS dueAt, id FROM referral_dues').map(inOrder)),
});

const rowsOf = ({ shop: { world }, dues }: Life): ReturnType<typeof rowsIn> => ({
  nouns: nouns.map((name) => sorted([...world[name].values()].map(plain))),
  members: sorted(
    [...world.members.values()].map(({ id, superUntil }) => {
      const heads = [...world.heads].flatMap(([key, head]) =>
        key.startsWith(pairKey(id, '')) ? [[key.slice(pairKey(id, '').length), head] as const] : [],
      );
      return [id, superUntil, heads.toSorted(([one], [other]) => (one < other ? -1 : 1)).map(inOrder)];
    }),
  ),
  dues: [...new Set(sorted(dues.map(inOrder)))].toSorted(),
});

/** Fields in the order of their names. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, one]): [string, unknown] => [name, inOrder(one)]),
  );
}

test(`what ${sequencesStored} of them leave in a database that is read anew for every event is what they leave in memory`, async () => {
  await fc.assert(
    fc.asyncProperty(history, async (given) => {
      const stood = await stoodUp(given);
      const engine = { ...stood.engine, seeds: async () => new AnySeeds() };
      const life: Life = new Life(given, config, async (event, now) => {
        const { failed } = await processGroup(engine, [{ event, seq: null }], now);
        expect(failed).toEqual([]);
        expect(rowsIn(stood)).toEqual(rowsOf(life));
      });
      await life.live(given.ops);
      expect(ledgerFaults(stood.db)).toEqual([]);
    }),
    { numRuns: sequencesStored },
  );
});
