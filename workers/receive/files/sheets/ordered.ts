/** 成单: which rows are of one order, and what each is called that stands for its order. */
import type { Clock } from '../cells.ts';
import type { Matched } from '../columns.ts';
import type { Layout } from '../layout.ts';
import { continued } from './continued.ts';
import type { Sheet, SheetRow } from './sheet.ts';

type Ordered = {
  readonly rows: readonly SheetRow[];
  /** The lines that a bad line excludes: the rest of its order. */
  readonly broken: Map<string, number>;
  readonly nameAt: (row: SheetRow) => string;
};

/** Rows with the head of their order, where only its first row has it. */
export function ordered(kind: Layout, sheet: Sheet, columns: Matched['columns'], clock: Clock): Ordered {
  const name = columns.findIndex((column) => column !== null && column.key === kind.together);
  if (name < 0) return { rows: sheet.rows, broken: new Map(), nameAt: () => '' };
  const heads = [...columns.entries()].filter(
    ([, column]) => column !== null && kind.headKeys.includes(column.as ?? column.key),
  );
  const needed = heads.filter(([, column]) => column?.isRequired).map(([place]) => place);
  const { rows, unsure } = continued(sheet.rows, { name, heads: heads.map(([place]) => place), needed });
  const nameOf = (cell: string): string => {
    const read = columns[name]?.kind(cell, clock);
    return read?.ok ? String(read.value) : cell;
  };
  return {
    rows,
    broken: new Map([...unsure].map(([order, line]) => [nameOf(order), line])),
    nameAt: ({ cells }) => nameOf(cells[name] ?? ''),
  };
}
