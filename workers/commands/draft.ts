/**
 * 草稿: what a command would write. The caller writes it in one batch with its own answer, so that neither exists without the
 * other.
 */
import type { Statement } from '../db/db.ts';

export type Writing = {
  readonly statements: readonly Statement[];
  /** Something is due at once: the caller rings this bell after writing. */
  readonly rings?: 'doorbell' | 'jobsBell';
};

export type Bells = Readonly<Record<NonNullable<Writing['rings']>, { readonly ring: () => void }>>;

/** After it is written, and not before. */
export function ringFor({ rings }: Pick<Writing, 'rings'>, bells: Bells): void {
  if (rings) bells[rings].ring();
}

/** `row` as it is after the statements are written. */
export type Draft<Row> = Writing & { readonly row: Row };
