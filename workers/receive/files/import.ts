/** 导入: a file becomes inbox rows, each record once for each content it ever had. After a crash the file can be sent again. */
import type { ImportKind, ImportMode, ImportReport, Imported, Source } from '../../../schema/index.ts';
import { defaultTimezone } from '../../../schema/index.ts';
import { numberingOf } from '../../decide/plain/numbering.ts';
import { base32 } from '../../platform/base32.ts';
import { DbError, type Db } from '../../db/db.ts';
import { readImported, writeImported } from '../../db/inbox/imports.ts';
import type { RawEvent } from '../intake.ts';
import type { ImportRecord } from './kind.ts';
import { fileKinds } from './kinds.ts';
import { numberingFor, repeatsAgainst, warningsOf } from './sales/repeats.ts';
import { readRecords } from './sheets/read-records.ts';
import { readSheet } from './sheets/read-sheet.ts';
import { toInboxRows } from './rows.ts';
import type { SheetFault } from './sheets/sheet.ts';

export type Upload = {
  readonly kind: ImportKind;
  readonly mode: ImportMode;
  readonly source: Source;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly now: number;
};

/** Whether an adapter of this name understands canonical events. */
export const takesFiles = ({ adapter }: Source): boolean => adapter === 'generic';

const sampleMax = 20;
const errorsMax = 300;
/**
 * Records whose rows are written in one batch: each batch is written whole or not at all, and the next upload continues after
 * it.
 */
const recordsPerBatch = 500;
const linesPerBatch = 3000;
const attemptsMax = 4;

export async function importFile(db: Db, upload: Upload): Promise<ImportReport | SheetFault> {
  const { kind, mode, source, bytes, now } = upload;
  const sheet = await readSheet(bytes);
  if ('fault' in sheet) return sheet;
  const fileKind = fileKinds[kind];
  const zone = source.config?.['zone'];
  const numbering = numberingOf(source.config);
  const reckoning = { numbering, zone: typeof zone === 'string' ? zone : defaultTimezone };
  const read = readRecords(fileKind, sheet, reckoning);
  const prepared = await Promise.all(read.records.map((record) => prepare(source.id, record)));
  const before = await readImported(db, prepared.flatMap(keysOf));
  const kept = fileKind.isNumbered ? await repeatsAgainst(db, source, read.records) : [];
  const count = { fresh: 0, changed: 0, unchanged: 0 };
  for (const one of prepared) count[verdict(before, one)] += 1;
  if (mode === 'commit') {
    for (const batch of batches(prepared)) await commit(db, upload, batch);
  }
  return {
    kind,
    mode,
    rows: read.rows,
    records: prepared.length,
    ...count,
    badRows: read.badRows,
    errors: read.errors.slice(0, errorsMax),
    ignoredColumns: [...read.ignoredColumns],
    numbering: fileKind.isNumbered ? numbering : null,
    suggestedNumbering: numberingFor([...read.repeats, ...kept], numbering),
    warnings: [...warningsOf(read.repeats, numbering, 'file'), ...warningsOf(kept, numbering, 'kept')],
    sample:
      mode === 'preview'
        ? prepared.slice(0, sampleMax).map((one): unknown => toEvent(one, versionAfter(before, one), now))
        : [],
  };
}

type Prepared = {
  readonly record: ImportRecord;
  readonly key: string;
  /** Keys of what it was named before its source numbered as it does. */
  readonly formerKeys: readonly string[];
  readonly contentHash: string;
};
type Before = ReadonlyMap<string, Imported>;

const keysOf = ({ key, formerKeys }: Prepared): string[] => [key, ...formerKeys];
const known = (before: Before, one: Prepared): Imported | undefined =>
  keysOf(one)
    .map((key) => before.get(key))
    .find((row) => row !== undefined);

function verdict(before: Before, one: Prepared): 'fresh' | 'changed' | 'unchanged' {
  const row = known(before, one);
  if (row?.contentHash === one.contentHash) return 'unchanged';
  return before.has(one.key) ? 'changed' : 'fresh';
}

function versionAfter(before: Before, one: Prepared): number {
  const row = known(before, one);
  if (!row) return 1;
  return row.contentHash === one.contentHash ? row.version : row.version + 1;
}

function batches(prepared: readonly Prepared[]): Prepared[][] {
  const all: Prepared[][] = [];
  let lines = 0;
  for (const one of prepared) {
    const current = all.at(-1);
    lines += one.record.lines.length;
    if (current && current.length < recordsPerBatch && lines <= linesPerBatch) current.push(one);
    else {
      all.push([one]);
      lines = one.record.lines.length;
    }
  }
  return all;
}

/**
 * Writes records and their rows in `imported` in one batch. They are read again when another import was faster, or the outcome
 * is unknown.
 */
async function commit(db: Db, { source, now }: Upload, prepared: readonly Prepared[]): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const before = await readImported(db, prepared.flatMap(keysOf));
      const news = prepared.filter((one) => verdict(before, one) !== 'unchanged');
      if (news.length === 0) return;
      const events = news.map((one) => toRaw(one, versionAfter(before, one), now));
      const { inserts } = await toInboxRows(source.id, events, now);
      const after = news.map((one): Imported => {
        const { key, contentHash } = one;
        return { key, contentHash, version: versionAfter(before, one) };
      });
      if (await writeImported(db, before, after, inserts)) return;
    } catch (error) {
      const isOutage = error instanceof DbError && error.kind !== 'refused';
      if (!isOutage || attempt >= attemptsMax) throw error;
    }
    if (attempt >= attemptsMax)
      throw new Error(`lost the race ${attemptsMax} times for an import into ${source.id}`);
  }
}

function toEvent({ record }: Prepared, version: number, now: number): Record<string, unknown> {
  const { name, type, occurredAt, data, takesVersion } = record;
  return {
    type,
    id: `${name}@${version}`,
    occurredAt: occurredAt ?? new Date(now).toISOString(),
    data: takesVersion ? { ...data, version: String(version) } : data,
  };
}

function toRaw(prepared: Prepared, version: number, now: number): RawEvent {
  const event = toEvent(prepared, version, now);
  return { senderId: String(event['id']), type: prepared.record.type, body: JSON.stringify(event) };
}

const keyDigits = 24;
const hashDigits = 32;

async function prepare(sourceId: string, record: ImportRecord): Promise<Prepared> {
  const keyOf = async (name: string): Promise<string> =>
    base32(await digest(`${sourceId}\n${name}`), keyDigits);
  const [key, content, ...formerKeys] = await Promise.all([
    keyOf(record.name),
    digest(JSON.stringify([record.type, record.occurredAt, record.data])),
    ...(record.namesFormerly ?? []).map(keyOf),
  ]);
  return { record, key, formerKeys, contentHash: base32(content, hashDigits) };
}

const digest = async (text: string): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
