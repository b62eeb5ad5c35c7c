/** 导入的端口: what turns files into events, passed in as values: the API or a page takes the request, and `receive` reads the file. */
import type {
  HistoryMode,
  ImportKind,
  ImportMode,
  ImportPage,
  ImportReport,
  PointsFrom,
  Source,
  TemplateFormat,
} from '../../../schema/index.ts';
import type { Db } from '../../db/db.ts';
import type { Engine } from '../../engine/engine.ts';

export type Upload = {
  readonly kind: ImportKind;
  readonly mode: ImportMode;
  /** 历史单据: which rows are history. */
  readonly history: HistoryMode;
  /** 积分从哪天算, where a member's row does not say when they end. */
  readonly pointsFrom: PointsFrom;
  readonly source: Source;
  /** A file, or a page of one that was read in a browser. */
  readonly content: { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly page: ImportPage };
  readonly now: number;
};

/** Why the whole file cannot be read, in Chinese for the person who sent it. */
export type FileFault = { readonly fault: string; readonly isTooLarge: boolean };

export type Files = {
  readonly fileBytesMax: number;
  readonly run: (
    importing: { readonly db: Db; readonly engine: Engine },
    upload: Upload,
  ) => Promise<ImportReport | FileFault>;
  readonly template: (
    kind: ImportKind,
    format: TemplateFormat,
  ) => { readonly bytes: Uint8Array<ArrayBuffer>; readonly contentType: string; readonly fileName: string };
  /** Whether it brings points or money, which is the owner's to say. */
  readonly hasBalances: (kind: ImportKind, page: ImportPage) => boolean;
  /** Whether this source's adapter understands canonical events. */
  readonly takesFiles: (source: Source) => boolean;
};
