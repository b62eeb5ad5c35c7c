/** 凭验证码: a code proves whose a phone is. It outweighs what a till told, and what was proven before needs a word from the person. */
import type { Member, MemberId, MemberJoined } from '../../../../schema/index.ts';
import type { Effect } from '../../effects.ts';
import type { Refusal } from '../../refusals.ts';
import type { World } from '../../world.ts';
import { isOfAnother, memberOf } from './identities.ts';
import { isOpenid, keysOfMember, openidKey, phoneKey, valueOf } from './identity-keys.ts';
import { leaveWechat, recorded } from '../rebind.ts';

/** Numbers that the proof replaces. */
const ofWechat = ['openid', 'unionid'];

/** What has to go before the person can be settled. */
export function provenAgainst(
  world: World,
  event: MemberJoined,
): { readonly effects: readonly Effect[] } | { readonly refusal: Refusal } {
  const { phone, openid } = event;
  const holder = world.identities.get(phoneKey(phone));
  if (holder === undefined || openid === null) return { effects: [] };
  const member = memberOf(world, holder);
  const openids = keysOfMember(world, holder).filter(isOpenid).map(valueOf);
  if (openids.includes(openid)) return { effects: [] };
  // A till put the number beside somebody who proved another: it is not theirs.
  if (member.joinedAt !== null && member.phone !== null && member.phone !== phone)
    return { effects: [{ type: 'identity.drop', key: phoneKey(phone) }] };
  if (isOtherPerson(world, holder, openid)) return { refusal: { code: 'PHONE_TAKEN' } };
  if (openids.length === 0) return { effects: [] };
  return replacing(world, event, member);
}

/** The WeChat account has a member of its own, and a number of theirs contradicts the phone's. */
function isOtherPerson(world: World, holder: MemberId, openid: string): boolean {
  const own = world.identities.get(openidKey(openid));
  return own !== undefined && isOfAnother(world, holder, own, ofWechat);
}

function replacing(
  world: World,
  event: MemberJoined,
  member: Member,
): { readonly effects: readonly Effect[] } | { readonly refusal: Refusal } {
  // Numbers are handed on: whoever wants the points of the WeChat that proved this one before has to say so.
  if (member.joinedAt !== null && event.isRebinding !== true) return { refusal: { code: 'PHONE_BOUND' } };
  const text = '会员用短信验证码换绑了微信。';
  return { effects: [...leaveWechat(world, member, event), recorded(event, member, 'wechat', text)] };
}
