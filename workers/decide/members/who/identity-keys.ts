/** 会员标识: the numbers that name a member, and which of them count. */
import {
  identityKinds,
  type IdentityKey,
  type IdentityKind,
  type MemberId,
  type MemberRef,
  type MerchantSettings,
} from '../../../../schema/index.ts';
import { plainPhone } from '../../plain/phones.ts';
import type { World } from '../../world.ts';

/** What a till sends for "nobody": 银豹 says customerUid 0. */
const nobody = new Set(['', '0', '-1', 'null', 'none']);

/** Strongest first. The till's own number is unique only within its namespace. */
export function identityKeys(ref: MemberRef | null | undefined, namespace: string): IdentityKey[] {
  if (!ref) return [];
  const values: Record<IdentityKind, string | null> = {
    ext: ref.externalId ? `${namespace}:${ref.externalId}` : null,
    card: ref.cardNo ? `${namespace}:${ref.cardNo}` : null,
    unionid: ref.unionid ?? null,
    openid: ref.openid ?? null,
    phone: plainPhone(ref.phone),
  };
  if (nobody.has(ref.externalId ?? '')) values.ext = null;
  if (nobody.has(ref.cardNo ?? '')) values.card = null;
  const keys: IdentityKey[] = [];
  for (const kind of identityKinds) {
    const value = values[kind];
    // The kind is one of ours and the value is not empty, so this is an identity key.
    if (value) keys.push(`${kind}:${value}` as IdentityKey);
  }
  return keys;
}

export const phoneKey = (phone: string): IdentityKey => `phone:${phone}` as IdentityKey;
export const openidKey = (openid: string): IdentityKey => `openid:${openid}` as IdentityKey;

/** `phone` or `ext:pos`: two till numbers contradict each other only within one namespace. */
export function kindOf(key: IdentityKey): string {
  const [kind = '', namespace = ''] = key.split(':', 2);
  return isOfTill(key) ? `${kind}:${namespace}` : kind;
}

/** 会员号 and 卡号, which the till issued. */
export const isOfTill = (key: IdentityKey): boolean => key.startsWith('ext:') || key.startsWith('card:');
export const isPhone = (key: IdentityKey): boolean => key.startsWith('phone:');
export const isOpenid = (key: IdentityKey): boolean => key.startsWith('openid:');

/** What follows the kind and, for the till's own numbers, the namespace. */
export const valueOf = (key: IdentityKey): string =>
  key
    .split(':')
    .slice(isOfTill(key) ? 2 : 1)
    .join(':');

export const keysOfMember = (world: World, memberId: MemberId): readonly IdentityKey[] => [
  ...(world.keysOf.get(memberId) ?? []),
];

/**
 * The keys that name somebody here. 散客: what the shop has listed names nobody, whoever sends it. An openid names a person only
 * under our own app; without an app id it counts when the account itself has heard from it, or somebody is known by it.
 */
export function keysThatCount(
  world: World,
  ref: MemberRef | null | undefined,
  namespace: string,
  isVouchedFor = false,
): IdentityKey[] {
  const { settings, appId } = world.config;
  const isOurs = (key: IdentityKey): boolean => {
    if (isVouchedFor) return true;
    if (ref?.appId != null) return ref.appId === appId;
    return world.fans.has(valueOf(key)) || world.identities.has(key);
  };
  return keysOfSomebody(settings, identityKeys(ref, namespace)).filter(
    (key) => !isOpenid(key) || isOurs(key),
  );
}

/** Without those that the shop has listed as nobody's. */
export const keysOfSomebody = (
  { nobody: listed }: Pick<MerchantSettings, 'nobody'>,
  keys: readonly IdentityKey[],
): IdentityKey[] => keys.filter((key) => !listed.includes(valueOf(key)));
