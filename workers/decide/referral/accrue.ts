/** 消费提成: what a friend's purchase adds to what is waiting, and what a return takes from it, to the fen. */
import type { Invited, ReferralDueAt, ReferralTerms, Sale } from '../../../schema/index.ts';
import { shopDay } from '../money/lots.ts';
import { defaultTimezone } from '../../../schema/index.ts';
import { addDays, atHour } from '../plain/dates.ts';
import type { Settlement } from '../sales/settlement.ts';
import { addWait } from './waits.ts';

const whole = 10_000;
/** A friend may come for more than one purchase before the first return window has closed. */
const candidatesMax = 10;

const commissionOf = ({ rateBps }: ReferralTerms, keptFen: number): number =>
  Math.floor((keptFen * rateBps) / whole);

/** What comes back below nothing was not this friend's to begin with. */
const capped = ({ capFen }: ReferralTerms, rawFen: number): number =>
  Math.min(capFen ?? Infinity, Math.max(0, rawFen));

export type Accrued = { readonly row: Invited; readonly dues: readonly ReferralDueAt[] };

/** Of the sum and not of the difference, so that however often a sale is told or comes back, the fen add up. */
export function accrue(
  row: Invited,
  { sale, before, after, storeId = sale.storeId }: Settlement,
  now: number,
): Accrued {
  const today = shopDay(now);
  const release = addDays(sale.occurredOn, row.terms.windowDays);
  const on = release > today ? release : today;
  const { terms } = row;
  const isInTime = sale.occurredOn <= terms.lastOn;
  const moved = isInTime ? commissionOf(terms, after.keptFen) - commissionOf(terms, before.keptFen) : 0;
  const rawFen = row.rawFen + moved;
  const fen = capped(terms, rawFen) - capped(terms, row.rawFen);
  const candidates = candidatesWith(row, sale, after.isKept ? after.keptFen : 0, on);
  const next: Invited = {
    ...row,
    spentFen: row.spentFen + after.keptFen - before.keptFen,
    rawFen,
    waits: fen === 0 ? row.waits : addWait(row.waits, [on, storeId, fen]),
    candidates,
  };
  const isDue = fen !== 0 || candidates.length > row.candidates.length;
  return { row: next, dues: isDue ? [{ id: row.id, dueAt: dueAtOf(on, now) }] : [] };
}

/** What is due today is looked at at once. */
export const dueAtOf = (on: string, now: number): number =>
  on > shopDay(now) ? atHour(on, 0, defaultTimezone) : now;

/** 首单: while the reward still waits for one. */
function candidatesWith(
  { state, terms, candidates }: Invited,
  { id }: Pick<Sale, 'id'>,
  keptFen: number,
  on: string,
): Invited['candidates'] {
  if (state !== 'open' || terms.leastFen === null) return candidates;
  const isEnough = keptFen > 0 && keptFen >= terms.leastFen;
  if (!isEnough) return candidates.filter(([saleId]) => saleId !== id);
  const isThere = candidates.some(([saleId]) => saleId === id) || candidates.length >= candidatesMax;
  return isThere ? candidates : [...candidates, [id, on]];
}
