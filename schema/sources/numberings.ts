/** 单号规则: how far the numbers of a source's receipts reach before they begin again. */
export const numberings = ['unique', 'per-store', 'per-store-day', 'per-terminal-day'] as const;
export type Numbering = (typeof numberings)[number];

/** What gives a receipt its number: a terminal is one of a store's. */
export const numberParts = {
  unique: [],
  'per-store': ['store'],
  'per-store-day': ['store', 'day'],
  'per-terminal-day': ['store', 'terminal', 'day'],
} as const satisfies Record<Numbering, readonly string[]>;
export type NumberPart = (typeof numberParts)[Numbering][number];

/** Where a receipt got its number, as far as it is said. */
export type NumberPlace = { readonly [Part in NumberPart]?: string | null | undefined };

/** 从前的单号: under what something may be kept since before its source said that its numbers begin again. */
export type Formerly<Id> = { readonly ids: readonly Id[]; readonly place: NumberPlace };
