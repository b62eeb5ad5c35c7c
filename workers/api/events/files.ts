/** 导入的端口: what turns files into events, passed in as a value: the API takes requests, and `receive` knows files. */
import type { ImportKind, ImportMode, ImportReport, Source, TemplateFormat } from '../../../schema/index.ts';
import type { Db } from '../../db/db.ts';

export type Upload = {
  readonly kind: ImportKind;
  readonly mode: ImportMode;
  readonly source: Source;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly now: number;
};

/** Why the file as a whole cannot be read, in Chinese: it is for whoever holds the file. */
export type FileFault = { readonly fault: string; readonly isTooLarge: boolean };

export type Files = {
  readonly fileBytesMax: number;
  readonly run: (db: Db, upload: Upload) => Promise<ImportReport | FileFault>;
  readonly template: (
    kind: ImportKind,
    format: TemplateFormat,
  ) => { readonly bytes: Uint8Array<ArrayBuffer>; readonly contentType: string; readonly fileName: string };
  /** Whether events of ours are understood when they come from this source. */
  readonly takesFiles: (source: Source) => boolean;
};
