/** 邀请码, and where somebody sits: what the limits of inviting look at, as digests that name nobody. */
import type { InvitedBy, MemberId } from '../../../../schema/index.ts';
import { markKeys, markSeen } from '../../../db/referrals/marks.ts';
import { shopDay } from '../../../decide/money/lots.ts';
import { newWord, type PageKeys } from '../../keys.ts';
import { readCookie, writeCookie } from '../../login/cookie.ts';
import { networkOf } from '../../network.ts';
import type { Visit } from '../../page.ts';

const proofDigits = 20;

/** Nobody without SEED can make one for somebody else. */
export const inviteCode = async (keys: PageKeys, memberId: MemberId): Promise<string> =>
  `${memberId}.${await proofOf(keys, memberId)}`;

const proofOf = async (keys: PageKeys, memberId: string): Promise<string> =>
  (await keys.tag('invite', memberId)).slice(0, proofDigits);

/** Whose code it is, with where the visitor sits; null where nobody made it. */
export async function invitedByIn(visit: Visit, code: string): Promise<InvitedBy | null> {
  const [memberId = '', proof = ''] = code.split('.');
  if (proof !== (await proofOf(visit.deps.keys, memberId))) return null;
  return { inviterId: memberId as MemberId, ...(await seatOf(visit)) };
}

const deviceCookie = 'device';
/** As long as browsers keep any. */
const deviceSeconds = 400 * 86_400;

/** A number that this browser is known again by; it says nothing, and stands only in its digest. */
export async function keepDevice({ deps, context }: Visit): Promise<string> {
  const known = await readCookie(deps, context, deviceCookie);
  const value = typeof known === 'string' ? known : newWord();
  await writeCookie(deps, context, { name: deviceCookie, value, seconds: deviceSeconds });
  return value;
}

async function seatOf(visit: Visit): Promise<Pick<InvitedBy, 'device' | 'network'>> {
  const { deps, context } = visit;
  const known = await readCookie(deps, context, deviceCookie);
  return seatIn(visit, typeof known === 'string' ? known : null);
}

async function seatIn(
  { deps, context, now }: Visit,
  device: string | null,
): Promise<Pick<InvitedBy, 'device' | 'network'>> {
  const address = context.req.header('cf-connecting-ip');
  return markKeys(shopDay(now), {
    device: device === null ? null : await deps.keys.tag('device', device),
    network: address === undefined ? null : await deps.keys.tag('network', networkOf(address)),
  });
}

/** 邀请人 opens the page: whoever registers on her own phone is looked at by a person. */
export async function markInviter(visit: Visit, memberId: MemberId): Promise<void> {
  const { device, network } = await seatIn(visit, await keepDevice(visit));
  const keys = [device, network].filter((key) => key !== null);
  await markSeen(visit.deps.engine.db, memberId, keys);
}
