/** 文件: what the API needs for files, in one value. */
import type { ImportPage } from '../../../schema/index.ts';
import { matchHeader } from './columns.ts';
import { importFile, takesFiles } from './import.ts';
import { fileKinds } from './kinds.ts';
import { isBalance } from './moving/columns.ts';
import { fileBytesMax } from './sheets/sheet.ts';
import { template } from './template.ts';

export const files = {
  fileBytesMax,
  run: importFile,
  takesFiles,
  hasBalances: (kind: keyof typeof fileKinds, page: ImportPage) =>
    kind === 'members' &&
    matchHeader({ ...page, notes: [] }, fileKinds[kind].columns).columns.some(
      (column) => column !== null && isBalance(column),
    ),
  template: (kind: keyof typeof fileKinds, format: 'csv' | 'xlsx') => template(fileKinds[kind], format),
} as const;
