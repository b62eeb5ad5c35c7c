/** The values many nouns share: money, instants, scopes. */
import * as z from 'zod';
import { Id } from './names.ts';
import { isDay, whole } from './plain.ts';

/** A hundred million yuan: more than any receipt, and far below the limit of safe integers. */
export const fenMax = 10_000_000_000;
export const wholeNumberMax = 1_000_000_000;
const scopeEntriesMax = 50;
const scopeIdsMax = 1000;

const whatIsFen = 'must be a whole number of fen, for example 1999 for 19.99 yuan';
export const Fen = whole({ maximum: fenMax }, whatIsFen);
/** What a till rounds off may raise or lower a receipt. */
export const FenOfEitherSign = whole({ minimum: -fenMax, maximum: fenMax }, whatIsFen);

/** RFC 3339 with an offset, so that nobody has to guess the zone. Every lawful way of writing a moment is read. */
export const Instant = z
  .string()
  .check((context) => {
    const instant = instantOf(context.value);
    if (instant !== null) context.value = instant;
    else {
      const message = 'give a time with its offset, for example 2026-11-22T14:59:00+08:00';
      context.issues.push({ code: 'custom', message, input: context.value });
    }
  })
  .meta({ format: 'date-time' });

/** `t`, `z` and a space are lawful; Java leaves out seconds that are zero, and PHP the colon of the offset. */
const written =
  /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2})(?::(\d{2}))?(?:[.,](\d{1,9}))?\s?(?:([Zz])|([+-]\d{2}):?(\d{2}))$/;

/** As Date.parse reads it, or null. A leap second is the moment after it, as every clock shows. */
function instantOf(text: string): string | null {
  const parts = written.exec(text.trim());
  if (!parts) return null;
  const [, day = '', minute = '', second = '00', fraction, zulu, hours = '', minutes = ''] = parts;
  const isLeap = second === '60';
  const offset = zulu ? 'Z' : `${hours}:${minutes}`;
  const part = fraction ? `.${fraction.slice(0, 3).padEnd(3, '0')}` : '';
  const instant = `${day}T${minute}:${isLeap ? '59' : second}${part}${offset}`;
  const at = Date.parse(instant);
  if (Number.isNaN(at) || !isDay(day)) return null;
  return isLeap ? new Date(at - (at % 1000) + 1000).toISOString() : instant;
}

/** 日期. */
export const Day = z.iso.date('must be a date such as 2026-11-22');

export const scopeKinds = ['category', 'brand', 'sku', 'tag'] as const;
export type ScopeKind = (typeof scopeKinds)[number];

const ScopeEntry = z.strictObject({
  kind: z.enum(scopeKinds),
  ids: z.array(Id).min(1).max(scopeIdsMax),
});
export type ScopeEntry = z.infer<typeof ScopeEntry>;

export const ScopeEntries = z.array(ScopeEntry).max(scopeEntriesMax);

/** An empty include means everything; exclude always wins. */
export const Scope = z.strictObject({
  include: ScopeEntries.default([]),
  exclude: ScopeEntries.default([]),
});
export type Scope = z.infer<typeof Scope>;

export const StoreIds = z.array(Id).min(1).max(scopeIdsMax);
