/** 抽奖活动: what points are drawn for. What was won stays as it was promised, whatever is changed afterwards. */
import { LotteryId, LotteryInput, type Lottery } from '../../../schema/index.ts';
import type { Db } from '../../db/db.ts';
import { insertLottery, listLotteries, readLottery, replaceLottery } from '../../db/draws/lotteries.ts';
import { templatesNamed } from '../../db/shop/coupon-templates.ts';
import type { Problem } from '../../platform/problem.ts';
import { invalidField } from '../invalid.ts';
import type { Changeable } from './define.ts';

export const lotteries: Changeable<LotteryId, LotteryInput, Lottery> = {
  label: '积分抽奖',
  noun: 'lottery',
  id: LotteryId,
  idPrefix: 'l',
  input: LotteryInput,
  draw: (definition, place, _, before) => ({
    ...place,
    definition,
    drawn: before?.drawn ?? 0,
    awarded: before?.awarded ?? definition.prizes.map(() => 0),
  }),
  placeOf: ({ id, createdAt }) => ({ id, createdAt }),
  fault,
  insert: insertLottery,
  list: listLotteries,
  read: readLottery,
  inputOf: ({ definition }) => definition,
  replace: async (db, next, current) => {
    const changed = givesAnother(next, current);
    if (changed) return changed;
    const outcome = await replaceLottery(db, next, current);
    return outcome === 'below-used' ? belowUsed(next, await readLottery(db, next.id)) : outcome;
  },
};

async function fault(db: Db, { definition }: Lottery): Promise<Problem | null> {
  const { firstOn, lastOn, collectFirstOn, collectLastOn, prizes } = definition;
  if (lastOn < firstOn) return invalidField('lastOn', 'must not be before firstOn');
  if (collectLastOn !== null && collectLastOn < collectFirstOn)
    return invalidField('collectLastOn', 'must not be before collectFirstOn');
  if (collectLastOn !== null && collectLastOn < lastOn)
    return invalidField('collectLastOn', 'must not be before lastOn: what is won last has to be fetched too');
  const named = prizes.flatMap((prize) => (prize.kind === 'coupon' ? [prize.templateId] : []));
  const templates = await templatesNamed(db, named);
  const unknown = prizes.findIndex((prize) => prize.kind === 'coupon' && !templates.has(prize.templateId));
  if (unknown < 0) return null;
  return invalidField(`prizes[${String(unknown)}].templateId`, 'no coupon template has this id');
}

/** A prize is known by its place: where some are gone, it stays what it is, and may only be worded anew or become more. */
function givesAnother({ definition }: Lottery, { definition: before, awarded }: Lottery): Problem | null {
  const place = before.prizes.findIndex((prize, at) => {
    const next = definition.prizes[at];
    return (awarded[at] ?? 0) > 0 && (next?.kind !== prize.kind || next.valueFen !== prize.valueFen);
  });
  if (place < 0) return null;
  const field = `prizes[${String(place)}]`;
  return {
    status: 409,
    code: 'prize_was_won',
    detail: `${field} was won ${String(awarded[place])} times: its kind, its value and its place stay; add prizes at the end`,
    field,
    numbers: { used: awarded[place] ?? 0 },
  };
}

function belowUsed({ definition }: Lottery, now: Lottery | null): Problem {
  const { awarded = [] } = now ?? {};
  const place = awarded.findIndex((used, at) => used > (definition.prizes[at]?.quota ?? 0));
  const [limit, used] = [definition.prizes[place]?.quota ?? 0, awarded[place] ?? 0];
  return {
    status: 409,
    code: 'limit_below_used',
    detail: `the quota cannot be ${String(limit)}: ${String(used)} were won already`,
    field: `prizes[${String(place)}].quota`,
    numbers: { limit, used },
  };
}
