/** 档案的大小: what leaves a member's document when it has grown too large. */
import { json } from '../db.ts';
import { cellsOf, type DocumentRow, type MemberDocument } from './member-document.ts';
import { turns, type InDocument, type Leaving, type Moment, type Shelves } from '../shelves/define.ts';
import type { SliceName } from '../../decide/slices/index.ts';

/**
 * Four pages: a person who comes once a week for ten years has less. A till's 散客 buys everything, and would fill any number of
 * them. Heads of accounts, and whatever a shelf says still counts, stay even beyond it: they are as many as the shop has
 * accounts, limits and tags, and sales do not add to them.
 */
export const documentBytesMax = 16_384;

const encoder = new TextEncoder();
/** No UTF-16 unit takes more than three bytes: most texts need not be counted. */
export const isWithin = (text: string, bytesMax: number): boolean =>
  text.length * 3 <= bytesMax || encoder.encode(text).length <= bytesMax;

type Leaver = { readonly name: SliceName; readonly row: DocumentRow; readonly leaving: Leaving };

/** The document without as many rows as its text has bytes too many. */
export function fit(
  document: MemberDocument,
  text: string,
  { shelves, moment, bytesMax }: { shelves: Shelves; moment: Moment; bytesMax: number },
): MemberDocument {
  let excess = encoder.encode(text).length - bytesMax;
  const gone = new Set<DocumentRow>();
  for (const { name, row } of leaversOf(document, shelves, moment)) {
    if (excess <= 0) break;
    gone.add(row);
    excess -= bytesOf(shelves[name].kept as InDocument, row);
  }
  const rows = [...document.rows].map(
    ([name, kept]) => [name, kept.filter((row) => !gone.has(row))] as const,
  );
  return { ...document, rows: new Map(rows) };
}

function leaversOf({ rows }: MemberDocument, shelves: Shelves, moment: Moment): Leaver[] {
  const found: Leaver[] = [];
  for (const [name, kept] of rows) {
    // The rows are of the noun whose shelf it is.
    const { leaves } = shelves[name].kept as {
      leaves?: (row: DocumentRow, moment: Moment) => Leaving | null;
    };
    for (const row of kept) {
      const leaving = leaves?.(row, moment) ?? null;
      if (leaving !== null) found.push({ name, row, leaving });
    }
  }
  const turnOf = ({ leaving }: Leaver): number => turns.indexOf(leaving.turn);
  return found.toSorted((a, b) => turnOf(a) - turnOf(b) || a.leaving.order - b.leaving.order);
}

/** As an array, and the comma behind it. */
const bytesOf = ({ places, rare }: InDocument, row: DocumentRow): number =>
  encoder.encode(json(cellsOf(row, Object.keys(places), rare))).length + 1;
