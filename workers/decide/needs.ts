/** What events may look at: each event names its rows, and load reads exactly those, for a whole group at once. */
import type {
  AssociateId,
  AwaitedId,
  BatchId,
  CouponRef,
  DomainEvent,
  ExchangeItemId,
  IdentityKey,
  LotteryId,
  MemberId,
  MemberRef,
  SaleId,
  Sku,
} from '../../schema/index.ts';
import { codeRead } from './coupons/codes.ts';
import { associateNamed } from './fans/scenes.ts';
import { identityKeys } from './members/who/identity-keys.ts';
import { noKeys, type KeyOf, type Keys, type SliceName } from './slices/index.ts';

export type Needs = {
  /** Rows of nouns that events name by their keys. */
  readonly asked: Keys;
  readonly identities: ReadonlySet<IdentityKey>;
  readonly members: ReadonlySet<MemberId>;
  /** Members all of whose sales matter. */
  readonly histories: ReadonlySet<MemberId>;
  readonly sales: ReadonlySet<SaleId>;
  /** Sales of this group: events that wait for them are loaded too. */
  readonly awaited: ReadonlySet<AwaitedId>;
  /** True when a sale's past matters: what came back of it, its coupons, and the promises of its day. */
  readonly isDeep: boolean;
  /** When the earliest of them happened that promises may answer for. */
  readonly since: number;
  /** Causes that are no sale, whose grants matter. */
  readonly granted: ReadonlySet<string>;
  /** Receipts whose coupons matter: those that they have used. */
  readonly couponsFor: ReadonlySet<CouponRef>;
  readonly seeds: ReadonlySet<string>;
  readonly scenes: ReadonlySet<string>;
  readonly batches: ReadonlySet<BatchId>;
  readonly exchangeItems: ReadonlySet<ExchangeItemId>;
  readonly lotteries: ReadonlySet<LotteryId>;
  /** Associates by their WeCom accounts. */
  readonly wecomUserIds: ReadonlySet<string>;
  /** Who says something to the account, or to the app in WeCom: if it is an associate, whom she may be answering. */
  readonly speakers: ReadonlySet<string>;
};

/** The verbs with which an event asks. The edge has checked the forms of ids: here they are only collected. */
export type Ask = {
  /** The member who owns one of these identities. */
  identify(event: DomainEvent, ref: MemberRef | null | undefined): void;
  member(id: MemberId): void;
  /** All sales of a member; whoever asks sees to it that they are a bounded number. */
  history(id: MemberId): void;
  sale(id: SaleId): void;
  /** What waits for a sale under a number by which it was known before. */
  waiters(id: AwaitedId): void;
  /** The past of every sale that is asked for: lines, refunds, grants and coupons. */
  deep(): void;
  /** A coupon by its code, as somebody wrote it, with the member who has it. */
  coupon(code: string): void;
  couponsFor(ref: CouponRef): void;
  /** What a cause that is no sale was granted. */
  granted(cause: string): void;
  product(sku: string): void;
  associate(id: string): void;
  /** A fan and the member with the same openid. */
  fan(event: DomainEvent, openid: string): void;
  scene(scene: string): void;
  batch(id: BatchId): void;
  exchangeItem(id: ExchangeItemId): void;
  lottery(id: LotteryId): void;
  transfer(outBillNo: string): void;
  wecomUser(id: string): void;
  speaker(id: string): void;
  /** One row of a noun, by its key. */
  rows<Name extends SliceName>(noun: Name, key: KeyOf<Name>): void;
};

export type Collector = {
  readonly needs: Needs;
  readonly ask: Ask;
  /** A sale that an event of this group carries. */
  readonly tell: (id: AwaitedId) => void;
  readonly seed: (cause: string) => void;
  readonly happened: (at: number) => void;
};

const nothingNeeded = () => ({
  identities: new Set<IdentityKey>(),
  members: new Set<MemberId>(),
  histories: new Set<MemberId>(),
  sales: new Set<SaleId>(),
  awaited: new Set<AwaitedId>(),
  asked: noKeys(),
  isDeep: false,
  since: Number.MAX_SAFE_INTEGER,
  granted: new Set<string>(),
  couponsFor: new Set<CouponRef>(),
  seeds: new Set<string>(),
  scenes: new Set<string>(),
  batches: new Set<BatchId>(),
  exchangeItems: new Set<ExchangeItemId>(),
  lotteries: new Set<LotteryId>(),
  wecomUserIds: new Set<string>(),
  speakers: new Set<string>(),
});

/** One collector for a group: no object is made for each event. */
export function collector(): Collector {
  const needs = nothingNeeded();
  const ask: Ask = {
    identify: (event, ref) => {
      for (const key of identityKeys(ref, event.namespace)) needs.identities.add(key);
      // Whose openid it is, the account itself may know, and whose code they scanned.
      if (ref?.openid) needs.asked.fans.add(ref.openid);
    },
    member: (id) => void needs.members.add(id),
    history: (id) => {
      needs.members.add(id);
      needs.histories.add(id);
      needs.isDeep = true;
    },
    sale: (id) => void needs.sales.add(id),
    waiters: (id) => void needs.awaited.add(id),
    deep: () => {
      needs.isDeep = true;
    },
    coupon: (code) => {
      const id = codeRead(code);
      if (id !== null) needs.asked.coupons.add(id);
    },
    couponsFor: (ref) => void needs.couponsFor.add(ref),
    granted: (cause) => void needs.granted.add(cause),
    // Checked at the edge; here only the type changes.
    product: (sku) => void needs.asked.products.add(sku as Sku),
    associate: (id) => void needs.asked.associates.add(id as AssociateId),
    fan: (event, openid) => {
      needs.asked.fans.add(openid);
      ask.identify(event, { openid });
    },
    scene: (scene) => {
      needs.scenes.add(scene);
      const named = associateNamed(scene);
      if (named !== null) needs.asked.associates.add(named);
    },
    batch: (id) => void needs.batches.add(id),
    exchangeItem: (id) => void needs.exchangeItems.add(id),
    lottery: (id) => void needs.lotteries.add(id),
    transfer: (outBillNo) => void needs.asked.transfers.add(outBillNo),
    wecomUser: (id) => void needs.wecomUserIds.add(id),
    speaker: (id) => void needs.speakers.add(id),
    rows: (noun, key) => void needs.asked[noun].add(key),
  };
  return {
    needs,
    ask,
    tell: (id) => void needs.awaited.add(id),
    seed: (cause) => void needs.seeds.add(cause),
    happened: (at) => {
      needs.since = Math.min(needs.since, at);
    },
  };
}
