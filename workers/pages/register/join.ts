/** 入会: a phone number that a code proves makes a member, or finds the one the till has known all along. */
import { EventId, type IdentityKey, type MemberJoined, type SmsCode } from '../../../schema/index.ts';
import { associateById } from '../../db/shop/associates.ts';
import { findMembers } from '../../db/members/members.ts';
import { burnCode, takeGuess } from '../../db/members/sms-codes.ts';
import { log } from '../../platform/log.ts';
import { processGroup } from '../../engine/process.ts';
import { withTimeout } from '../../platform/timeout.ts';
import type { Invitation } from '../paths.ts';
import type { PageDeps } from '../ports.ts';
import type { Told } from './register-form.ts';
import { codeText } from './send-code.ts';

const unionidTimeoutMs = 2_000;

export type Joining = {
  readonly openid: string;
  readonly told: Told;
  readonly invitation: Invitation;
};

/** `taken`: the phone answers to another WeChat account. `spent`: its code has proved something else already. */
export type Joined = 'joined' | 'code-wrong' | 'taken' | 'spent' | 'failed';

export async function hasJoined({ engine }: PageDeps, openid: string): Promise<boolean> {
  const [known] = await findMembers(engine.db, `openid:${openid}` as IdentityKey);
  return known !== undefined && known.member.joinedAt !== null;
}

/** The same form twice proves the same thing twice, and brings it about once. */
export async function join(deps: PageDeps, joining: Joining, now: number): Promise<Joined> {
  const proof = await prove(deps, joining, now);
  if (!proof) return 'code-wrong';
  const event = await toEvent(deps, joining, proof, now);
  const first = await decide(deps, event, now);
  // WeChat's name for the person is an extra; it is never the reason why somebody cannot join.
  const mayBeUnionid = first === 'failed' && event.unionid !== null;
  const verdict = mayBeUnionid ? await decide(deps, { ...event, unionid: null }, now) : first;
  if (verdict !== 'decided-before') return verdict;
  return (await hasJoined(deps, joining.openid)) ? 'joined' : 'spent';
}

/** The code's row, burnt; null when the code is not right, or no longer good. */
async function prove(
  { engine, keys }: PageDeps,
  { openid, told }: Joining,
  now: number,
): Promise<SmsCode | null> {
  const [phoneKey, openidKey] = await Promise.all([
    keys.tag('phone', told.phone),
    keys.tag('openid', openid),
  ]);
  const guessed = await takeGuess(engine.db, { phoneKey, openidKey, purpose: 'register' }, now);
  if (!guessed || !(await keys.isTag('code', codeText(guessed.id, told.code), guessed.codeKey))) return null;
  await burnCode(engine.db, guessed, now);
  return guessed;
}

async function decide(
  { engine, doorbell }: PageDeps,
  event: MemberJoined,
  now: number,
): Promise<'joined' | 'taken' | 'failed' | 'decided-before'> {
  const { outcomes, failed } = await processGroup(engine, [{ event, seq: null }], now);
  const outcome = outcomes.get(event.id);
  if (failed.length === 0 && outcome === undefined) return 'decided-before';
  if (outcome?.verdict === 'refused') return 'taken';
  if (outcome?.verdict !== 'applied') {
    log('error', 'join_failed', { verdict: outcome?.verdict ?? 'none' });
    return 'failed';
  }
  doorbell.ring();
  return 'joined';
}

async function toEvent(
  deps: PageDeps,
  { openid, told, invitation }: Joining,
  proof: SmsCode,
  now: number,
): Promise<MemberJoined> {
  const [unionid, guide] = await Promise.all([
    withTimeout(deps.unionidOf(openid), unionidTimeoutMs).catch(() => null),
    invitation.guide === null ? null : associateById(deps.engine.db, invitation.guide),
  ]);
  return {
    type: 'member.joined',
    // One code proves one registration, however often the form arrives.
    id: EventId.parse(`join_${proof.id}`),
    namespace: '',
    occurredAt: now,
    openid,
    unionid,
    phone: told.phone,
    name: told.name,
    children: told.children,
    storeId: guide?.associate.storeId ?? null,
    associateId: guide?.associate.id ?? null,
    source: invitation.source,
  };
}
