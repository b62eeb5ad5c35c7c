/** 发券预览: how many would get it, who would not and why, and what it costs the shop, before anything is given. */
import { defaultTimezone, type CouponTemplateDefinition, type GrantJob } from '../../../schema/index.ts';
import { countAudience } from '../../db/coupons/grant-audience.ts';
import { templateUse } from '../../db/coupons/tallies.ts';
import type { Db } from '../../db/db.ts';
import { templatesNamed } from '../../db/shop/coupon-templates.ts';
import { couponCostFen, validityWindow } from '../../decide/coupons/coupons.ts';
import { localDate } from '../../decide/plain/dates.ts';

export type GrantPreview = {
  readonly template: CouponTemplateDefinition | null;
  readonly people: number;
  /** Of them, those who have had as many as one may have. */
  readonly full: number;
  /** How many coupons there still are, in all or today; null is no end. */
  readonly left: number | null;
  /** How many of them would get it as things stand. */
  readonly getting: number;
  /** Null where nobody has said what one costs. */
  readonly costFen: number | null;
  /** It would be over when it is given. */
  readonly isOver: boolean;
};

export async function previewGrantJob(db: Db, job: GrantJob, now: number): Promise<GrantPreview> {
  const { templateId, count } = job;
  const today = localDate(now, defaultTimezone);
  const template = (await templatesNamed(db, [templateId])).get(templateId) ?? null;
  const { perMember = null, perMemberPerDay = null, stock = null, perDay = null } = template ?? {};
  const [{ people, full }, use] = await Promise.all([
    countAudience(db, job, { templateId, count, perMember, perMemberPerDay, now }),
    templateUse(db, templateId, today),
  ]);
  const ends = [
    ...(stock === null ? [] : [stock - use.issued]),
    ...(perDay === null ? [] : [perDay - use.today]),
  ];
  const left = ends.length > 0 ? Math.max(0, Math.min(...ends)) : null;
  // Of one that ends with a membership each of them has another end.
  const isOver =
    template === null ||
    (!('superMember' in template.validity) &&
      validityWindow(template.validity, now, defaultTimezone).validTo <= now);
  const room = left === null ? people : Math.floor(left / count);
  const getting = isOver ? 0 : Math.min(people - full, room);
  const eachFen = template && couponCostFen(template);
  return {
    template,
    people,
    full,
    left,
    getting,
    costFen: eachFen === null ? null : eachFen * count * getting,
    isOver,
  };
}
