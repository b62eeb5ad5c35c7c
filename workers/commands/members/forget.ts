/** 注销会员 by the office: erases one person, wholly, as if they had asked for it themselves. */
import { EventId, type IdentityKey, type MemberDeleted, type MemberId } from '../../../schema/index.ts';
import { identitiesOf } from '../../db/members/look-up.ts';
import type { Engine } from '../../engine/engine.ts';
import { resultOf, run } from '../run.ts';

/** False when nothing names the person any more, or it could not be settled. */
export async function forgetMember(
  engine: Engine,
  { key, memberId }: { readonly key: string; readonly memberId: MemberId },
  now: number,
): Promise<boolean> {
  const named = (await identitiesOf(engine.db, memberId)).flatMap((one) => subjectOf(one) ?? []);
  const [subject] = named;
  if (!subject) return false;
  const event: MemberDeleted = {
    type: 'member.deleted',
    id: EventId.parse(`office_${key}`),
    occurredAt: now,
    ...subject,
  };
  return resultOf(await run(engine, event, now, async () => true)) ?? false;
}

type Subject = Pick<MemberDeleted, 'namespace' | 'data'>;

/** `ext:pos:M1001` belongs to a till's namespace; a phone and a WeChat account are the same everywhere. */
function subjectOf(key: IdentityKey): Subject | null {
  const [, kind, rest = ''] = /^(\w+):(.*)$/s.exec(key) ?? [];
  if (kind === 'phone' || kind === 'openid' || kind === 'unionid')
    return { namespace: '', data: { [kind]: rest } };
  const [, namespace, value] = /^([^:]*):(.*)$/s.exec(rest) ?? [];
  if (namespace === undefined || value === undefined) return null;
  if (kind === 'ext') return { namespace, data: { externalId: value } };
  return kind === 'card' ? { namespace, data: { cardNo: value } } : null;
}
