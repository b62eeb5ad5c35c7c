/** 什么时候送: what a kind of happening that campaigns answer has to declare. */
import {
  defaultTimezone,
  type DomainEvent,
  type Member,
  type MerchantSettings,
  type TriggerMet,
} from '../../../schema/index.ts';
import { seedCause } from '../plain/causes.ts';
import { localDate } from '../plain/dates.ts';
import type { Fact } from '../predicates/define.ts';

export type Trigger<Kind extends string = string> = {
  /** The event that meets it. */
  readonly kind: Kind;
  readonly label: string;
  /** What the rows of an account call it. */
  readonly gift: string;
  /** A condition that looks at anything else cannot stand in its campaigns. */
  readonly brings: readonly Fact[];
  /** How its causes begin, and under what it is counted. */
  readonly word: string;
  /** Which of the happenings of a member it is: a level, a day, a year. Without it there is one in a life. */
  readonly which?: (happened: Happened) => string;
  /** Each happening has a name of its own, whoever its member becomes. */
  readonly isNamed?: true;
  /**
   * 一生一次, or once for each of what may happen, counted with the member, so that two who turn out to be one person had it.
   * given: once something was given. met: once it happened, whether or not anything was given for it.
   */
  readonly once?: 'given' | 'met';
  /** Whoever has lived here before has had it. */
  readonly isOfALife?: true;
  /** 注册成功: the member is told once what it brought. */
  readonly isWelcome?: true;
  /** The event that undoes it, and takes back what was given. */
  readonly reversedBy?: DomainEvent['type'];
  /** The kind of condition without which it would answer everybody. */
  readonly asks?: string;
  /** 试一试: what has to be said besides, and what it makes of whoever it happens to. */
  readonly tried?: {
    readonly asks?: 'level';
    readonly as: (member: Member, facts: TriggerMet['facts'], moment: TriedAt) => Member;
  };
  /** It happens as often as somebody likes, so a campaign has to say how often it gives. */
  readonly isAtWill?: true;
};

type TriedAt = { readonly at: number; readonly settings: MerchantSettings };
type Happened = { readonly member: Pick<Member, 'level'>; readonly on: string };

export const defineTrigger = <const Kind extends string>(trigger: Trigger<Kind>): Trigger<Kind> => trigger;

/** What every happening to a member brings. */
export const ofMember = ['storeId', 'at', 'timezone', 'member', 'wears'] as const satisfies readonly Fact[];

type Met = Partial<Pick<TriggerMet, 'occurrence' | 'facts' | 'storeId' | 'occurredAt' | 'digest'>>;

/** Among what follows from an event, after the member is put. What is told for the record gives nothing. */
export function met(
  trigger: Trigger,
  event: DomainEvent,
  member: Pick<Member, 'id' | 'storeId' | 'level'>,
  given: Met = {},
): TriggerMet[] {
  if (event.isHistory || event.isFromFile) return [];
  const { id, namespace, occurredAt } = event;
  const about = {
    trigger: trigger.kind,
    memberId: member.id,
    storeId: member.storeId,
    occurrence: occurrenceOf(trigger, member, occurredAt),
    facts: {},
    seedOf: seedCause(event),
  };
  return [{ type: 'trigger.met', id, namespace, occurredAt, ...about, ...given }];
}

export const occurrenceOf = ({ which }: Trigger, member: Happened['member'], at: number): string =>
  which?.({ member, on: localDate(at, defaultTimezone) }) ?? '';

type Place = Pick<TriggerMet, 'memberId' | 'occurrence'>;

/** With the campaign it is the key of what was given. */
export function causeOf({ word, isNamed }: Trigger, { memberId, occurrence }: Place): string {
  if (isNamed) return `${word}:${occurrence}`;
  return occurrence === '' ? `${word}:${memberId}` : `${word}:${memberId}/${occurrence}`;
}

export const subjectOf = ({ word }: Trigger, { occurrence }: Pick<Place, 'occurrence'>): string =>
  occurrence === '' ? word : `${word}:${occurrence}`;
