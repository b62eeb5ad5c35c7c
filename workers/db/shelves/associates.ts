/** 导购 of a group: whom its sales name, whom its codes stand for, whom its followers already belong to, and who took over from them. */
import { associates } from '../../../schema/index.ts';
import { statement, type Statement } from '../db.ts';
import { termOf } from '../look.ts';
import { list } from '../set.ts';
import type { Shelf, GroupQuery } from './define.ts';

const named = termOf('associates', associates, 't.id IN (SELECT value FROM json_each(?1))');

const ofFans = termOf(
  'associates',
  associates,
  `t.id IN (WITH named(id) AS (
    SELECT value FROM json_each(?1)
    UNION SELECT target_id FROM scenes WHERE id IN (SELECT value FROM json_each(?3)) AND kind IN ('associate', 'staff')
    UNION SELECT associate_id FROM fans WHERE openid IN (SELECT value FROM json_each(?2))
    UNION SELECT m.associate_id FROM identities AS i JOIN members AS m ON m.id = i.member_id
      WHERE i.key IN (SELECT 'openid:' || value FROM json_each(?2))
    UNION SELECT associate_id FROM members WHERE id IN (SELECT value FROM json_each(?4)))
    SELECT id FROM named UNION SELECT a.successor_id FROM named CROSS JOIN associates AS a ON a.id = named.id)
  OR t.wecom_user_id IN (SELECT value FROM json_each(?5))
  OR t.openid IN (SELECT value FROM json_each(?2))`,
);

function select({ needs }: GroupQuery): Statement[] {
  const { asked, scenes, members, wecomUserIds } = needs;
  const ids = list(asked.associates);
  if (asked.fans.size + scenes.size + wecomUserIds.size > 0) {
    return [statement(ofFans, ids, list(asked.fans), list(scenes), list(members), list(wecomUserIds))];
  }
  return asked.associates.size > 0 ? [statement(named, ids)] : [];
}

export const associateShelf: Shelf<'associates'> = {
  kept: { in: 'table', table: associates, read: { by: 'own', select } },
};
