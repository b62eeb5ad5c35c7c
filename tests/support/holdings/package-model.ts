/** 套餐 as a drawer of slips: one for each time that something was used, and what is left is counted from them each time. */
const dayMs = 86_400_000;

type Kind = readonly { readonly id: string; readonly count: number; readonly unitPriceFen: number }[];
/** What a package holds, by its number. */
export const kinds: readonly Kind[] = [
  [
    { id: '洗澡', count: 3, unitPriceFen: 5_000 },
    { id: '抚触', count: 2, unitPriceFen: 0 },
  ],
  [{ id: '游泳', count: 2, unitPriceFen: 9_000 }],
];

export type Verdict = 'applied' | 'ignored' | 'refused';

type Slip = { readonly no: number; readonly item: string; readonly count: number; readonly at: number };
type Drawer = {
  readonly who: number;
  readonly kind: Kind;
  readonly paidFen: number;
  readonly until: number | null;
  slips: readonly Slip[];
  backFen: number | null;
};

export class PackageModel {
  readonly drawers = new Map<number, Drawer>();
  /** Of every redemption, undone or not: its number is taken. */
  private readonly numbers = new Map<number, Slip & { readonly of: number }>();

  sell(no: number, who: number, paidFen: number, until: number | null): Verdict {
    const known = this.drawers.get(no);
    if (known) return known.who === who && known.paidFen === paidFen ? 'ignored' : 'refused';
    const kind = kinds[no % kinds.length] ?? [];
    this.drawers.set(no, { who, kind, paidFen, until, slips: [], backFen: null });
    return 'applied';
  }

  redeem(of: number, slip: Slip): Verdict {
    const drawer = this.drawers.get(of);
    const known = this.numbers.get(slip.no);
    if (!drawer) return 'refused';
    if (known) {
      const isSame = known.of === of && known.item === slip.item && known.count === slip.count;
      return isSame && drawer.slips.includes(known) ? 'ignored' : 'refused';
    }
    const isOver = drawer.backFen !== null || (drawer.until !== null && slip.at >= drawer.until);
    if (isOver || (this.left(of)[slip.item] ?? 0) < slip.count) return 'refused';
    const own = { ...slip, of };
    this.numbers.set(slip.no, own);
    drawer.slips = [...drawer.slips, own];
    return 'applied';
  }

  undo(of: number, no: number, now: number, isOffice: boolean): Verdict {
    const drawer = this.drawers.get(of);
    const slip = this.numbers.get(no);
    if (!drawer || slip?.of !== of) return 'refused';
    if (!drawer.slips.includes(slip)) return 'ignored';
    if (drawer.backFen !== null || (now > slip.at + dayMs && !isOffice)) return 'refused';
    drawer.slips = drawer.slips.filter((one) => one !== slip);
    return 'applied';
  }

  /** `toldFen`: what the counter means to pay back. */
  payBack(of: number, toldFen: number | null): Verdict {
    const drawer = this.drawers.get(of);
    if (!drawer) return 'refused';
    const { backFen } = drawer;
    if (backFen !== null) return toldFen === null || toldFen === backFen ? 'ignored' : 'refused';
    if (Object.values(this.left(of)).every((count) => count === 0)) return 'refused';
    const dueFen = this.dueFen(of);
    if (toldFen !== null && toldFen !== dueFen) return 'refused';
    drawer.backFen = dueFen;
    return 'applied';
  }

  left(of: number): Record<string, number> {
    const { kind, slips } = this.drawers.get(of) ?? { kind: [], slips: [] };
    return Object.fromEntries(
      kind.map(({ id, count }) => [id, count - sum(slips.filter(({ item }) => item === id))]),
    );
  }

  /** What would be paid back now. */
  dueFen(of: number): number {
    const drawer = this.drawers.get(of);
    if (!drawer || drawer.backFen !== null) return 0;
    if (Object.values(this.left(of)).every((count) => count === 0)) return 0;
    const prices = new Map(drawer.kind.map(({ id, unitPriceFen }) => [id, unitPriceFen]));
    const usedFen = drawer.slips.reduce((fen, { item, count }) => fen + count * (prices.get(item) ?? 0), 0);
    return Math.max(0, drawer.paidFen - usedFen);
  }

  owedTo(who: number): number {
    return [...this.drawers].reduce((fen, [no, one]) => fen + (one.who === who ? this.dueFen(no) : 0), 0);
  }
}

const sum = (slips: readonly Slip[]): number => slips.reduce((all, { count }) => all + count, 0);
