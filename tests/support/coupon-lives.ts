/** 券的经历 read from the tables alone, without a look at the engine: whether the steps of each coupon follow one another, and whether its row and its receipt say the same. */
type Row = Readonly<Record<string, unknown>>;

export type CouponTables = {
  readonly coupons: readonly Row[];
  /** The oldest first. */
  readonly moves: readonly Row[];
  /** What was decided about each receipt. */
  readonly receipts: readonly Row[];
};

export const couponTables: { readonly [Table in keyof CouponTables]: string } = {
  coupons: `SELECT id, state, used_for AS usedFor, locked_for AS lockedFor FROM coupons`,
  moves: `SELECT coupon_id AS id, act, cause FROM coupon_moves ORDER BY seq`,
  receipts: `SELECT 'sale:' || s.id AS ref, d.outcome -> '$.couponsUsed' AS used
    FROM decisions AS d JOIN sales AS s ON s.id = d.outcome ->> '$.s' WHERE d.outcome ->> '$.couponsUsed' IS NOT NULL`,
};

type Life = { usedFor: string | null; lockedFor: string | null; isOver: boolean };

const unknown: Life = { usedFor: null, lockedFor: null, isOver: true };

/** One line for each that cannot be. */
export function couponFaults({ coupons, moves, receipts }: CouponTables): string[] {
  const faults: string[] = [];
  const lives = new Map<string, Life>();
  for (const { id } of coupons) lives.set(String(id), { usedFor: null, lockedFor: null, isOver: false });
  for (const { id, act, cause } of moves) {
    const life = lives.get(String(id));
    const fault = life ? step(life, String(act), String(cause)) : 'is not there';
    if (fault) faults.push(`${String(id)} ${fault}: ${String(act)} by ${String(cause)}`);
  }
  for (const { id, state, usedFor, lockedFor } of coupons) {
    const { isOver, ...life } = lives.get(String(id)) ?? unknown;
    const expected = { state: isOver ? 'revoked' : life.usedFor === null ? 'issued' : 'used', ...life };
    const stored = { state, usedFor, lockedFor };
    if (JSON.stringify(stored) !== JSON.stringify(expected))
      faults.push(`${String(id)} is ${JSON.stringify(stored)}, its steps say ${JSON.stringify(expected)}`);
  }
  return [...faults, ...untold(lives, receipts)];
}

function step(life: Life, act: string, cause: string): string | null {
  const { usedFor, isOver } = life;
  if (isOver) return 'was over';
  switch (act) {
    case 'granted':
      return null;
    case 'locked':
      life.lockedFor = cause;
      return usedFor === null ? null : 'was used';
    case 'released': {
      const wasHeld = life.lockedFor === cause;
      life.lockedFor = null;
      return wasHeld ? null : 'was not held for it';
    }
    case 'used':
      Object.assign(life, { usedFor: cause, lockedFor: null });
      return usedFor === null ? null : `was used by ${usedFor}`;
    case 'settled':
      life.usedFor = cause;
      return usedFor === null ? 'was not used' : null;
    case 'given-back':
      life.usedFor = null;
      return usedFor === null ? 'was not used' : null;
    default:
      Object.assign(life, { isOver: true, lockedFor: null });
      return usedFor === null ? null : 'was used';
  }
}

/** Steps that took a coupon from a receipt that held it: where every lock outlasts the test, and is for a number and no cart. */
export function takenFromOthers(moves: CouponTables['moves']): string[] {
  const holders = new Map<string, string>();
  const taken: string[] = [];
  for (const { id, act, cause } of moves) {
    const holder = holders.get(String(id));
    if (holder !== undefined && holder !== cause)
      taken.push(`${String(id)} was held for ${holder}: ${String(act)} by ${String(cause)}`);
    if (act === 'locked') holders.set(String(id), String(cause));
    else holders.delete(String(id));
  }
  return taken;
}

/** A coupon is used by one receipt, and that receipt says so. */
function untold(lives: ReadonlyMap<string, Life>, receipts: CouponTables['receipts']): string[] {
  const faults: string[] = [];
  const told = new Map<string, string[]>();
  for (const { ref, used } of receipts) {
    for (const id of JSON.parse(String(used)) as string[])
      told.set(id, [...(told.get(id) ?? []), String(ref)]);
  }
  for (const [id, { usedFor }] of lives) {
    const by = [...new Set(told.get(id))];
    if (usedFor !== null && !by.includes(usedFor))
      faults.push(`${id} was used for ${usedFor}, told by ${by.join()}`);
  }
  return faults;
}
