/** 会员标签, with the member; who wears which is written beside them, to be found by. */
import type { MemberTag } from '../../../schema/index.ts';
import { isWorn } from '../../decide/tags/worn.ts';
import { json, statement, type Statement } from '../db.ts';
import type { Shelf } from './define.ts';

/** Of a tag as `t`. */
export const isWornTag = '(t.manual = 1 OR (t.support > 0 AND t.off IS NULL))';

export const tagShelf: Shelf<'tags'> = {
  kept: {
    in: 'member',
    field: 'tags',
    places: { tag: 0, support: 1, manual: 2, off: 3 },
    rare: 1,
    // What no purchase vouches for, and nobody put on, is no tag.
    leaves: ({ support, manual }) => (support > 0 || manual ? null : { turn: 'past', order: 0 }),
  },
  beside: (rows) => {
    const [worn, gone] = [rows.filter(isWorn), rows.filter((row) => !isWorn(row))];
    return [...(worn.length > 0 ? [hold(worn)] : []), ...(gone.length > 0 ? [release(gone)] : [])];
  },
};

const pairsOf = (rows: readonly MemberTag[]): string =>
  json(rows.map(({ tag, memberId }) => [tag, memberId]));

/** Whoever wears it already costs no row. */
const hold = (rows: readonly MemberTag[]): Statement =>
  statement(
    `INSERT INTO tag_holders (tag, member_id) SELECT value ->> 0, value ->> 1 FROM json_each(?1) WHERE true
     ON CONFLICT DO NOTHING`,
    pairsOf(rows),
  );

const release = (rows: readonly MemberTag[]): Statement =>
  statement(
    `DELETE FROM tag_holders WHERE (tag, member_id) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?1))`,
    pairsOf(rows),
  );
