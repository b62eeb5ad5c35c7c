/** 清除个人信息: what is erased when a person leaves WeChat or asks to be forgotten; ledgers stay, without a name. */
import { owedAccounts, type Erasure, type IdentityKey, type Member } from '../../../schema/index.ts';
import type { Effect } from '../effects.ts';
import { forgetRows } from '../slices/fold.ts';
import { headOf, type World } from '../world.ts';

const valueOf = (key: IdentityKey): string => key.slice(key.lastIndexOf(':') + 1);
const keysOf = (world: World, { id }: Member): readonly IdentityKey[] => [...(world.keysOf.get(id) ?? [])];
const drop = (key: IdentityKey): Effect => ({ type: 'identity.drop', key });

/**
 * 取消关注 and 注销微信: everything that came from WeChat is erased, copies included; the member, the phone number they gave and their
 * ledgers stay. The same person may still follow with another openid.
 */
export function eraseFan(world: World, openid: string, member: Member | null): Effect[] {
  const keys = member ? keysOf(world, member) : [];
  const dropped = keys.filter((key) => key === `openid:${openid}` || key.startsWith('unionid:'));
  return [...dropped.map(drop), { type: 'fan.erase', openid, memberId: member?.id ?? null }];
}

/** 撤回授权: erases what the authorization gave us: the unionid, and the raw bodies. */
export function eraseAuthorized(world: World, openid: string, member: Member | null): Effect[] {
  const keys = member ? keysOf(world, member) : [];
  const fan = world.fans.get(openid);
  const effects = keys.filter((key) => key.startsWith('unionid:')).map(drop);
  if (fan) effects.push({ type: 'fan.put', row: { ...fan, unionid: null } });
  return [...effects, { type: 'copies.erase', openid }];
}

/** 注销会员: everything personal is erased, here at once; what was decided about them is looked through for the rest. */
export function eraseMember(
  world: World,
  member: Member,
  { id, at }: { readonly id: string; readonly at: number },
): Effect[] {
  const keys = keysOf(world, member);
  const openids = keys.filter((key) => key.startsWith('openid:')).map(valueOf);
  const erased: Member = {
    ...member,
    name: null,
    phone: null,
    associateId: null,
    sellerId: null,
    source: null,
    children: null,
    birthdayOn: null,
    deletedAt: at,
  };
  const erasure: Erasure = { id, memberId: member.id, requestedAt: at, startedAt: null };
  return [
    ...keys.map(drop),
    ...givenUp(world, member, at),
    { type: 'member.put', member: erased },
    ...openids.map((openid): Effect => ({ type: 'fan.erase', openid, memberId: member.id })),
    { type: 'erasure.ask', note: erasure },
    ...forgetRows(world, member.id),
  ];
}

/** 注销作废: what stood on her accounts is owed to nobody any more; she was told so before she asked. */
const givenUp = (world: World, { id: memberId }: Member, at: number): Effect[] =>
  owedAccounts.flatMap((account): Effect[] => {
    const { balance } = headOf(world, memberId, account);
    const to = { memberId, account, delta: -balance, cause: `forgotten:${memberId}`, at } as const;
    return balance === 0 ? [] : [{ type: 'ledger.post', ...to, overdraft: false }];
  });
