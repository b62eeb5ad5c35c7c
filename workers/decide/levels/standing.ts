/** 等级的变动: a level rises with a completed sale, ends with its time, and is given by hand; nothing else moves it. */
import type { LevelSettings, Member, MemberStanding } from '../../../schema/index.ts';
import { addDays, addMonths } from '../plain/dates.ts';
import { earnedOn, isRuled, rankOf } from './rules.ts';

export type Ranked = { readonly level: string | null; readonly standing: MemberStanding };

/** Whoever has none yet: a level that a till told before there were rules counts as earned. */
export const noStanding = (
  member: Pick<Member, 'id' | 'level'>,
  settings: LevelSettings,
): MemberStanding => ({
  memberId: member.id,
  rank: rankOf(settings, member.level),
  isManual: false,
  sinceOn: '',
  lastOn: null,
  seenFen: 0,
  dayTotals: [],
  tops: [],
});

/** What is counted, besides what stands in the standing. */
export type Counted = Pick<Member, 'spentFen' | 'orders' | 'level'> & { readonly growth: number };

const boughtOf = ({ spentFen, orders, growth }: Counted, { dayTotals, tops }: MemberStanding) => ({
  spentFen,
  orders,
  growth,
  dayTotals,
  tops,
});

const endOf = ({ keeping }: LevelSettings, rank: number, on: string): string | null =>
  keeping.mode === 'months' && rank >= 0 ? addMonths(on, keeping.months) : null;

type ByHand = {
  readonly name: string | null;
  readonly lastOn: string | null | undefined;
  readonly on: string;
};

/** 手工定级: whatever the purchases say. Where nothing is said of its end, it stands as long as one that is earned. */
export const byHand = (
  settings: LevelSettings,
  known: MemberStanding,
  { spentFen }: Pick<Member, 'spentFen'>,
  { name, lastOn, on }: ByHand,
): MemberStanding => {
  const rank = rankOf(settings, name);
  const end = lastOn === undefined ? endOf(settings, rank, on) : lastOn;
  return {
    ...known,
    rank,
    isManual: name !== null,
    sinceOn: on,
    lastOn: name === null ? null : end,
    seenFen: spentFen,
  };
};

const nameOf = ({ list }: LevelSettings, rank: number): string | null => list[rank]?.name ?? null;

/** More periods than this have not gone by for anybody. */
const periodsMax = 1_200;

/**
 * As it stands on that day: each time that is over was followed by what the policy says, whether anybody looked then or not. A
 * level by hand is followed by what the purchases reach.
 */
export function rankedOn(
  settings: LevelSettings,
  counted: Counted,
  standing: MemberStanding,
  today: string,
): Ranked {
  const { keeping } = settings;
  let { rank, isManual, sinceOn, lastOn } = standing;
  const isUnchanged = (): boolean => lastOn === standing.lastOn;
  for (let periods = 0; lastOn !== null && lastOn < today && periods < periodsMax; periods += 1) {
    if (!isManual && keeping.mode === 'always') break;
    const earned = earnedOn(settings, boughtOf(counted, standing), lastOn);
    if (isManual) rank = earned;
    else if (earned < rank)
      rank = keeping.mode === 'months' && keeping.afterwards === 'down' ? rank - 1 : earned;
    isManual = false;
    sinceOn = addDays(lastOn, 1);
    lastOn = endOf(settings, rank, lastOn);
  }
  if (isUnchanged()) return { level: counted.level, standing };
  return { level: nameOf(settings, rank), standing: { ...standing, rank, isManual, sinceOn, lastOn } };
}

/**
 * After a completed sale. A higher level is taken at once; a lower one only if something came back since the level was last looked
 * at: rules that ask for more take nothing from who has the level.
 */
export function afterSale(
  settings: LevelSettings,
  counted: Counted & { readonly spentBeforeFen: number },
  standing: MemberStanding,
  on: string,
): Ranked {
  const earned = earnedOn(settings, boughtOf(counted, standing), on);
  // By its name: the shop may have put a level between since.
  const rank = rankOf(settings, counted.level);
  const isLess = counted.spentBeforeFen < standing.seenFen && !standing.isManual;
  const seen = { ...standing, rank, seenFen: counted.spentFen };
  if (earned > rank || (isLess && earned < rank)) {
    const given = { rank: earned, isManual: false, sinceOn: on, lastOn: endOf(settings, earned, on) };
    return { level: nameOf(settings, earned), standing: { ...seen, ...given } };
  }
  const lastOn = standing.isManual ? standing.lastOn : (standing.lastOn ?? endOf(settings, rank, on));
  return { level: counted.level, standing: { ...seen, lastOn } };
}

/** What is shown and what counts today, whatever was written last. */
export function levelNow(
  settings: LevelSettings,
  counted: Counted,
  standing: MemberStanding | undefined,
  today: string,
): { readonly level: string | null; readonly standing: MemberStanding | undefined } {
  if (!standing || !isRuled(settings)) return { level: counted.level, standing };
  return rankedOn(settings, counted, standing, today);
}
