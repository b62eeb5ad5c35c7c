/** 超级会员 as a notebook: who paid what when. Her end is read out of it from the first line to the last, each time. */
import type { SuperPlan } from '../../../schema/index.ts';
import type { Verdict } from './package-model.ts';

const dayMs = 86_400_000;
const zoneMs = 8 * 3_600_000;
const farthestDays = 3_660;

const plan = (given: Partial<SuperPlan> & Pick<SuperPlan, 'name' | 'priceFen'>): SuperPlan => ({
  days: null,
  months: null,
  refund: 'none',
  refundWithinDays: 7,
  ...given,
});
export const plans: readonly SuperPlan[] = [
  plan({ name: '年卡', priceFen: 36_501, days: 365, refund: 'by-days' }),
  plan({ name: '周卡', priceFen: 1_000, days: 7, refund: 'by-days' }),
  plan({ name: '试用', priceFen: 1_990, months: 1, refund: 'if-unused', refundWithinDays: 3 }),
  plan({ name: '季卡', priceFen: 9_900, months: 3 }),
];

type Line = {
  readonly no: number;
  readonly who: number;
  readonly plan: SuperPlan;
  readonly at: number;
  /** As it was when it was bought. */
  readonly from: number;
  readonly until: number;
  ended: { readonly as: 'undone' | 'refunded'; readonly at: number; readonly fen: number } | null;
};

const isStruck = ({ ended, from }: Line): boolean =>
  ended !== null && (ended.as === 'undone' || ended.at <= from);

const dayNo = (at: number): number => Math.floor((at + zoneMs) / dayMs);

/** The midnight after the last day, of which `from` is in the first. */
function endOf({ days, months }: SuperPlan, from: number): number {
  const first = new Date(dayNo(from) * dayMs);
  if (months === null) return (dayNo(from) + (days ?? 0)) * dayMs - zoneMs;
  const [year, month, day] = [first.getUTCFullYear(), first.getUTCMonth() + months, first.getUTCDate()];
  const same = new Date(Date.UTC(year, month, day));
  return (same.getUTCDate() === day ? same.getTime() : Date.UTC(year, month + 1, 1)) - zoneMs;
}

const spanFrom = (one: SuperPlan, end: number | null, at: number): readonly [number, number] => {
  const from = end !== null && end > at ? end : at;
  return [from, endOf(one, from)];
};

export class SuperModel {
  readonly lines: Line[] = [];

  /** What was undone, or paid back before it began, was never written; what was paid back later ends there. */
  until(who: number): number | null {
    return this.lines
      .filter((one) => one.who === who && !isStruck(one))
      .reduce<number | null>((end, { plan: bought, at, ended }) => {
        const [, until] = spanFrom(bought, end, at);
        return ended ? Math.min(until, ended.at) : until;
      }, null);
  }

  buy(no: number, who: number, planNo: number, at: number): Verdict {
    const wanted = plans[planNo % plans.length];
    if (!wanted) return 'refused';
    const known = this.lines.find((one) => one.no === no);
    if (known) return known.who === who && known.plan === wanted ? 'ignored' : 'refused';
    const [from, until] = spanFrom(wanted, this.until(who), at);
    if (until > at + farthestDays * dayMs) return 'refused';
    this.lines.push({ no, who, plan: wanted, at, from, until, ended: null });
    return 'applied';
  }

  end(no: number, who: number, as: 'undone' | 'refunded', at: number): Verdict {
    const found = this.lines.find((one) => one.no === no);
    if (!found || found.who !== who) return 'refused';
    if (found.ended) return found.ended.as === as ? 'ignored' : 'refused';
    const later = this.lines.slice(this.lines.indexOf(found) + 1);
    if (later.some((one) => one.who === who && one.ended === null)) return 'refused';
    const fen = at < found.until ? this.backFen(found, as, at) : null;
    if (fen === null) return 'refused';
    found.ended = { as, at, fen };
    return 'applied';
  }

  private backFen(line: Line, as: 'undone' | 'refunded', at: number): number | null {
    const { plan: bought, from, until } = line;
    const rule = as === 'undone' ? 'undone' : bought.refund;
    const age = at - line.at;
    switch (rule) {
      case 'undone':
        return age < dayMs ? bought.priceFen : null;
      case 'none':
        return null;
      case 'if-unused':
        return age < bought.refundWithinDays * dayMs ? bought.priceFen : null;
      case 'by-days': {
        const all = dayNo(until) - dayNo(from);
        const left = at < from ? all : dayNo(until) - dayNo(at) - 1;
        return Math.floor((bought.priceFen * left) / all);
      }
    }
  }
}
