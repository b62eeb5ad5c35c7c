/** 设备与网络 in the database: who was seen there, by keyed digests under their month or day. */
import type { MemberId, ReferralId, ReferralReason } from '../../../schema/index.ts';
import { addMonths } from '../../decide/plain/dates.ts';
import { statement, type Db, type Statement } from '../db.ts';
import { list, rowsOf } from '../set.ts';

/** Half a year of a device, one day of an address: families share both, and addresses pass from hand to hand. */
const deviceMonths = 6;

const deviceAt = (day: string, digest: string): string => `d/${day.slice(0, 7)}/${digest}`;
const networkAt = (day: string, digest: string): string => `n/${day}/${digest}`;
export const markKeys = (
  day: string,
  { device, network }: { readonly device: string | null; readonly network: string | null },
): { readonly device: string | null; readonly network: string | null } => ({
  device: device === null ? null : deviceAt(day, device),
  network: network === null ? null : networkAt(day, network),
});

/** The same device under the months before. */
function everyMonthOf(key: string): string[] {
  const [, month = '', digest = ''] = key.split('/');
  return Array.from({ length: deviceMonths }, (_, back) => deviceAt(addMonths(`${month}-01`, -back), digest));
}

export type Seen = {
  readonly id: ReferralId;
  readonly inviteeId: MemberId;
  readonly device: string | null;
  readonly network: string | null;
};

/** Which of these friends sat where another member was seen: the device counts before the address. */
export async function alikeOf(
  db: Db,
  seen: readonly Seen[],
): Promise<ReadonlyMap<ReferralId, Extract<ReferralReason, 'DEVICE' | 'ADDRESS'>>> {
  const rows = seen.map(({ id, inviteeId, device, network }) => [
    id,
    inviteeId,
    [...(device === null ? [] : everyMonthOf(device)), ...(network === null ? [] : [network])],
  ]);
  if (rows.length === 0) return new Map();
  const [found] = await db.batch([
    statement(
      `WITH ${rowsOf('?1')} SELECT DISTINCT v ->> 0 AS id, substr(k.value, 1, 1) AS kind
       FROM r CROSS JOIN json_each(v -> 2) AS k CROSS JOIN referral_marks AS m ON m.key = k.value
       WHERE m.member_id <> v ->> 1 ORDER BY kind DESC`,
      list(rows),
    ),
  ]);
  // Devices come last, and stay.
  return new Map(
    (found?.rows ?? []).map(({ id, kind }) => [
      String(id) as ReferralId,
      kind === 'd' ? ('DEVICE' as const) : ('ADDRESS' as const),
    ]),
  );
}

/** 邀请人 herself was here; a mark that is there costs nothing. */
export async function markSeen(db: Db, memberId: MemberId, keys: readonly string[]): Promise<void> {
  await db.batch([
    statement(
      `INSERT INTO referral_marks (key, member_id) SELECT value, ?2 FROM json_each(?1) WHERE true
       ON CONFLICT DO NOTHING`,
      list(keys),
      memberId,
    ),
  ]);
}

/** 注销: the digests of who leaves. */
export const eraseReferrals = (ids: readonly MemberId[]): Statement =>
  statement(`DELETE FROM referral_marks WHERE member_id IN (SELECT value FROM json_each(?1))`, list(ids));

/** Days and months that are over. */
export const forgetMarks = (today: string): Statement =>
  statement(
    `DELETE FROM referral_marks WHERE (key >= 'n/' AND key < ?1) OR (key >= 'd/' AND key < ?2)`,
    networkAt(today, ''),
    deviceAt(addMonths(`${today.slice(0, 7)}-01`, 1 - deviceMonths), ''),
  );
