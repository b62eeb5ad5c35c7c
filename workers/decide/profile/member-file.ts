/** 档案 of one member, out of her own and those of whom she was joined to: her own word counts, the others fill its blanks. */
import { memberFileFields, type MemberFile, type MemberFileFields } from '../../../schema/index.ts';

export type FiledNow = MemberFileFields & {
  /** With the row it was sealed for. */
  readonly sealed: { readonly for: string; readonly text: string; readonly consentAt: number } | null;
};

/** Her own is the first. */
export function fileOf(rows: readonly MemberFile[]): FiledNow {
  const file = Object.fromEntries(
    memberFileFields.map((field) => [field, rows.find((row) => row[field] !== null)?.[field] ?? null]),
    // Every field has its value.
  ) as MemberFileFields;
  const [sealed] = rows.flatMap(({ id, idSealed, idConsentAt }) =>
    idSealed === null ? [] : [{ for: id, text: idSealed, consentAt: idConsentAt ?? 0 }],
  );
  return { ...file, sealed: sealed ?? null };
}
