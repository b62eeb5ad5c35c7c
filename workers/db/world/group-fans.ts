/** 粉丝 of a group, with their windows, the codes they scanned and the associates these speak of. */
import {
  associates,
  fans,
  fanWindows,
  scenes,
  type Associate,
  type Fan,
  type FanWindow,
  type Scene,
} from '../../../schema/index.ts';
import type { Needs } from '../../decide/needs.ts';
import { statement, type Row, type Statement } from '../db.ts';
import { decodeAll, decodeValues, list, selectList, valueList } from '../set.ts';

export type GroupFans = {
  readonly fans: readonly Fan[];
  readonly windows: readonly FanWindow[];
  readonly scenes: readonly Scene[];
  readonly associates: readonly Associate[];
};

export const noFans: GroupFans = { fans: [], windows: [], scenes: [], associates: [] };

/** A group of sales asks for none of this, and does not pay for it. */
export const hasFans = (needs: Pick<Needs, 'openids' | 'scenes' | 'wecomUserIds'>): boolean =>
  needs.openids.size + needs.scenes.size + needs.wecomUserIds.size > 0;

/** A fan may have left a gift to be claimed at an earlier scene. */
const scanned = `(SELECT value FROM json_each(?2)
  UNION SELECT claim_scene FROM fans WHERE openid IN (SELECT value FROM json_each(?1)) AND claim_scene IS NOT NULL)`;

const ofFans = `SELECT 'fan' AS kind, json_array(${valueList(fans, 't')}) AS "values" FROM fans AS t
    WHERE t.openid IN (SELECT value FROM json_each(?1))
  UNION ALL SELECT 'window', json_array(${valueList(fanWindows, 't')}) FROM fan_windows AS t
    WHERE t.openid IN (SELECT value FROM json_each(?1))
  UNION ALL SELECT 'scene', json_array(${valueList(scenes, 't')}) FROM scenes AS t WHERE t.id IN ${scanned}`;

/** Whoever a code stands for, and whoever these people already belong to. */
const ofAssociates = `SELECT ${selectList(associates, 't')} FROM associates AS t WHERE t.id IN (
    SELECT target_id FROM scenes WHERE id IN (SELECT value FROM json_each(?2)) AND kind IN ('associate', 'staff')
    UNION SELECT associate_id FROM fans WHERE openid IN (SELECT value FROM json_each(?1))
    UNION SELECT m.associate_id FROM identities AS i JOIN members AS m ON m.id = i.member_id
      WHERE i.key IN (SELECT 'openid:' || value FROM json_each(?1))
    UNION SELECT associate_id FROM members WHERE id IN (SELECT value FROM json_each(?3)))
  OR t.wecom_user_id IN (SELECT value FROM json_each(?4))
  OR t.openid IN (SELECT value FROM json_each(?1))`;

export function selectFans(
  needs: Pick<Needs, 'openids' | 'scenes' | 'members' | 'wecomUserIds'>,
): Statement[] {
  if (!hasFans(needs)) return [];
  const keys = [list(needs.openids), list(needs.scenes)] as const;
  return [
    statement(ofFans, ...keys),
    statement(ofAssociates, ...keys, list(needs.members), list(needs.wecomUserIds)),
  ];
}

export function decodeFans(rows: readonly Row[], named: readonly Row[]): GroupFans {
  const byKind = Map.groupBy(rows, ({ kind }) => kind);
  const of = (kind: string): string[] => (byKind.get(kind) ?? []).map(({ values }) => String(values));
  return {
    fans: of('fan').map((values) => decodeValues(fans, values)),
    windows: of('window').map((values) => decodeValues(fanWindows, values)),
    scenes: of('scene').map((values) => decodeValues(scenes, values)),
    associates: decodeAll(associates, named),
  };
}
