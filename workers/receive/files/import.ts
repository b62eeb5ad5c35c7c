/** 导入: a file becomes inbox rows, each record once for each content it ever had. After a crash the file can be sent again. */
import type {
  Foreseen,
  HistoryMode,
  ImportKind,
  ImportMode,
  ImportPage,
  ImportReport,
  Imported,
  PointsFrom,
  Source,
} from '../../../schema/index.ts';
import { defaultTimezone, reportedErrorsMax, reportedSampleMax } from '../../../schema/index.ts';
import { numberingOf } from '../../decide/plain/numbering.ts';
import { DbError, type Db } from '../../db/db.ts';
import { readImported, writeImported } from '../../db/inbox/imports.ts';
import { readSettings } from '../../db/shop/settings.ts';
import type { Engine } from '../../engine/engine.ts';
import type { RawEvent } from '../intake.ts';
import { headingOf } from './columns.ts';
import type { Reckoning } from './kind.ts';
import { fileKinds } from './kinds.ts';
import { againstShop, type Checked } from './moving/check.ts';
import { foresee, reckonedMax, reckonedOfPageMax } from './past/foresee.ts';
import { historyReport, pastOf } from './past/history.ts';
import {
  keyed,
  keysOf,
  prepare,
  toEvent,
  toRaw,
  verdict,
  versionAfter,
  withContent,
  type Keyed,
  type Prepared,
} from './prepared.ts';
import { numberingFor, repeatsAgainst, warningsOf } from './sales/repeats.ts';
import { readRecords } from './sheets/read-records.ts';
import { readSheet } from './sheets/read-sheet.ts';
import { toInboxRows } from './rows.ts';
import type { Sheet, SheetFault } from './sheets/sheet.ts';

/** A file, or a page of one that was read in a browser. */
export type Content = { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly page: ImportPage };

export type Upload = {
  readonly kind: ImportKind;
  readonly mode: ImportMode;
  readonly history: HistoryMode;
  readonly pointsFrom: PointsFrom;
  readonly source: Source;
  readonly content: Content;
  readonly now: number;
};

/** Whether an adapter of this name understands canonical events. */
export const takesFiles = ({ adapter }: Source): boolean => adapter === 'generic';

/**
 * Records whose rows are written in one batch: each batch is written whole or not at all, and the next upload continues after
 * it.
 */
const recordsPerBatch = 500;
const linesPerBatch = 3000;
const attemptsMax = 4;

/** `engine` only foresees what a file would bring; the bell has the rest decided. */
export type Importing = { readonly db: Db; readonly engine: Engine };

export async function importFile(
  { db, engine }: Importing,
  upload: Upload,
): Promise<ImportReport | SheetFault> {
  const { kind, mode, source, now } = upload;
  const fileKind = fileKinds[kind];
  const sheet = await sheetOf(upload);
  if ('fault' in sheet) return sheet;
  const reckoning = reckoningOf(source);
  const { numbering } = reckoning;
  const all = readRecords(fileKind, sheet, reckoning, now);
  const settings = await readSettings(db);
  const shop = { settings, namespace: source.namespace, pointsFrom: upload.pointsFrom, now };
  const checked = kind === 'members' ? await againstShop(db, shop, all) : null;
  const read = checked?.read ?? all;
  const past = pastOf(fileKind, upload.history, settings.historyAfterDays, now);
  const named = await Promise.all(read.records.map((record) => keyed(source.id, past, record)));
  const before = await readImported(db, named.flatMap(keysOf));
  const prepared = await Promise.all(named.map((one) => prepare(before, one)));
  const kept = fileKind.isNumbered ? await repeatsAgainst(db, source, read.records) : [];
  const count = { fresh: 0, changed: 0, unchanged: 0 };
  for (const one of prepared) count[verdict(before, one)] += 1;
  const raw = (one: Prepared): RawEvent => toRaw(one, versionAfter(before, one), now);
  const news = prepared.filter((one) => verdict(before, one) !== 'unchanged');
  const others = news.filter(({ isHistory }) => !isHistory);
  const gives = await givenBy(engine, upload, others, raw);
  if (mode === 'commit') {
    for (const batch of batches(named)) await commit(db, upload, batch);
  }
  return {
    kind,
    mode,
    rows: read.rows,
    records: prepared.length,
    ...count,
    badRows: read.badRows,
    errors: read.errors.slice(0, reportedErrorsMax),
    ignoredColumns: [...read.ignoredColumns],
    numbering: fileKind.isNumbered ? numbering : null,
    suggestedNumbering: numberingFor([...read.repeats, ...kept], numbering),
    warnings: [
      ...sheet.notes,
      ...read.notes,
      ...warningsOf(read.repeats, numbering, 'file'),
      ...warningsOf(kept, numbering, 'kept'),
    ],
    history: historyReport(kind, past, {
      history: news.length - others.length,
      others: others.length,
      gives,
    }),
    balances: checked && { ...checked.balances, waiting: waitingOf(checked, before, prepared) },
    sample:
      mode === 'preview'
        ? prepared
            .slice(0, reportedSampleMax)
            .map((one): unknown => toEvent(one, versionAfter(before, one), now))
        : [],
  };
}

/** Taken in before, and not in the books. */
const waitingOf = (
  { stands }: Checked,
  before: Parameters<typeof verdict>[0],
  all: readonly Prepared[],
): number => all.filter((one) => verdict(before, one) === 'unchanged' && !stands(one.record)).length;

const sheetOf = async ({ kind, content }: Upload): Promise<Sheet | SheetFault> =>
  'page' in content ? { ...content.page, notes: [] } : readSheet(content.bytes, headingOf(fileKinds[kind]));

function reckoningOf({ config }: Source): Reckoning {
  const zone = config?.['zone'];
  return { numbering: numberingOf(config), zone: typeof zone === 'string' ? zone : defaultTimezone };
}

/** Of a preview of sales alone; null where nothing is reckoned. */
async function givenBy(
  engine: Engine,
  { kind, mode, source, content, now }: Upload,
  others: readonly Prepared[],
  raw: (one: Prepared) => RawEvent,
): Promise<Foreseen | null> {
  if (kind !== 'sales' || mode !== 'preview' || others.length === 0) return null;
  const most = 'page' in content ? reckonedOfPageMax : reckonedMax;
  return foresee(engine, source, others.slice(0, most).map(raw), now);
}

function batches(prepared: readonly Keyed[]): Keyed[][] {
  const all: Keyed[][] = [];
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
async function commit(db: Db, { source, now }: Upload, named: readonly Keyed[]): Promise<void> {
  const prepared = await Promise.all(named.map(withContent));
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
