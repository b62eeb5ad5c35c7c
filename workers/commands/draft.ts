/** 草稿: what a command would write. Whoever asked writes it in one batch with their own answer, so that neither is there alone. */
import type { Statement } from '../db/db.ts';

export type Writing = {
  readonly statements: readonly Statement[];
  /** Something is due at once: the doorbell is rung after the writing. */
  readonly rings?: true;
};

/** `row` as it stands once the statements are written. */
export type Draft<Row> = Writing & { readonly row: Row };
