/** 验证手机号入会: a right code proves the phone, and the person joins. */
import type { InvitedBy } from '../../../schema/index.ts';
import { join, type Joined } from '../../commands/members/join.ts';
import { withTimeout } from '../../platform/timeout.ts';
import type { Invitation } from '../paths.ts';
import type { PageDeps } from '../ports.ts';
import { prove } from './prove.ts';
import type { Registration } from './register-form.ts';

const unionidTimeoutMs = 2_000;

type Form = {
  readonly registration: Registration;
  readonly invitation: Invitation;
  readonly invitedBy?: InvitedBy | null;
  readonly isRebinding: boolean;
};

/** The same form sent twice is proved twice and joins once. */
export async function joinByPhone(
  deps: PageDeps,
  openid: string,
  { registration, ...form }: Form,
  now: number,
): Promise<Joined | 'code-wrong'> {
  const { code, ...person } = registration;
  const proof = await prove(deps, { openid, phone: registration.phone, code }, now);
  if (!proof) return 'code-wrong';
  const unionid = await withTimeout(deps.unionidOf(openid), unionidTimeoutMs).catch(() => null);
  const joined = await join(deps.engine, { ...person, ...form, proofId: proof.id, openid, unionid }, now);
  if (joined === 'joined') deps.doorbell.ring();
  return joined;
}
