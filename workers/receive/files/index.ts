/** 文件: what the API needs for files, in one value. */
import { importFile, takesFiles } from './import.ts';
import { fileKinds } from './kinds.ts';
import { fileBytesMax } from './sheets/sheet.ts';
import { template } from './template.ts';

export const files = {
  fileBytesMax,
  run: importFile,
  takesFiles,
  template: (kind: keyof typeof fileKinds, format: 'csv' | 'xlsx') => template(fileKinds[kind], format),
} as const;
