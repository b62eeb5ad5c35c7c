/** 续行: an order whose head is written once, or merged over its rows: the rows below carry it on, or the order is not read at all. */
import type { SheetRow } from './sheet.ts';

export type HeadPlaces = {
  /** The column of the order's number. */
  readonly name: number;
  /** What belongs to the whole order. */
  readonly heads: readonly number[];
  /** Those of them that no row goes without. */
  readonly needed: readonly number[];
};

export type Continued = {
  readonly rows: readonly SheetRow[];
  /** By the order's number as it is written: the line below it of which nobody knows whose it is. */
  readonly unsure: ReadonlyMap<string, number>;
};

export function continued(rows: readonly SheetRow[], places: HeadPlaces): Continued {
  const unsure = new Map<string, number>();
  const whole: SheetRow[] = [];
  for (const row of rows) {
    const above = whole.at(-1);
    const isFull = places.needed.every((place) => cellAt(row, place) !== '');
    if (isFull || !above) whole.push(row);
    else if (carriesOn(row, above, places)) whole.push(filled(row, above, places));
    else {
      const order = cellAt(above, places.name);
      if (cellAt(row, places.name) === '' && order !== '') unsure.set(order, row.line);
      whole.push(row);
    }
  }
  return { rows: whole, unsure };
}

const cellAt = ({ cells }: SheetRow, place: number): string => cells[place] ?? '';

/**
 * The next line, and nothing in it speaks of another order. Without the order's number every other head that it has must be that
 * order's: a member of its own makes it somebody else's. Totals are left out before, and leave a gap.
 */
function carriesOn(row: SheetRow, above: SheetRow, { name, heads, needed }: HeadPlaces): boolean {
  const compared = cellAt(row, name) === '' ? heads : needed;
  return (
    row.line === above.line + 1 &&
    compared.every((place) => cellAt(row, place) === '' || cellAt(row, place) === cellAt(above, place))
  );
}

function filled(row: SheetRow, above: SheetRow, { heads }: HeadPlaces): SheetRow {
  const cells = [...row.cells];
  for (const place of heads) {
    while (cells.length < place) cells.push('');
    if ((cells[place] ?? '') === '') cells[place] = cellAt(above, place);
  }
  return { line: row.line, cells };
}
