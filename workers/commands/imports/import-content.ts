/** 导入: a file, or a page of one, is previewed and then committed; sending it twice changes nothing. */
import * as z from 'zod';
import {
  historyModes,
  importKinds,
  importModes,
  numberings,
  pointsFroms,
  type ImportReport,
  type Source,
} from '../../../schema/index.ts';
import type { Db } from '../../db/db.ts';
import { readSource } from '../../db/sources/registered-sources.ts';
import { numberingOf } from '../../decide/plain/numbering.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Doorbell } from '../../engine/ports.ts';
import type { Problem } from '../../platform/problem.ts';
import { invalidField } from '../invalid.ts';
import { checkNumbering } from '../sources/numbering.ts';
import { registerSource } from '../sources/register.ts';
import type { Files, Upload } from './files.ts';

export const ImportInput = z.strictObject({
  kind: z.enum(importKinds),
  source: z.string().trim().min(1).max(40),
  mode: z.enum(importModes).default('preview'),
  numbering: z.enum(numberings).optional(),
  history: z.enum(historyModes).default('auto'),
  pointsFrom: z.enum(pointsFroms).default('import'),
});
export type ImportInput = z.infer<typeof ImportInput>;

export type ImportDesk = Parameters<typeof registerSource>[0] & {
  readonly db: Db;
  readonly engine: Engine;
  readonly doorbell: Doorbell;
  readonly files: Files;
};

/** The source is looked at before the content is read, which may be large. */
export async function importContent(
  desk: ImportDesk,
  asked: ImportInput,
  contentOf: () => Promise<Upload['content'] | Problem>,
  now: number,
): Promise<ImportReport | Problem> {
  const { kind, mode, history, pointsFrom } = asked;
  const source = await sourceOf(desk, asked, now);
  if ('code' in source) return source;
  const content = await contentOf();
  if ('code' in content) return content;
  const report = await desk.files.run(desk, { kind, mode, history, pointsFrom, source, content, now });
  if ('fault' in report)
    return report.isTooLarge ? tooLarge(report.fault) : invalidField('file', report.fault);
  if (mode === 'commit' && report.fresh + report.changed > 0) desk.doorbell.ring();
  return report;
}

export const tooLarge = (detail: string): Problem => ({
  status: 413,
  code: 'too_large',
  detail,
  field: 'file',
});

/** How a source numbers is said with its first file as well: what is taken in is decided by it, and all that follows. */
async function sourceOf(desk: ImportDesk, asked: ImportInput, now: number): Promise<Source | Problem> {
  const source = await readSource(desk.db, asked.source);
  if (!source) return invalidField('source', 'is not a registered source; register one for files first');
  if (!desk.files.takesFiles(source))
    return invalidField('source', 'must use the adapter generic to take files');
  const { kind, mode, numbering } = asked;
  if (numbering === undefined || numbering === numberingOf(source.config)) return source;
  if (kind !== 'sales') return invalidField('numbering', 'is for receipts; leave it out, or send kind=sales');
  const { id, name, adapter } = source;
  const config = { ...source.config, numbering };
  if (mode === 'preview')
    return (await checkNumbering(desk.db, { ...source, config }, source)) ?? { ...source, config };
  const registered = await registerSource(desk, { id, name, adapter, config }, now);
  return 'code' in registered ? registered : registered.source;
}
