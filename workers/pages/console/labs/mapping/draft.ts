/** 改到一半的映射: what stands in the form, as a mapping; nothing of it is saved before somebody says so. */
import type { Source } from '../../../../../schema/index.ts';
import type { DecodeStep, Labs } from '../../../../commands/sources/lab-ports.ts';
import { defaultTimezone } from '../../../../../schema/index.ts';
import type { Typed } from '../../form/typed.ts';
import { beside, ruleOf, textIn, usualType, type Json, type Rule } from './rule.ts';
import { jsonOf, typeRule } from './typed-rule.ts';
import type { Tried } from '../tried.tsx';

export type Spec = {
  readonly decode: readonly DecodeStep[];
  readonly each?: unknown;
  readonly events: readonly Rule[];
  readonly otherwise?: unknown;
};

export type Draft = {
  readonly spec: Spec;
  /** Which of its rules the form shows. */
  readonly place: number;
  /** Null for a rule that the form has no place for. */
  readonly typed: Typed | null;
  /** As text, for who prefers it. */
  readonly text: string | null;
  readonly isText: boolean;
  readonly zone: string;
  /** What the till is answered. */
  readonly answer: string;
};

export const mappingIn = ({ config }: Source): Json => jsonOf(config?.['mapping']);
const successIn = ({ config }: Source): Json => jsonOf(jsonOf(config?.['answer'])['success']);
const usualAnswer = '{"ok":true}';
export const stepsMax = 8;

export const specText = (spec: Spec): string => JSON.stringify(spec, null, 1);

function parsed(text: string): Spec | null {
  try {
    const { decode, events, ...rest } = jsonOf(JSON.parse(text));
    // What is no step or no rule is refused by the lab, by its path; the form needs something to show.
    const rules = Array.isArray(events) ? events.map(jsonOf) : [];
    return {
      decode: Array.isArray(decode) ? decode.map(stepOf) : [{ do: 'json' }],
      ...rest,
      events: rules.length > 0 ? rules : [{}],
    };
  } catch {
    return null;
  }
}

const stepOf = (step: unknown): DecodeStep => ({ ...jsonOf(step), do: textOf(jsonOf(step)['do']) });
const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? null);

export function openDraft(source: Source, { text }: Tried, labs: Labs): Draft {
  const saved = mappingIn(source)['spec'];
  const spec = (saved !== undefined && parsed(JSON.stringify(saved))) || {
    decode: labs.guess(text),
    events: [{ type: usualType }],
  };
  const zone = source.config?.['zone'];
  const answer = successIn(source)['body'];
  return showing(
    {
      spec,
      zone: typeof zone === 'string' ? zone : defaultTimezone,
      answer: typeof answer === 'string' ? answer : usualAnswer,
    },
    0,
  );
}

const within = (events: readonly Rule[], place: number): number =>
  Math.min(Math.max(0, place), events.length - 1);

const showing = (draft: Pick<Draft, 'spec' | 'zone' | 'answer'>, place: number): Draft => {
  const { events } = draft.spec;
  const at = within(events, place);
  return { ...draft, place: at, typed: typeRule(events[at] ?? {}), text: null, isText: false };
};

/** `verb` is what the button asked for. */
export function draftIn(form: Typed, { text }: Tried, labs: Labs): Draft {
  const [verb, which = ''] = (form.get('act') ?? '').split(':');
  const written = form.get('text');
  const whole = parsed(written ?? form.get('spec') ?? '');
  const rest = {
    zone: textIn(form, 'zone') || defaultTimezone,
    answer: textIn(form, 'answer') || usualAnswer,
  };
  const held = whole ?? { decode: [], events: [{}] };
  const place = within(held.events, Number(form.get('place')) || 0);
  if (written !== null) {
    const spec = held;
    if (whole !== null && verb === 'form') return showing({ ...rest, spec }, 0);
    return { ...rest, spec, place: 0, typed: null, text: written, isText: true };
  }
  const isTyped = form.has('type');
  const events = isTyped ? held.events.with(place, ruleOf(form)) : held.events;
  const each = textIn(form, 'each');
  const spec: Spec = {
    decode: verb === 'guess' ? labs.guess(text) : stepsIn(form),
    ...(each !== '' && { each }),
    events,
    ...(form.get('otherwise') === 'ignore' && { otherwise: 'ignore' }),
  };
  if (verb === 'text') return { ...rest, spec, place, typed: null, text: specText(spec), isText: true };
  if (verb === 'rule') return showing({ ...rest, spec }, Number(which));
  if (verb === 'add')
    return showing(
      { ...rest, spec: { ...spec, events: [...events, { type: 'refund.completed' }] } },
      events.length,
    );
  if (verb === 'drop' && events.length > 1)
    return showing({ ...rest, spec: { ...spec, events: events.filter((_, at) => at !== place) } }, 0);
  return { ...rest, spec, place, typed: isTyped ? form : null, text: null, isText: false };
}

const stepsIn = (form: Typed): DecodeStep[] =>
  Array.from({ length: stepsMax }, (_, place) => ({
    do: textIn(form, `s:${place}`),
    at: textIn(form, `a:${place}`),
  })).flatMap((step) => (step.do === '' ? [] : [step.at === '' ? { do: step.do } : step]));

/** What the lab is given: an event that a mapping took apart before has that behind it, and a number may still be missing. */
export const trialOf = ({ spec }: Draft, { isDecoded, event }: Pick<Tried, 'isDecoded' | 'event'>): Spec => ({
  ...spec,
  ...(isDecoded && event && { decode: [{ do: 'json' }] }),
  events: spec.events.map((rule) => ({ id: { path: [beside.id] }, ...rule })),
});
