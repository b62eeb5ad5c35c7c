/**
 * 会员档案: what is kept with a member as one text: the heads of their accounts, and the rows of nouns that are kept there, each
 * an array by position. It says its own version, and what cannot be read whole is not read at all.
 */
import { accounts, type Account, type Lot, type MemberId } from '../../../schema/index.ts';
import type { Head } from '../../decide/world.ts';
import { sliceNames, type SliceName } from '../../decide/slices/index.ts';
import { json } from '../db.ts';
import type { InDocument, Shelves } from '../shelves/define.ts';

/** 2 has 积分批次: whoever only knows 1 would lose them with the next write, and refuses it. */
const versions = [1, 2];
const versionOf = (heads: MemberDocument['heads']): number =>
  heads.some(([, { lots }]) => lots.length > 0) ? 2 : 1;

type Cells = readonly unknown[];
export type DocumentRow = Readonly<Record<string, unknown>>;

export type MemberDocument = {
  /** In the order of `accounts`; an account that was never moved has none. */
  readonly heads: readonly (readonly [Account, Head])[];
  readonly rows: ReadonlyMap<SliceName, readonly DocumentRow[]>;
};

type Room = {
  readonly name: SliceName;
  readonly field: string;
  readonly columns: readonly string[];
  readonly rare: number;
};

const rooms = new WeakMap<Shelves, readonly Room[]>();

/** The nouns that are kept with the member, and the columns of each in their places. */
export function roomsOf(shelves: Shelves): readonly Room[] {
  const known = rooms.get(shelves);
  if (known) return known;
  const found = sliceNames.flatMap((name): Room[] => {
    const { kept } = shelves[name];
    return kept.in === 'member'
      ? [{ name, field: kept.field, columns: columnsOf(kept), rare: kept.rare ?? 0 }]
      : [];
  });
  rooms.set(shelves, found);
  return found;
}

export const columnsOf = ({ places }: Pick<InDocument, 'places'>): string[] =>
  Object.entries(places)
    .toSorted(([, one], [, other]) => one - other)
    .map(([column]) => column);

/** Null where there is nothing to keep. */
export function encodeDocument({ heads, rows }: MemberDocument, shelves: Shelves): string | null {
  const written: Record<string, unknown> = {};
  if (heads.length > 0) {
    written['heads'] = heads.map(([account, { seq, balance, credited, lots }]) => [
      account,
      seq,
      balance,
      credited,
      ...(lots.length > 0 ? [lots.map(encodeLot)] : []),
    ]);
  }
  for (const { name, field, columns, rare } of roomsOf(shelves)) {
    const kept = rows.get(name) ?? [];
    if (kept.length > 0) written[field] = kept.map((row) => cellsOf(row, columns, rare));
  }
  return Object.keys(written).length === 0 ? null : json({ v: versionOf(heads), ...written });
}

export function cellsOf(row: DocumentRow, columns: readonly string[], rare = 0): Cells {
  const cells = columns.map((column) => row[column] ?? null);
  while (cells.length > columns.length - rare && cells.at(-1) === null) cells.pop();
  return cells;
}

export function decodeDocument(memberId: MemberId, text: string | null, shelves: Shelves): MemberDocument {
  if (text === null) return { heads: [], rows: new Map() };
  const { v, heads = [], ...fields }: Record<string, unknown> = JSON.parse(text);
  // What is not understood would be gone with the next write.
  if (!versions.some((version) => version === v))
    throw new Error(`document of ${memberId}: version ${String(v)} is not ${versions.join(' or ')}`);
  const rows = new Map<SliceName, DocumentRow[]>();
  for (const { name, field, columns, rare } of roomsOf(shelves)) {
    const { [field]: cells = [] } = fields;
    delete fields[field];
    rows.set(
      name,
      // Written above, by position.
      (cells as Cells[]).map((row) => rowOf(memberId, columns, row, rare)),
    );
  }
  const [unknown] = Object.keys(fields);
  if (unknown !== undefined) throw new Error(`document of ${memberId}: nobody keeps ${unknown} there`);
  return { heads: (heads as Cells[]).map(toHead), rows };
}

function rowOf(memberId: MemberId, columns: readonly string[], cells: Cells, rare: number): DocumentRow {
  if (cells.length > columns.length || cells.length < columns.length - rare)
    throw new Error(`document of ${memberId}: ${cells.length} values for ${columns.join()}`);
  const row: Record<string, unknown> = { memberId };
  columns.forEach((column, place) => {
    row[column] = cells[place] ?? null;
  });
  return row;
}

/** By position; what was told of ends with a 1. */
type LotCells = readonly [
  lastOn: string | null,
  releaseOn: string | null,
  points: number,
  since: number,
  credited: number,
  isTold?: 1,
];

const encodeLot = ({ lastOn, releaseOn, points, since, credited, isTold }: Lot): LotCells =>
  isTold ? [lastOn, releaseOn, points, since, credited, 1] : [lastOn, releaseOn, points, since, credited];

function toHead(cells: Cells): [Account, Head] {
  const [account, seq, balance, credited, lots = []] = cells as [
    Account,
    number,
    number,
    number,
    (readonly LotCells[])?,
  ];
  if (!accounts.includes(account)) throw new Error(`no account is called ${account}`);
  return [account, { seq, balance, credited, lots: lots.map(toLot) }];
}

const toLot = ([lastOn, releaseOn, points, since, credited, isTold]: LotCells): Lot => ({
  lastOn,
  releaseOn,
  points,
  since,
  credited,
  isTold: isTold === 1,
});
