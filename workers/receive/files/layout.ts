/** 版式: what a kind of file says of its columns alone, before anything is made of its rows. */
import type { ImportKind } from '../../../schema/index.ts';
import type { Column } from './columns.ts';

export type Layout = {
  readonly kind: ImportKind;
  readonly columns: readonly Column[];
  /** Rows with the same value are imported together or not at all; null when each row is separate. */
  readonly together: string | null;
  /** What such rows have in common, and may say but once. */
  readonly headKeys: readonly string[];
  /** Rows that have the first given of these in common are about one thing, and are compared with each other. */
  readonly sameBy: readonly string[];
};
