/** 导入的端口: what turns files into events, passed in as values: the API takes the request, and `receive` reads the file. */
import type { ImportKind, ImportMode, ImportReport, Source, TemplateFormat } from '../../../schema/index.ts';
import type { Db } from '../../db/db.ts';

export type Upload = {
  readonly kind: ImportKind;
  readonly mode: ImportMode;
  readonly source: Source;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly now: number;
};

/** Why the whole file cannot be read, in Chinese for the person who sent it. */
export type FileFault = { readonly fault: string; readonly isTooLarge: boolean };

export type Files = {
  readonly fileBytesMax: number;
  readonly run: (db: Db, upload: Upload) => Promise<ImportReport | FileFault>;
  readonly template: (
    kind: ImportKind,
    format: TemplateFormat,
  ) => { readonly bytes: Uint8Array<ArrayBuffer>; readonly contentType: string; readonly fileName: string };
  /** Whether this source's adapter understands canonical events. */
  readonly takesFiles: (source: Source) => boolean;
};
