/**
 * What a member should hold of 积分, worked out parcel by parcel: every receipt brings its own, nothing is ever made one, and each
 * has its days. Written without a look at the lots that the engine keeps.
 */
import type { LotKey, PointsSettings, TakeBackPolicy } from '../../schema/index.ts';

export type Parcel = {
  lastOn: string | null;
  releaseOn: string | null;
  points: number;
  /** In the order in which they came; what comes back stands where it stood. */
  readonly order: number;
};

type Sold = {
  readonly owner: number;
  readonly day: LotKey;
  /** What it should have earned as it stands, less what could not be taken back. */
  posted: number;
  /** The order that had been reached when it was told last. */
  mark: number;
};

const far = '9999-12-31';
const text = (date: Date): string => date.toISOString().slice(0, 10);
export function plusDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return text(date);
}
function plusMonths(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const whole = year * 12 + month - 1 + months;
  const daysIn = new Date(Date.UTC(Math.floor(whole / 12), (whole % 12) + 1, 0)).getUTCDate();
  return text(new Date(Date.UTC(Math.floor(whole / 12), whole % 12, Math.min(date, daysIn))));
}

export class PointsModel {
  today: string;
  readonly balances: number[];
  readonly parcels: Parcel[][];
  readonly sold = new Map<string, Sold>();
  /** Each member's survivor. */
  readonly heirs: number[];
  private order = 0;
  private readonly rules: PointsSettings;
  private readonly policy: TakeBackPolicy;

  constructor(today: string, members: number, rules: PointsSettings, policy: TakeBackPolicy) {
    this.rules = rules;
    this.policy = policy;
    this.today = today;
    this.balances = Array.from({ length: members }, () => 0);
    this.parcels = Array.from({ length: members }, () => []);
    this.heirs = Array.from({ length: members }, (_, member) => member);
  }

  heir = (member: number): number => this.heirs[member] ?? member;
  private isOver = ({ lastOn }: LotKey): boolean => lastOn !== null && lastOn < this.today;
  private waits = ({ releaseOn }: LotKey): boolean => releaseOn !== null && releaseOn > this.today;

  turnTo(day: string): void {
    this.today = day;
    this.parcels.forEach((own, member) => {
      for (const parcel of own.filter(this.isOver)) this.change(member, -parcel.points);
      this.parcels[member] = own.filter((parcel) => !this.isOver(parcel));
    });
  }

  private change(member: number, by: number): void {
    this.balances[member] = (this.balances[member] ?? 0) + by;
  }

  private own = (member: number): Parcel[] => this.parcels[member] ?? [];
  private total = (member: number): number => this.own(member).reduce((sum, { points }) => sum + points, 0);
  pending = (member: number): number =>
    this.own(member)
      .filter(this.waits)
      .reduce((sum, { points }) => sum + points, 0);
  spendable = (member: number): number => (this.balances[member] ?? 0) - this.pending(member);

  /** By last day and first day, as it is shown. */
  lots(member: number): Record<string, number> {
    const lots: Record<string, number> = {};
    for (const parcel of this.own(member)) {
      const key = this.keyOf(parcel);
      if (parcel.points > 0) lots[key] = (lots[key] ?? 0) + parcel.points;
    }
    return lots;
  }

  private keyOf = (day: LotKey): string =>
    `${day.lastOn ?? 'never'} ${this.waits(day) ? String(day.releaseOn) : 'now'}`;

  private dayFor(on: string, ofSale: boolean): LotKey {
    const { expiry, pendingDays } = this.rules;
    const lastOn =
      expiry.mode === 'never'
        ? null
        : expiry.mode === 'months'
          ? plusMonths(on, expiry.months)
          : `${String(Number(on.slice(0, 4)) + 1)}-12-31`;
    return { lastOn, releaseOn: ofSale && pendingDays > 0 ? plusDays(on, pendingDays) : null };
  }

  private gain(member: number, points: number, day: LotKey, order: number): void {
    const before = this.balances[member] ?? 0;
    this.change(member, points);
    const kept = Math.max(0, Math.min(points, before + points));
    const fresh = { lastOn: plusDays(this.today, this.rules.backDays), releaseOn: null };
    const { lastOn, releaseOn } = this.isOver(day) ? fresh : day;
    if (kept > 0) this.own(member).push({ lastOn, releaseOn, points: kept, order });
  }

