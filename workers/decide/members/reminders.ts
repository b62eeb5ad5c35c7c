/** 提醒 of a member: how a change moves pending reminders, and which plan reminds of what. */
import type { Member, MemberId, Reminder } from '../../../schema/index.ts';
import { timezoneOf } from '../config.ts';
import type { Effect } from '../effects.ts';
import { addDays, atHour, localDate } from '../plain/dates.ts';
import { wakingHours } from '../plain/quiet.ts';
import type { Happening, ReminderKind, Standing } from '../reminders/define.ts';
import { reminderKinds } from '../reminders/index.ts';
import { isLongAgo, type World } from '../world.ts';
import type { CompiledPlan, Matter, Schedule } from './reminder-plan.ts';

/** 每天上午9点发送提醒消息. */
const remindHour = wakingHours.from;

/** Due when the plan says, or at once if that has passed; sent at the first 09:00 from then on. */
export function times(remindOn: string, at: number, timezone: string): Pick<Reminder, 'dueAt' | 'sendAt'> {
  const remindAt = atHour(remindOn, remindHour, timezone);
  if (remindAt >= at) return { dueAt: remindAt, sendAt: remindAt };
  const today = localDate(at, timezone);
  const nine = atHour(today, remindHour, timezone);
  return { dueAt: at, sendAt: nine >= at ? nine : atHour(addDays(today, 1), remindHour, timezone) };
}

/** The newest plan that covers the matter; plans are sorted newest first. */
export const planFor = (plans: readonly CompiledPlan[], matter: Matter): CompiledPlan | undefined =>
  plans.find(({ covers }) => covers(matter));

export const plansOf = ({ config }: World, { kind }: ReminderKind): CompiledPlan[] =>
  config.plans.filter((plan) => plan.kind === kind);

/** A reminder in state `passed` is only a record; nothing changes it any more. */
const standingOf = ({ reminders }: World, memberId: MemberId): Reminder[] =>
  reminders.of(memberId).filter(({ state }) => state !== 'passed');

export function remindersAfter(
  world: World,
  happening: Happening,
  kinds: readonly ReminderKind[] = reminderKinds,
): Effect[] {
  if (world.config.plans.length === 0 && world.reminders.size === 0) return [];
  const { member, at } = happening;
  const { useStages } = world.config.settings;
  const change = { ...happening, useStages, on: localDate(at, timezoneOf(world.config, member.storeId)) };
  const own = standingOf(world, member.id);
  const effects: Effect[] = [];
  for (const kind of kinds) {
    if (!kind.follows.includes(change.type)) continue;
    for (const { plans, standing } of lanesOf(kind, plansOf(world, kind), own)) {
      for (const matter of kind.from(change, standing)) {
        const known = standing.find(({ subject }) => subject === matter.subject);
        effects.push(...move(world, { kind, plans, known, matter, member, at }));
      }
    }
  }
  return effects;
}

type Lane = { readonly plans: readonly CompiledPlan[]; readonly standing: readonly Standing[] };

/**
 * When only the newest plan reminds, all plans share one reminder, which is kept up to date even while all of them are off.
 * Otherwise each plan has its own reminder.
 */
function lanesOf(kind: ReminderKind, plans: readonly CompiledPlan[], own: readonly Reminder[]): Lane[] {
  const standing = own.filter((reminder) => reminder.kind === kind.kind);
  if (!kind.isNewestOnly) {
    return plans.map((plan) => ({
      plans: [plan],
      standing: standing.filter(({ planId }) => planId === plan.id),
    }));
  }
  return plans.length === 0 && standing.length === 0 ? [] : [{ plans, standing }];
}

type Move = {
  readonly kind: ReminderKind;
  readonly plans: readonly CompiledPlan[];
  readonly known: Standing | undefined;
  readonly matter: Matter;
  readonly member: Member;
  readonly at: number;
};

function move(world: World, { kind, plans, known, matter, member, at }: Move): Effect[] {
  const { subject, storeId, basis } = matter;
  const plan = planFor(plans, matter);
  const schedule = plan?.schedule(matter) ?? null;
  if (!plan || !schedule) return known ? put({ ...known, basis, state: 'cancelled' }) : [];
  return passOn(known, {
    memberId: member.id,
    planId: plan.id,
    subject,
    kind: kind.kind,
    storeId,
    basis: schedule.basis,
    ...momentOf(world, { known, matter, at, schedule, planId: plan.id }),
  });
}

type Moved = Pick<Move, 'known' | 'matter' | 'at'> & {
  readonly schedule: Schedule;
  readonly planId: Reminder['planId'];
};

function momentOf(
  world: World,
  { known, matter: { isNews, storeId }, at, schedule: { remindOn, lastOn }, planId }: Moved,
): Pick<Reminder, 'dueAt' | 'sendAt' | 'state'> {
  const timezone = timezoneOf(world.config, storeId);
  const isWaiting = known?.state === 'pending' && known.planId === planId;
  if (known && (known.state === 'sent' || (isNews && isWaiting))) {
    // A purchase told late that was used up before puts nothing off: of that nobody is reminded anew.
    const isPutOff = isNews && atHour(remindOn, remindHour, timezone) > known.dueAt;
    const { dueAt, sendAt, state } = known;
    if (!isPutOff) return { dueAt, sendAt, state };
  }
  const moment = times(remindOn, Math.max(at, world.now), timezone);
  const isOver = lastOn !== undefined && localDate(moment.sendAt, timezone) > lastOn;
  // What was still to come and is shortened by a return is told, however late that is.
  const isShortened = known?.state === 'pending' && !isNews && !isLongAgo(world, at);
  return { ...moment, state: isOver && !isShortened ? 'cancelled' : 'pending' };
}

const put = (row: Reminder): Effect[] => [{ type: 'reminder.put', row }];

/** The only place where a reminder changes its plan: the old plan's row is passed, and the new plan's row is put. */
export function passOn(known: Standing | undefined, row: Reminder): Effect[] {
  const isPassed = known !== undefined && known.planId !== row.planId;
  return isPassed ? [...put({ ...known, state: 'passed' }), ...put(row)] : put(row);
}

/** A member that was put may have a new birthday. Without a plan that follows members nothing is looked up. */
export function remindersOfPut(
  world: World,
  effects: readonly Effect[],
  kinds: readonly ReminderKind[] = reminderKinds,
): Effect[] {
  const follows = (kind: ReminderKind): boolean => kind.follows.includes('member.put');
  if (!kinds.some((kind) => follows(kind) && world.config.plans.some((plan) => plan.kind === kind.kind)))
    return [];
  const put = new Set(effects.flatMap((effect) => (effect.type === 'member.put' ? [effect.member.id] : [])));
  return [...put].flatMap((id) => {
    const member = world.members.get(id);
    if (!member || member.deletedAt !== null || member.mergedInto !== null) return [];
    return remindersAfter(world, { type: 'member.put', member, at: world.now }, kinds);
  });
}
