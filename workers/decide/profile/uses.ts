/**
 * 在用段位: which milk and which nappies a child uses on a day, and when the next ones follow: by its age in days and the table of
 * the shop, or as somebody was told. The table is read anew each time, so that a change of it holds for everybody at once.
 */
import {
  usedGoods,
  type Child,
  type ChildUseTold,
  type UsedGoods,
  type UseStage,
  type UseStages,
} from '../../../schema/index.ts';
import { addDays, daysBetween } from '../plain/dates.ts';
import { overdueDaysMax } from '../members/children.ts';

/** 换段: the day on which a stage begins. */
export type StageUp = { readonly stage: string; readonly on: string };

type Course = {
  /** Null before the first stage begins. */
  readonly stage: string | null;
  /** What is still to come, the first at the front. */
  readonly ups: readonly StageUp[];
  readonly isByHand: boolean;
};

export type InUse = Omit<Course, 'ups'> & {
  readonly born: string;
  readonly name: string | null;
  readonly goods: UsedGoods;
  readonly next: (StageUp & { readonly days: number }) | null;
};

/** Null where the table is empty, or the child is not there yet. */
export function courseOf(
  child: Child,
  { goods, table }: { readonly goods: UsedGoods; readonly table: readonly UseStage[] },
  today: string,
): Course | null {
  const { born, isExpected } = child;
  const isHere = isExpected ? today > addDays(born, overdueDaysMax) : today >= born;
  if (table.length === 0 || !isHere) return null;
  const byAge = (day: string): number =>
    table.findLastIndex(({ fromDays }) => addDays(born, fromDays) <= day);
  const after = (place: number): StageUp[] =>
    table.slice(place + 1).map(({ name, fromDays }) => ({ stage: name, on: addDays(born, fromDays) }));
  const at = (place: number): string | null => table[place]?.name ?? null;
  const use = child.uses?.[goods];
  const held = use ? table.findIndex(({ name }) => name === use.stage) : -1;
  if (!use || held < 0) return { stage: at(byAge(today)), ups: after(byAge(today)), isByHand: false };
  if (use.untilOn === null) return { stage: use.stage, ups: [], isByHand: true };
  // Whoever was ahead of the table does not go back, and who was behind goes on to where it has come.
  const followsAt = (day: string): number => Math.max(Math.min(held + 1, table.length - 1), byAge(day));
  if (today >= use.untilOn)
    return { stage: at(followsAt(today)), ups: after(followsAt(today)), isByHand: false };
  const next = followsAt(use.untilOn);
  const up = { stage: at(next) ?? use.stage, on: use.untilOn };
  return { stage: use.stage, ups: next > held ? [up, ...after(next)] : [], isByHand: true };
}

/** Of every child and all goods that the shop has a table of. */
export const usesOf = (children: readonly Child[] | null, stages: UseStages, today: string): InUse[] =>
  (children ?? []).flatMap((child) =>
    usedGoods.flatMap((goods) => {
      const course = courseOf(child, { goods, table: stages[goods] }, today);
      if (!course) return [];
      const { stage, ups, isByHand } = course;
      const [next] = ups;
      return [
        {
          born: child.born,
          name: child.name ?? null,
          goods,
          stage,
          isByHand,
          next: next ? { ...next, days: daysBetween(today, next.on) } : null,
        },
      ];
    }),
  );

/** As it was told, of every child born that day. */
export const usingNow = (
  known: readonly Child[] | null,
  told: readonly ChildUseTold[],
): readonly Child[] | null => known?.map((child) => told.reduce(usingOne, child)) ?? null;

function usingOne(child: Child, { born, goods, use }: ChildUseTold): Child {
  if (child.born !== born) return child;
  const { uses = {}, ...rest } = child;
  const { [goods]: _, ...others } = uses;
  const now = use === null ? others : { ...others, [goods]: use };
  return Object.keys(now).length === 0 ? rest : { ...rest, uses: now };
}
