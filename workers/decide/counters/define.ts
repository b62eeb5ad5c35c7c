/**
 * 共用的计数: what many members draw on at once, such as a campaign's places or a day's payouts. It is moved by differences,
 * never written as a whole, so that two consumers add up; a named CHECK of its table refuses what would pass the limit.
 */

export type Counter<Row, By, Sum, Noun extends string = string> = {
  /** Its verb is `{noun}.count`. */
  readonly noun: Noun;
  readonly keyOf: (by: By) => string;
  /** The row as later events of the group see it; undefined where it is unlimited and nobody reads it. */
  readonly moved: (row: Row | undefined, by: By) => Row | undefined;
  /** All that one fold counted, in one. */
  readonly sum: (before: Sum | undefined, by: By) => Sum;
};

export const defineCounter =
  <Row, By, Sum>() =>
  <const Noun extends string>(counter: Counter<Row, By, Sum, Noun>): Counter<Row, By, Sum, Noun> =>
    counter;
