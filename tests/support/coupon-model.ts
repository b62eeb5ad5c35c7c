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
  paid: { minFen: 0, stacks: 'any', perSale: null, giveBack: true, onPartial: 'keep' },
};

/** 满100送一张: what a receipt of a member earns, and what is paid for in advance, two at a time. */
export const earned = { fromFen: 10_000, template: 'other' };
export const sold = { count: 2, template: 'paid' };
/** 领券: three of it in all, two for one member. */
export const claimable = { total: 3, perMember: 2, template: 'other' };

/** From when and until when it can be used. */
type Window = readonly [from: number, to: number];

export type Piece = {
  owner: string;
  readonly template: string;
  readonly from: number;
  readonly to: number;
  usedFor: string | null;
  usedAt: number;
  onFen: number | null;
  /** Taken back for good. */
  isOver: boolean;
  /** What earned it came back while it was used: given back, it is over. */
  isFlagged: boolean;
  /** The receipt that earned it. */
  readonly earnedBy: string | null;
  /** The number under which it was sold. */
  readonly soldAs: string | null;
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
  private readonly claims: string[] = [];
  private isWithdrawn = false;

  issue(owner: string, template: string, [from, to]: Window, why: Partial<Piece> = {}): void {
    const free = { usedFor: null, usedAt: 0, onFen: null, isOver: false, isFlagged: false, lock: null };
    this.pieces.push({ owner, template, from, to, earnedBy: null, soldAs: null, ...free, ...why });
  }

  claim(owner: string, window: Window): void {
    const own = this.claims.filter((one) => this.who(one) === this.who(owner)).length;
    if (own >= claimable.perMember || this.claims.length >= claimable.total) return;
    this.claims.push(owner);
    this.issue(owner, claimable.template, window);
  }

  buy(owner: string, soldAs: string, window: Window): void {
    if (this.pieces.some((piece) => piece.soldAs === soldAs)) return;
    for (let place = 0; place < sold.count; place += 1) this.issue(owner, sold.template, window, { soldAs });
  }

  /** Once its day is over, the money is kept. */
  payBack(soldAs: string, now: number): void {
    for (const piece of this.pieces) if (piece.soldAs === soldAs && now < piece.to) this.revoke(piece, now);
  }

  revoke(piece: Piece | undefined, now: number): void {
    if (!piece || piece.usedFor !== null || (piece.lock !== null && piece.lock.until > now)) return;
    piece.isOver = true;
  }

  /** 收回活动: all that it gave, and it gives nothing any more. */
  withdraw(): void {
    this.isWithdrawn = true;
    for (const piece of this.pieces) if (piece.earnedBy !== null) takeBack(piece);
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
    window: Window,
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
    if (buyer !== null && fen >= earned.fromFen && !this.isWithdrawn)
      this.issue(buyer, earned.template, window, { earnedBy: ref });
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
    // No line is large enough to earn by itself.
    for (const piece of this.pieces) if (piece.earnedBy === ref) takeBack(piece);
  }

  private heldBy({ lock, usedFor, isOver }: Piece, ref: string, now: number): boolean {
    return !isOver && usedFor === null && lock !== null && lock.ref === ref && lock.until > now;
  }

  private isFree(piece: Piece, refs: readonly string[], buyer: string | null, now: number): boolean {
    const { usedFor, lock, from, to, owner, isOver, earnedBy } = piece;
    if (usedFor !== null || isOver) return false;
    if (buyer !== null && this.who(buyer) !== this.who(owner)) return false;
    const isLocked = lock !== null && lock.until > now;
    if (isLocked && !refs.includes(lock.ref)) return false;
    if (earnedBy !== null && refs.includes(earnedBy)) return false;
    if (isLocked) return true;
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
  Object.assign(piece, { usedFor: null, onFen: null, isOver: piece.isFlagged });
}

/** What is used stays used. */
function takeBack(piece: Piece): void {
  if (piece.usedFor === null) piece.isOver = true;
  else piece.isFlagged = true;
}
