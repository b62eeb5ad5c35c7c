/** 邀请好友 as a list of orders: commission is reckoned anew from all of them, and a wallet is what was put in and taken out. */
import type { ReferralSettings } from '../../../schema/index.ts';

const whole = 10_000;
const candidatesMax = 10;

export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

type Order = { readonly no: string; readonly day: string; readonly soldAt: number; kept: number };
type Friend = {
  /** Null: whom nobody brought, or who was known before. */
  readonly by: number | null;
  readonly joinedAt: number;
  readonly lastOn: string;
  state: 'new' | 'waiting' | 'paid' | 'over';
  readonly orders: Order[];
  /** Purchases that are enough, with the day on which they are kept. */
  readonly enough: Map<string, string>;
  /** How the commission came and went: from that day on it counts. */
  readonly moves: { readonly on: string; readonly fen: number }[];
  posted: number;
};

type Rules = { readonly referral: ReferralSettings; readonly isUnlimited: boolean };

export class ReferralModel {
  readonly friends = new Map<number, Friend>();
  /** 没有成的邀请. */
  refused = 0;
  readonly wallets: number[];
  /** The months in which each inviter was rewarded. */
  private readonly rewarded: string[][];
  private readonly rules: Rules;

  constructor(inviters: number, rules: Rules) {
    this.rules = rules;
    this.wallets = Array.from({ length: inviters }, () => 0);
    this.rewarded = Array.from({ length: inviters }, () => []);
  }

  /** Whoever a till told of before is no newcomer; nor is whoever has joined. */
  known(friend: number, joinedAt: number): void {
    if (!this.friends.has(friend)) this.friends.set(friend, this.stranger(null, joinedAt));
  }

  join(friend: number, by: number | null, at: number, day: string): void {
    if (this.friends.has(friend)) {
      if (by !== null) this.refused += 1;
      return;
    }
    const { commissionDays } = this.rules.referral;
    this.friends.set(friend, { ...this.stranger(by, at), lastOn: dayAfter(day, commissionDays) });
  }

  private stranger(by: number | null, joinedAt: number): Friend {
    const nothing = { orders: [], enough: new Map<string, string>(), moves: [], posted: 0 };
    return { by, joinedAt, lastOn: '', state: by === null ? 'over' : 'new', ...nothing };
  }

  sell(friend: number, order: Order, today: string): void {
    this.change(friend, order.no, today, (orders) => void orders.push(order));
  }

  giveBack(friend: number, no: string, kept: number, today: string): void {
    this.change(friend, no, today, (orders) => {
      for (const one of orders) if (one.no === no) one.kept = kept;
    });
  }

  private change(no: number, orderNo: string, today: string, how: (orders: Order[]) => void): void {
    const friend = this.friends.get(no);
    if (!friend) return;
    const before = this.earned(friend);
    how(friend.orders);
    const order = friend.orders.find((one) => one.no === orderNo);
    if (!order || friend.state === 'over' || order.soldAt < friend.joinedAt) return;
    const { windowDays, payAt, leastFen } = this.rules.referral;
    const closes = dayAfter(order.day, windowDays);
    const on = closes > today ? closes : today;
    friend.moves.push({ on, fen: this.earned(friend) - before });
    if (friend.state === 'paid' || payAt === 'registration') return;
    const isEnough = order.kept > 0 && order.kept >= leastFen;
    if (!isEnough) friend.enough.delete(orderNo);
    else if (!friend.enough.has(orderNo) && friend.enough.size < candidatesMax)
      friend.enough.set(orderNo, on);
  }

  /** Of everything that is kept, each order by itself, and never more than the cap. */
  private earned({ orders, joinedAt, lastOn }: Friend): number {
    const { rateBps, capFen } = this.rules.referral;
    const all = orders
      .filter(({ soldAt, day }) => soldAt >= joinedAt && day <= lastOn)
      .reduce((sum, { kept }) => sum + Math.floor((kept * rateBps) / whole), 0);
    return Math.min(all, capFen ?? Infinity);
  }

  /** The chore comes by. */
  look(no: number, today: string): void {
    const friend = this.friends.get(no);
    if (!friend || friend.by === null || friend.state === 'over') return;
    const { payAt } = this.rules.referral;
    if (friend.state === 'new') friend.state = 'waiting';
    const isKept = payAt === 'registration' || [...friend.enough.values()].some((on) => on <= today);
    if (friend.state === 'waiting' && isKept) this.reward(friend, friend.by, today.slice(0, 7));
    if (friend.state === 'paid') this.post(friend, friend.by, today);
  }

  private reward(friend: Friend, by: number, month: string): void {
    const { tiers, perMonth } = this.rules.referral;
    const months = this.rewarded[by] ?? [];
    if (months.filter((one) => one === month).length >= perMonth) {
      friend.state = 'over';
      return;
    }
    months.push(month);
    friend.state = 'paid';
    const tier = tiers.findLast(({ fromFriends }) => fromFriends <= months.length);
    this.put(by, tier?.walletFen ?? 0);
  }

  private post(friend: Friend, by: number, today: string): void {
    const due = this.dueOf(friend, today);
    const most = Math.max(0, this.wallets[by] ?? 0);
    const fen = due < 0 && !this.rules.isUnlimited ? -Math.min(-due, most) : due;
    friend.posted += fen;
    this.put(by, fen);
  }

  private dueOf = ({ moves, posted }: Friend, today: string): number =>
    moves.reduce((sum, { on, fen }) => sum + (on <= today ? fen : 0), 0) - posted;

  put(who: number, fen: number): void {
    this.wallets[who] = (this.wallets[who] ?? 0) + fen;
  }

  /** Which the chore has forgotten: it was due, and nobody came by. */
  forgotten(today: string): number[] {
    return [...this.friends].flatMap(([no, friend]) =>
      friend.state === 'paid' && this.dueOf(friend, today) > 0 ? [no] : [],
    );
  }

  /** 待结算. */
  waiting({ state, moves, posted }: Friend): number {
    return state === 'over' ? 0 : moves.reduce((sum, { fen }) => sum + fen, 0) - posted;
  }
}
