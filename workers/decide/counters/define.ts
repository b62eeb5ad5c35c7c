/**
 * 共用的计数: a number that many members draw on, such as a campaign's slots or a day's payouts. It is written as a difference,
 * never as a whole, so that two consumers add up; a named CHECK of its table refuses to pass the limit.
 */

export type Counter<Row, By, Sum, Noun extends string = string> = {
  /** Its verb is `{noun}.count`. */
  readonly noun: Noun;
  readonly keyOf: (by: By) => string;
  /** The row that later events of the group see; undefined when it has no limit and nobody reads it. */
  readonly moved: (row: Row | undefined, by: By) => Row | undefined;
  /** The sum of what one fold counted. */
  readonly sum: (before: Sum | undefined, by: By) => Sum;
};

export const defineCounter =
  <Row, By, Sum>() =>
  <const Noun extends string>(counter: Counter<Row, By, Sum, Noun>): Counter<Row, By, Sum, Noun> =>
    counter;
