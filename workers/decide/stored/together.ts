/** 一笔储值: what moved both parts for one cause is one movement, with what was on the card afterwards. */
import type { Posting } from '../../../schema/index.ts';
import type { Parts } from './parts.ts';

export type StoredMovement = {
  readonly cause: string;
  readonly at: number;
  readonly moved: Parts;
  readonly held: Parts;
};

type Rows = { readonly principal: readonly Posting[]; readonly bonus: readonly Posting[] };
/** The last row of each account that was shown. */
type Place = { readonly principal: number; readonly bonus: number };

type Page = {
  readonly movements: readonly StoredMovement[];
  /** Null at the end. */ readonly next: Place | null;
};

/**
 * Newest first, of rows behind `before` that stand newest first. One more of each than `limit` has to be read, where there is one:
 * the oldest movement says what was held in the other part as well.
 */
export function together({ principal, bonus }: Rows, before: Place, limit: number): Page {
  const movements: StoredMovement[] = [];
  let next = before;
  const [ofPrincipal, ofBonus] = [[...principal], [...bonus]];
  while (movements.length < limit) {
    const [one, other] = [ofPrincipal[0], ofBonus[0]];
    const first = one && (!other || isFirst(one, other, ofBonus)) ? one : other;
    if (!first) break;
    const isMoved = (row: Posting | undefined): row is Posting => row?.cause === first.cause;
    movements.push({
      cause: first.cause,
      at: first.at,
      moved: { principalFen: isMoved(one) ? one.delta : 0, bonusFen: isMoved(other) ? other.delta : 0 },
      held: { principalFen: one?.balance ?? 0, bonusFen: other?.balance ?? 0 },
    });
    next = {
      principal: isMoved(one) ? one.seq : next.principal,
      bonus: isMoved(other) ? other.seq : next.bonus,
    };
    if (isMoved(one)) ofPrincipal.shift();
    if (isMoved(other)) ofBonus.shift();
  }
  return { movements, next: ofPrincipal.length + ofBonus.length > 0 ? next : null };
}

/** What waits for its other half goes after it; otherwise the later one is first. */
const isFirst = (one: Posting, other: Posting, bonus: readonly Posting[]): boolean =>
  one.cause === other.cause || (bonus.every(({ cause }) => cause !== one.cause) && one.at >= other.at);
