/**
 * What becomes of coupons in one small shop, worked out by hand: written without a look at the engine. Every template works on
 * everything, and no cart is so small that coupons use it up.
 */
export const minuteMs = 60_000;
const undoMs = 30 * minuteMs;

export type Rule = {
  readonly minFen: number;
  readonly stacks: 'none' | 'other-templates' | 'any';
  readonly perSale: number | null;
  readonly giveBack: boolean;
  readonly onPartial: 'keep' | 'give-back';
};

export const rules: Readonly<Record<string, Rule>> = {
  any: { minFen: 5_000, stacks: 'any', perSale: 2, giveBack: true, onPartial: 'keep' },
  alone: { minFen: 8_000, stacks: 'none', perSale: null, giveBack: false, onPartial: 'give-back' },
  other: { minFen: 0, stacks: 'other-templates', perSale: null, giveBack: true, onPartial: 'give-back' },
};

export type Piece = {
  owner: string;
  readonly template: string;
  readonly from: number;
  readonly to: number;
  usedFor: string | null;
  usedAt: number;
  onFen: number | null;
  lock: { ref: string; until: number } | null;
};
type Receipt = {
  readonly lines: readonly [number, number];
  isVoid: boolean;
  isFull: boolean;
  isPart: boolean;
};

export class CouponModel {
  readonly pieces: Piece[] = [];
  readonly receipts = new Map<string, Receipt>();
  private readonly same = new Map<string, string>();

  issue(owner: string, template: string, from: number, to: number): void {
    const free = { usedFor: null, usedAt: 0, onFen: null, lock: null };
    this.pieces.push({ owner, template, from, to, ...free });
  }

  merge(from: string, into: string): void {
    this.same.set(from, into);
  }

  lock(piece: Piece | undefined, ref: string, now: number, minutes: number): void {
    if (!piece || this.heldBy(piece, ref, now) || !this.isFree(piece, [ref], null, now)) return;
    piece.lock = { ref, until: now + minutes * minuteMs };
  }

  release(piece: Piece | undefined, ref: string, now: number): void {
    if (piece && this.heldBy(piece, ref, now)) piece.lock = null;
  }

  redeem(piece: Piece | undefined, ref: string, now: number, fen: number): void {
    if (piece && this.isFree(piece, [ref], null, now) && this.fits(piece, [ref], fen))
      use(piece, ref, now, fen);
  }

  undo(piece: Piece | undefined, ref: string, now: number): void {
    if (piece?.usedFor !== ref || this.receipts.has(ref) || now - piece.usedAt > undoMs) return;
    giveBack(piece);
  }

  sale(
    ref: string,
    cart: string | null,
    named: readonly Piece[],
    buyer: string | null,
    lines: [number, number],
    now: number,
  ): void {
    if (this.receipts.has(ref)) return;
    this.receipts.set(ref, { lines, isVoid: false, isFull: false, isPart: false });
    const refs = cart === null ? [ref] : [ref, cart];
    const fen = lines[0] + lines[1];
    for (const piece of new Set(named)) {
      if (piece.usedFor !== null && refs.includes(piece.usedFor)) continue;
      if (this.isFree(piece, refs, buyer, now) && this.fits(piece, refs, fen)) use(piece, ref, now, fen);
    }
    // A cart has its number now.
    for (const piece of new Set(named))
      if (piece.usedFor !== null && piece.usedFor === cart) piece.usedFor = ref;
  }

  back(ref: string, how: 'void' | 'full' | 'part'): void {
    const receipt = this.receipts.get(ref);
    if (!receipt) return;
    const known = { void: receipt.isVoid, full: receipt.isFull, part: receipt.isPart }[how];
    if (known) return;
    if (how === 'void') receipt.isVoid = true;
    if (how === 'full') receipt.isFull = true;
    if (how === 'part') receipt.isPart = true;
    const isGone = receipt.isVoid || receipt.isFull;
    const [first, second] = receipt.lines;
    for (const piece of this.pieces.filter(({ usedFor }) => usedFor === ref)) {
      const { giveBack: comesBack, onPartial, minFen } = ruleOf(piece);
      const on = piece.onFen ?? first + second;
      const isBelow = Math.ceil((on * first) / (first + second)) < minFen;
      if (receipt.isVoid || (isGone ? comesBack : onPartial === 'give-back' && isBelow)) giveBack(piece);
    }
  }

  private heldBy({ lock, usedFor }: Piece, ref: string, now: number): boolean {
    return usedFor === null && lock !== null && lock.ref === ref && lock.until > now;
  }

  private isFree(piece: Piece, refs: readonly string[], buyer: string | null, now: number): boolean {
    const { usedFor, lock, from, to, owner } = piece;
    if (usedFor !== null) return false;
    if (buyer !== null && this.who(buyer) !== this.who(owner)) return false;
    const isLocked = lock !== null && lock.until > now;
    if (isLocked) return refs.includes(lock.ref);
    return from <= now && now < to;
  }

  private fits(piece: Piece, refs: readonly string[], fen: number): boolean {
    const rule = ruleOf(piece);
    const beside = this.pieces.filter(({ usedFor }) => usedFor !== null && refs.includes(usedFor));
    const isBeside = beside.every((other) =>
      other.template === piece.template
        ? rule.stacks === 'any'
        : rule.stacks !== 'none' && ruleOf(other).stacks !== 'none',
    );
    const same = beside.filter(({ template }) => template === piece.template).length;
    return isBeside && same < (rule.perSale ?? Infinity) && fen >= rule.minFen;
  }

  private who(name: string): string {
    return this.same.get(name) ?? name;
  }
}

function ruleOf({ template }: Piece): Rule {
  const rule = rules[template];
  if (!rule) throw new Error(`there is no template ${template}`);
  return rule;
}

function use(piece: Piece, ref: string, now: number, fen: number): void {
  Object.assign(piece, { usedFor: ref, usedAt: now, onFen: fen, lock: null });
}

function giveBack(piece: Piece): void {
  Object.assign(piece, { usedFor: null, onFen: null });
}
