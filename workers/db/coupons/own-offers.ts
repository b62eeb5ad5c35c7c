/** 等我领的券: what whoever has a WeChat account can take of what associates offered. */
import type { CouponTemplateDefinition, IdentityKey, MemberId, TemplateId } from '../../../schema/index.ts';
import { rowsAt, statement, type Db } from '../db.ts';
import { listedMax } from './pushes.ts';

export type OwnOffer = {
  readonly pushId: string;
  readonly memberId: MemberId;
  readonly templateId: TemplateId;
  readonly until: number;
  readonly associateName: string | null;
  readonly definition: CouponTemplateDefinition;
};

/** What whoever has this WeChat can take now: what they had of a push, also before they were joined with another member, they have had. */
export async function ownOffers(db: Db, key: IdentityKey, now: number): Promise<OwnOffer[]> {
  const results = await db.batch([
    statement(
      `SELECT DISTINCT u.id AS "pushId", p.member_id AS "memberId", u.template_id AS "templateId", u.until,
         a.name AS "associateName", k.definition, u.at
       FROM identities AS i CROSS JOIN push_places AS p ON p.member_id = i.member_id AND p.coupon_id IS NULL
         CROSS JOIN pushes AS u ON u.id = p.push_id CROSS JOIN coupon_templates AS k ON k.id = u.template_id
         LEFT JOIN associates AS a ON a.id = u.associate_id
       WHERE i.key = ?1 AND u.until > ?2 AND NOT EXISTS (SELECT 1 FROM push_places AS o
         WHERE o.push_id = u.id AND o.member_id = i.member_id AND o.coupon_id IS NOT NULL)
       ORDER BY u.at DESC, u.id LIMIT ${listedMax}`,
      key,
      now,
    ),
  ]);
  // Columns as their tables have them; the definition is one that was parsed before it was stored.
  return rowsAt(results, 0).map(
    (row) => ({ ...row, definition: JSON.parse(String(row['definition'])) }) as unknown as OwnOffer,
  );
}
