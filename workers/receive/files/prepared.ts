/** 待导入: a record with what is remembered of it, so that a file that is sent again is known again. */
import type { Imported } from '../../../schema/index.ts';
import { base32 } from '../../platform/base32.ts';
import type { RawEvent } from '../intake.ts';
import type { ImportRecord } from './kind.ts';
import type { Past } from './past/history.ts';

/** What a record is remembered by. */
export type Keyed = {
  readonly record: ImportRecord;
  readonly isHistory: boolean;
  readonly key: string;
  /** Keys of what it was named before its source numbered as it does. */
  readonly formerKeys: readonly string[];
};
/** `contentHash` is null where nobody compares it: of what is new, and only looked at. */
export type Prepared = Keyed & { readonly contentHash: string | null };
type Before = ReadonlyMap<string, Imported>;

export const keysOf = ({ key, formerKeys }: Keyed): string[] => [key, ...formerKeys];
const known = (before: Before, one: Keyed): Imported | undefined =>
  keysOf(one)
    .map((key) => before.get(key))
    .find((row) => row !== undefined);

export function verdict(before: Before, one: Prepared): 'fresh' | 'changed' | 'unchanged' {
  const row = known(before, one);
  if (row?.contentHash === one.contentHash) return 'unchanged';
  return before.has(one.key) ? 'changed' : 'fresh';
}

export function versionAfter(before: Before, one: Prepared): number {
  const row = known(before, one);
  if (!row) return 1;
  return row.contentHash === one.contentHash ? row.version : row.version + 1;
}

export function toEvent(
  { record, isHistory }: Prepared,
  version: number,
  now: number,
): Record<string, unknown> {
  const { name, type, occurredAt, data, movedIn, takesVersion } = record;
  return {
    type,
    id: `${name}@${version}`,
    occurredAt: occurredAt ?? new Date(now).toISOString(),
    fromFile: true,
    ...(isHistory && { history: true }),
    ...(movedIn && { movedIn }),
    data: takesVersion ? { ...data, version: String(version) } : data,
  };
}

export function toRaw(prepared: Prepared, version: number, now: number): RawEvent {
  const event = toEvent(prepared, version, now);
  return { senderId: String(event['id']), type: prepared.record.type, body: JSON.stringify(event) };
}

const keyDigits = 24;
const hashDigits = 32;

export async function keyed(sourceId: string, past: Past, record: ImportRecord): Promise<Keyed> {
  const keyOf = async (name: string): Promise<string> =>
    base32(await digest(`${sourceId}\n${name}`), keyDigits);
  const [key, ...formerKeys] = await Promise.all([
    keyOf(record.name),
    ...(record.namesFormerly ?? []).map(keyOf),
  ]);
  return { record, isHistory: past.isHistory(record), key, formerKeys };
}

/** Whether it is history is no content: a file that is sent again a week later changes nothing. */
export async function withContent(one: Keyed): Promise<Prepared & { readonly contentHash: string }> {
  const { type, occurredAt, data, movedIn } = one.record;
  const told = [type, occurredAt, data, ...(movedIn ? [movedIn] : [])];
  const content = await digest(JSON.stringify(told));
  return { ...one, contentHash: base32(content, hashDigits) };
}

export const prepare = async (before: Before, one: Keyed): Promise<Prepared> =>
  known(before, one) ? withContent(one) : { ...one, contentHash: null };

const digest = async (text: string): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