  /** First in, first out within a day; `first` is the day that gives before the others. */
  private lose(member: number, points: number, first: LotKey | null): Parcel[] {
    const turnOf = (parcel: Parcel): string =>
      first !== null && this.keyOf(parcel) === this.keyOf(first)
        ? '0'
        : `${this.waits(parcel) ? '2' : '1'} ${parcel.lastOn ?? far} ${this.waits(parcel) ? String(parcel.releaseOn) : ''}`;
    const inTurn = this.own(member).toSorted((a, b) => {
      const [one, other] = [turnOf(a), turnOf(b)];
      return one < other ? -1 : one > other ? 1 : a.order - b.order;
    });
    const taken: Parcel[] = [];
    let open = points;
    for (const parcel of inTurn) {
      const amount = Math.min(open, parcel.points);
      open -= amount;
      parcel.points -= amount;
      if (amount > 0) taken.push({ ...parcel, points: amount });
    }
    this.change(member, -points);
    return taken;
  }

  /** The sale earns this much from now on. `took` is what was really taken, where the policy asks whose points are left. */
  sell(orderNo: string, member: number, on: string, points: number, took: number | null): void {
    const known = this.sold.get(orderNo);
    if (!known) {
      const day = this.dayFor(on, true);
      this.gain(this.heir(member), points, day, (this.order += 1));
      this.sold.set(orderNo, { owner: member, day, posted: points, mark: this.order });
      return;
    }
    this.settle(known, points, took);
    known.mark = this.order;
  }

  giveUp(orderNo: string, points: number, took: number | null): void {
    const known = this.sold.get(orderNo);
    if (known) this.settle(known, points, took);
  }

  private settle(known: Sold, points: number, took: number | null): void {
    const member = this.heir(known.owner);
    const wanted = known.posted - points;
    if (wanted <= 0) {
      if (wanted < 0) this.gain(member, -wanted, known.day, (this.order += 1));
      known.posted = points;
      return;
    }
    const taken = this.isOver(known.day) ? 0 : this.takeable(member, known, wanted, took);
    if (taken > 0) this.lose(member, taken, known.day);
    known.posted = points + wanted - taken;
  }

  private takeable(member: number, known: Sold, wanted: number, took: number | null): number {
    switch (this.policy) {
      case 'unlimited':
        return wanted;
      case 'within_balance':
        return Math.min(wanted, Math.max(0, this.balances[member] ?? 0));
      case 'only_unspent':
        return took ?? this.leftOf(member, known, wanted);
      default:
        return this.policy satisfies never;
    }
  }

  /** What is left of what had come into the sale's own day by the time it was told. */
  private leftOf(member: number, { day, mark }: Sold, wanted: number): number {
    const own = this.own(member).filter(
      (parcel) => this.keyOf(parcel) === this.keyOf(day) && parcel.order <= mark,
    );
    return Math.min(
      wanted,
      own.reduce((sum, { points }) => sum + points, 0),
    );
  }

  /** The most that a return of the sale may take when only what is unspent comes back. */
  mostOf(orderNo: string, points: number): number {
    const known = this.sold.get(orderNo);
    if (!known || this.isOver(known.day)) return 0;
    return Math.max(0, this.leftOf(this.heir(known.owner), known, known.posted - points));
  }

  /** Null where there is not so much. */
  spend(member: number, points: number): Parcel[] | null {
    return points > this.spendable(this.heir(member)) ? null : this.lose(this.heir(member), points, null);
  }

  giveBack(member: number, taken: readonly Parcel[]): void {
    for (const parcel of taken) this.gain(this.heir(member), parcel.points, parcel, parcel.order);
  }

  correct(member: number, by: number): boolean {
    const owner = this.heir(member);
    if ((this.balances[owner] ?? 0) + by < 0) return false;
    if (by > 0) this.gain(owner, by, this.dayFor(this.today, false), (this.order += 1));
    else this.lose(owner, -by, null);
    return true;
  }

  merge(from: number, into: number): void {
    const moved = this.own(from);
    const balance = this.balances[from] ?? 0;
    this.parcels[from] = [];
    this.balances[from] = 0;
    this.change(into, balance);
    this.own(into).push(...moved);
    const excess = this.total(into) - Math.max(0, this.balances[into] ?? 0);
    if (excess > 0) {
      this.lose(into, excess, null);
      this.change(into, excess);
    }
    this.heirs.forEach((heir, member) => {
      if (heir === from) this.heirs[member] = into;
    });
  }
}
