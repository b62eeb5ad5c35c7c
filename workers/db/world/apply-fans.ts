/** Writes what a fold changed about followers: their windows, permissions, threads, and the traces that have to go. */
import { contacts, erasures, fans, fanWindows } from '../../../schema/index.ts';
import type { Changes } from '../../decide/changes.ts';
import type { World } from '../../decide/world.ts';
import { noteReceipts } from '../outbox/arrivals.ts';
import { statement, type Statement } from '../db.ts';
import { noteMassReceipts } from '../mass/mass-receipts.ts';
import { insertSet, list, rowsOf, upsertSet } from '../set.ts';

export function fanWrites(world: World, changes: Changes): Statement[] {
  const { erasures: asked, arrivals, permissions } = changes;
  const statements: Statement[] = [];
  const put = (count: number, make: () => Statement): void => {
    if (count > 0) statements.push(make());
  };
  const changedFans = [...changes.fans].flatMap((openid) => world.fans.get(openid) ?? []);
  put(changedFans.length, () => {
    const { sql, params } = insertSet(fans, changedFans);
    // Whoever bound them first has bound them, whatever an act that was read before says.
    const first = ['associate_id', 'store_id', 'source'].map(
      (name) => `${name} = coalesce(fans.${name}, excluded.${name})`,
    );
    return statement(
      `${sql} WHERE true ON CONFLICT (openid) DO UPDATE SET unionid = excluded.unionid,
         followed_at = excluded.followed_at, claim_scene = excluded.claim_scene, ${first.join(', ')}`,
      ...params,
    );
  });
  const windows = [...changes.windows].flatMap((key) => world.windows.get(key) ?? []);
  put(windows.length, () => upsertSet(fanWindows, windows));
  put(permissions.length, () =>
    statement(
      `INSERT INTO permissions (openid, template_id, stock, refused_at)
       WITH ${rowsOf('?1')} SELECT v ->> 0, v ->> 1, coalesce(v ->> 2, 0), v ->> 3 FROM r WHERE true
       ON CONFLICT (openid, template_id) DO UPDATE SET refused_at = excluded.refused_at,
         stock = CASE WHEN excluded.refused_at IS NULL THEN stock + excluded.stock ELSE 0 END`,
      list(
        permissions.map(({ openid, templateId, by, refusedAt }) => [
          openid,
          templateId,
          by === 'none' ? 0 : by,
          refusedAt,
        ]),
      ),
    ),
  );
  put(changes.sceneCounts.size, () =>
    statement(
      `WITH ${rowsOf('?1')} UPDATE scenes SET scans = scans + (v ->> 1), claims = claims + (v ->> 2)
       FROM r WHERE scenes.id = v ->> 0`,
      list([...changes.sceneCounts].map(([id, { scans, claims }]) => [id, scans, claims])),
    ),
  );
  put(changes.contacts.length, () => insertSet(contacts, changes.contacts, ['seq']));
  statements.push(...noteReceipts(arrivals, world.now), ...noteMassReceipts(arrivals, world.now));
  const gone = [...changes.fansErased.keys()];
  const drop = (table: string): Statement =>
    statement(`DELETE FROM ${table} WHERE openid IN (SELECT value FROM json_each(?1))`, list(gone));
  put(gone.length, () => drop('fans'));
  put(gone.length, () => drop('fan_windows'));
  put(gone.length, () => drop('permissions'));
  put(gone.length, () => drop('mass_counters'));
  put(gone.length, () =>
    statement(
      `UPDATE mass_messages SET audience = json_object('openids', (SELECT json_group_array(value)
         FROM json_each(audience, '$.openids') WHERE value NOT IN (SELECT value FROM json_each(?1))))
       WHERE state IN ('waiting', 'sending') AND audience -> 'openids' IS NOT NULL`,
      list(gone),
    ),
  );
  put(gone.length, () =>
    statement(
      `UPDATE associates SET openid = NULL WHERE openid IN (SELECT value FROM json_each(?1))`,
      list(gone),
    ),
  );
  // That they spoke stays on record, under the member if there is one; what was said does not.
  put(gone.length, () =>
    statement(
      `WITH ${rowsOf('?1')} UPDATE contacts SET text = NULL, thread = coalesce(v ->> 1, 'gone')
       FROM r WHERE contacts.thread = v ->> 0`,
      list(changes.fansErased),
    ),
  );
  put(gone.length, () =>
    statement(
      `UPDATE outbox SET payload = '{}', openid = NULL, last_error = CASE state WHEN 'pending' THEN '已取消关注' ELSE last_error END,
         state = CASE state WHEN 'pending' THEN 'parked' ELSE state END
       WHERE openid IN (SELECT value FROM json_each(?1))`,
      list(gone),
    ),
  );
  // What they did after leaving, and news of money, is still to be decided.
  put(changes.copiesErased.size, () =>
    statement(
      `WITH departed AS MATERIALIZED (SELECT j.value AS openid, (SELECT max(seq) FROM inbox WHERE subject = j.value
           AND type = 'wechat.unsubscribe') AS at FROM json_each(?1) AS j)
       UPDATE inbox SET body = '', sender_id = '', subject = NULL FROM departed WHERE subject = departed.openid
         AND (state <> 'received' OR (source_id <> 'wechat-pay' AND seq <= coalesce(departed.at, seq)))`,
      list(changes.copiesErased),
    ),
  );
  put(asked.length, () => upsertSet(erasures, asked));
  put(asked.length, () =>
    statement(
      `UPDATE contacts SET text = NULL WHERE thread IN (SELECT value FROM json_each(?1))`,
      list(asked.map(({ memberId }) => memberId)),
    ),
  );
  return statements;
}
