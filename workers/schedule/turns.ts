/**
 * 轮值: which chores run in a minute. Every chore has fixed minutes of the hour in which there is room for it, so nothing has to
 * be stored.
 */
import { defaultTimezone } from '../../schema/index.ts';
import { localHour } from '../decide/plain/dates.ts';
import type { Plan } from '../platform/plans.ts';
import type { Budget, Chore } from './chores/define.ts';

const minuteMs = 60_000;
const minutesPerHour = 60;

/** What every minute costs besides its chores: reading the configuration in a new isolate, and one statement for an alert. */
const beside: Budget = { statements: 8, cpuMs: 1 };

/** The most that the chores of one minute may cost together. */
export const boundOf = ({ perInvocation }: Plan): Budget => ({
  statements: perInvocation.statements - beside.statements,
  cpuMs: perInvocation.cpuMs - beside.cpuMs,
});

export const minuteOf = (at: number): number => Math.floor(at / minuteMs);

/** The chores of a minute (counted since 1970), in the order of the list. */
export function choresAt(chores: readonly Chore[], minute: number, plan: Plan): readonly Chore[] {
  const phases = phasesOf(chores, plan);
  const hour = localHour(minute * minuteMs, defaultTimezone);
  return chores.filter(
    (chore) => isAwake(chore, hour) && minute % chore.when.everyMinutes[plan.name] === phases.get(chore),
  );
}

const isAwake = ({ when: { hours } }: Chore, hour: number): boolean =>
  hours === undefined || (hour >= hours.from && hour < hours.to);

/**
 * For each chore its first minute. The most frequent choose first, and of those the largest, because the others find room more
 * easily.
 */
function phasesOf(chores: readonly Chore[], plan: Plan): ReadonlyMap<Chore, number> {
  const { name } = plan;
  const bound = boundOf(plan);
  const hours = hoursThatDiffer(chores).map((hour) => ({ hour, taken: emptyHour() }));
  const phases = new Map<Chore, number>();
  const inTurn = chores.toSorted(
    (one, other) =>
      one.when.everyMinutes[name] - other.when.everyMinutes[name] ||
      other.budget[name].statements - one.budget[name].statements,
  );
  for (const chore of inTurn) {
    const every = chore.when.everyMinutes[name];
    const budget = chore.budget[name];
    const open = hours.filter(({ hour }) => isAwake(chore, hour)).map(({ taken }) => taken);
    const fullest = Array.from({ length: every }, (_, phase) =>
      Math.max(0, ...open.flatMap((taken) => fullness(taken, { phase, every, budget }, bound))),
    );
    const phase = fullest.indexOf(closest(fullest));
    phases.set(chore, phase);
    for (const taken of open) take(taken, { phase, every, budget });
  }
  return phases;
}

/** The fullest minute that still has room, so that large chores find empty ones; the emptiest when none has room. */
function closest(shares: readonly number[]): number {
  const fitting = shares.filter((share) => share <= 1);
  return fitting.length > 0 ? Math.max(...fitting) : Math.min(...shares);
}

type Hour = { readonly statements: number[]; readonly cpuMs: number[] };
type Claim = { readonly phase: number; readonly every: number; readonly budget: Budget };

const emptyHour = (): Hour => ({
  statements: Array.from({ length: minutesPerHour }, () => 0),
  cpuMs: Array.from({ length: minutesPerHour }, () => 0),
});

/** How much of the bound would be used in each of the chore's minutes, by the scarcer of statements and CPU. */
function fullness(taken: Hour, { phase, every, budget }: Claim, bound: Budget): number[] {
  const shares: number[] = [];
  for (let minute = phase; minute < minutesPerHour; minute += every) {
    const statements = (taken.statements[minute] ?? 0) + budget.statements;
    const cpuMs = (taken.cpuMs[minute] ?? 0) + budget.cpuMs;
    shares.push(Math.max(statements / bound.statements, cpuMs / bound.cpuMs));
  }
  return shares;
}

function take(taken: Hour, { phase, every, budget }: Claim): void {
  for (let minute = phase; minute < minutesPerHour; minute += every) {
    taken.statements[minute] = (taken.statements[minute] ?? 0) + budget.statements;
    taken.cpuMs[minute] = (taken.cpuMs[minute] ?? 0) + budget.cpuMs;
  }
}

/** All hours between two starts or ends of a chore's day are alike. */
const hoursThatDiffer = (chores: readonly Chore[]): readonly number[] => [
  ...new Set([0, ...chores.flatMap(({ when: { hours } }) => (hours ? [hours.from, hours.to % 24] : []))]),
];
