/** 同超级会员有效期: when her membership ends earlier than it said, so do the coupons that were to end with it. */
import type { Member, TemplateId } from '../../../schema/index.ts';
import type { Config } from '../config.ts';
import type { Effect } from '../effects.ts';

type Whose = Pick<Member, 'id' | 'superUntil'>;

/** Nothing where no template asks for it: an ordinary shop pays nothing. */
export function endsEarly(
  { templates }: Config,
  before: Whose,
  { id: memberId, superUntil }: Whose,
  at: number,
): Effect[] {
  if (before.superUntil === null || before.superUntil <= (superUntil ?? at)) return [];
  const templateIds = [...templates].flatMap(([id, { validity }]): TemplateId[] =>
    'superMember' in validity ? [id] : [],
  );
  if (templateIds.length === 0) return [];
  return [{ type: 'coupons.end', memberId, until: Math.max(superUntil ?? at, 0), templateIds }];
}
