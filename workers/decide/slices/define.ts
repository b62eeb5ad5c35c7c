/**
 * 名目: what a noun with rows of its own has to say for itself, so that folding, guarding, writing, joining two members and
 * forgetting one are loops that ask no noun which it is. Where its rows are kept stands in db/shelves.
 */
import type { Declined } from '../coupons/use/may-use.ts';
import type { MemberId, PointsDifference } from '../../../schema/index.ts';
import { isSame } from '../plain/same.ts';

/** What followed from an event, in figures and names: kept beside it and shown to the merchant. */
export type Summary = {
  saleId?: string;
  points?: number;
  /** 等级积分倍数 that the sale earned by; left out where it is the usual. */
  pointsPercent?: number;
  growth?: number;
  walletFen?: number;
  principalFen?: number;
  bonusFen?: number;
  couponsIssued?: string[];
  couponsRevoked?: string[];
  couponsUsed?: string[];
  couponsGivenBack?: string[];
  couponsDeclined?: Declined[];
  pointsDiffer?: PointsDifference[];
  campaigns?: string[];
  tags?: string[];
  reminders?: string[];
  transfers?: string[];
  messages?: number;
};

export type Slice<Row, Key extends string = string, Noun extends string = string> = {
  /** Its verb is `{noun}.put`. */
  readonly noun: Noun;
  readonly keyOf: (row: Row) => Key;
  /** Null when no member owns the row. */
  readonly ownerOf: (row: Row) => MemberId | null;
  readonly guardedBy: Guard;
  readonly merge: Merging<Row>;
  /** 注销会员: the row without personal data and without what is still to come; null when it may stay as it is. */
  readonly forget: (row: Row) => Row | null;
  /** What the event's summary says of a row that was put. */
  readonly tell: (row: Row) => Partial<Summary>;
};

/**
 * What refuses the batch when another consumer wrote meanwhile. owner: the member's version, which every change of one of their
 * rows raises. key: rows are written once and never again, so the key itself. rev: the row counts its own changes, and 0 is a
 * row that was not there. latest: nothing; each writer gives the whole row, and the last one counts.
 */
export type Guard = 'owner' | 'key' | 'rev' | 'latest';

/**
 * 合并会员. move: any number of rows may be one member's, and each keeps its key. join: the key holds the member, so that two rows
 * may meet: `moved` is the row under its new owner, `standing` are all rows that the survivor has of the noun, and the answer
 * is put. Such rows are loaded with every member of a group: a row that the fold had not seen would be lost in the merge. stay:
 * the rows belong to no member.
 */
export type Merging<Row> =
  | { readonly how: 'stay' }
  | { readonly how: 'move'; readonly move: (row: Row, into: MemberId) => Row }
  | {
      readonly how: 'join';
      readonly own: (row: Row, into: MemberId) => Row;
      readonly join: (moved: Row, standing: readonly Row[]) => readonly Row[];
      readonly part: Parting<Row>;
    };

/**
 * 拆开: the survivor's row without what a merger brought to it; null where there is none. `now` is the row as it stands, `after`
 * as the merger left it, and `before` as it was: null where the survivor had none.
 */
export type Parting<Row> = (
  now: Row,
  joined: { readonly before: Row | null; readonly after: Row },
) => Row | null;

export const defineSlice =
  <Row, Key extends string = string>() =>
  <const Noun extends string>(slice: Slice<Row, Key, Noun>): Slice<Row, Key, Noun> =>
    slice;

/** Rows of one owner that keep their own key. */
export const move = <Row extends { readonly memberId: MemberId | null }>(): Merging<Row> => ({
  how: 'move',
  move: (row, into) => ({ ...row, memberId: into }),
});

/** As it was before, unless something has happened to it since: then that counts. */
export const unlessMoved = <Row>(
  now: Row,
  { before, after }: { before: Row | null; after: Row },
): Row | null => (isSame(now, after) ? before : now);

/** Where only rows under one key can meet. */
export const joinKey = <Row extends { readonly memberId: MemberId }>(
  keyOf: (row: Row) => string,
  add: (moved: Row, known: Row) => Row,
  part: Parting<Row> = unlessMoved,
): Merging<Row> => ({
  how: 'join',
  own: (row, into) => ({ ...row, memberId: into }),
  join: (moved, standing) => {
    const known = standing.find((row) => keyOf(row) === keyOf(moved));
    return [known ? add(moved, known) : moved];
  },
  part,
});

export const stay = { how: 'stay' } as const;
/** The row holds nothing personal once the member's name is erased. */
export const keep = (): null => null;
export const nobody = (): null => null;
export const untold = (): Partial<Summary> => ({});
