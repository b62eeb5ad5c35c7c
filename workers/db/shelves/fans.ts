/** 粉丝 and their windows, by openid. */
import { fans, fanWindows, type Fan } from '../../../schema/index.ts';
import { statement, type Statement } from '../db.ts';
import { insertSet } from '../set.ts';
import type { Shelf } from './define.ts';

// Whoever bound them first has bound them, whatever an act that was read before says.
const first = ['associate_id', 'store_id', 'source']
  .map((name) => `${name} = coalesce(fans.${name}, excluded.${name})`)
  .join(', ');

function write(rows: readonly Fan[]): Statement[] {
  const { sql, params } = insertSet(fans, rows);
  return [
    statement(
      `${sql} WHERE true ON CONFLICT (openid) DO UPDATE SET unionid = excluded.unionid,
         followed_at = excluded.followed_at, claim_scene = excluded.claim_scene, ${first}`,
      ...params,
    ),
  ];
}

export const fanShelf: Shelf<'fans'> = {
  kept: { in: 'table', table: fans, read: { by: 'key', column: 'openid', asked: 'fans' }, write },
};
export const windowShelf: Shelf<'windows'> = {
  kept: { in: 'table', table: fanWindows, read: { by: 'key', column: 'openid', asked: 'fans' } },
};
