/** 分页: a table cut into pages that can be imported one by one, as if they had been one file. */
import { pageRowsMax, type ImportPage } from '../../../../schema/index.ts';
import type { Clock } from '../cells.ts';
import { matchHeader, type Matched } from '../columns.ts';
import type { Layout } from '../layout.ts';
import { ordered } from '../sheets/ordered.ts';
import type { Sheet, SheetRow } from '../sheets/sheet.ts';

/** Read, hashed and looked up within the ten milliseconds that a call on the free plan has. */
export const pageRows = 200;

/** Rows that are about one thing stay together, in their order: half an order is never on a page. */
export function pagesOf(layout: Layout, sheet: Sheet, zone: string): ImportPage[] {
  const { header, headerLine, origin } = sheet;
  const pages: SheetRow[][] = [];
  for (const group of groups(layout, sheet, zone)) {
    const page = pages.at(-1);
    if (page && page.length + group.length <= pageRows) page.push(...group);
    // What is longer is no order: the first rows are enough to say so.
    else pages.push(group.slice(0, pageRowsMax));
  }
  return (pages.length > 0 ? pages : [[]]).map((rows) => ({ header, headerLine, origin, rows }));
}

function groups(layout: Layout, sheet: Sheet, zone: string): Iterable<readonly SheetRow[]> {
  const clock = { zone, origin: sheet.origin };
  const { columns } = matchHeader(sheet, layout.columns);
  const { rows } = ordered(layout, sheet, columns, clock);
  const sameOf = sameness(layout, columns, clock);
  const all = new Map<string, SheetRow[]>();
  let above: SheetRow[] | undefined;
  for (const row of rows) {
    const same = sameOf(row);
    // A row of nobody may be the rest of the order above it, which then is left out.
    const group: SheetRow[] = (same === '' && layout.together !== null ? above : all.get(same)) ?? [];
    if (group.length === 0) all.set(same === '' ? `line ${row.line}` : same, group);
    group.push(row);
    above = group;
  }
  return all.values();
}

/** What a row is about, such as its order; empty when it does not say. */
function sameness({ sameBy }: Layout, columns: Matched['columns'], clock: Clock): (row: SheetRow) => string {
  const keys = sameBy.flatMap((key) => {
    const place = columns.findIndex((column) => column?.key === key);
    return place < 0 ? [] : [{ key, place }];
  });
  return ({ cells }) => {
    for (const { key, place } of keys) {
      const cell = cells[place] ?? '';
      const read = cell === '' ? null : columns[place]?.kind(cell, clock);
      const value = read?.ok ? String(read.value) : cell;
      if (value !== '') return `${key} ${value}`;
    }
    return '';
  };
}
