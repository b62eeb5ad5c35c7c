/** 记储值: the postings of one move with its row, whose stored value it is, and what becomes of what cannot be. */
import {
  defaultTimezone,
  type Account,
  type DomainEvent,
  type Member,
  type MemberId,
  type MemberRef,
  type StoreId,
  type StoredMiss,
  type StoredMove,
  type StoredMoveId,
  type StoredValueSettings,
} from '../../../schema/index.ts';
import { park, refuse, type Decision, type Effect } from '../effects.ts';
import { isSomebodyElse } from '../members/who/identities.ts';
import { keysThatCount } from '../members/who/identity-keys.ts';
import { localDate } from '../plain/dates.ts';
import { yuanText } from '../plain/yuan.ts';
import { headOf, type World } from '../world.ts';
import { sumOf, type Parts } from './parts.ts';

export const storedSettings = (world: World): StoredValueSettings => world.config.settings.storedValue;

export const heldParts = (world: World, memberId: MemberId): Parts => ({
  principalFen: headOf(world, memberId, 'principal').balance,
  bonusFen: headOf(world, memberId, 'bonus').balance,
});

/** Whoever waits is told; otherwise it has happened already, and a person has to look. */
export const missedStored = (
  { isAsked }: { readonly isAsked?: true },
  number: string,
  miss: StoredMiss,
): Decision => (isAsked ? refuse({ code: 'STORED', miss }) : park({ code: 'STORED', number, miss }));

type Named = DomainEvent & {
  readonly memberId?: MemberId;
  readonly isAsked?: true;
  readonly data: { readonly member?: MemberRef | null | undefined };
};

/** Money that goes out makes nobody a member and joins nobody: what it follows from has to be there already. */
export function holderOf(world: World, event: Named): Member | null {
  const id = event.memberId ?? ownerNamed(world, event);
  const member = id === null ? undefined : world.members.get(id);
  return member && member.mergedInto === null && member.deletedAt === null ? member : null;
}

export function ownerNamed(world: World, { data, namespace }: Named): MemberId | null {
  const keys = keysThatCount(world, data.member, namespace);
  const owner = keys.map((key) => world.identities.get(key)).find((id) => id !== undefined) ?? null;
  return owner !== null && isSomebodyElse(world, keys, owner) ? null : owner;
}

export const nobodyFor = ({ isAsked }: Named): Decision =>
  isAsked ? refuse({ code: 'NO_MEMBER' }) : park({ code: 'IDENTITY_MISSING', field: 'data.member' });

type Posting = {
  readonly memberId: MemberId;
  readonly cause: string;
  readonly at: number;
  /** Null where it happened in no store. */
  readonly storeId: StoreId | null;
};

/** With a sign each. */
export function postParts(
  { memberId, cause, at, storeId }: Posting,
  { principalFen, bonusFen }: Parts,
): Effect[] {
  const put = (account: Account, delta: number): Effect[] =>
    delta === 0
      ? []
      : [
          {
            type: 'ledger.post',
            memberId,
            account,
            delta,
            cause,
            at,
            overdraft: false,
            storeId,
          },
        ];
  return [...put('principal', principalFen), ...put('bonus', bonusFen)];
}

export const minus = ({ principalFen, bonusFen }: Parts): Parts => ({
  principalFen: 0 - principalFen,
  bonusFen: 0 - bonusFen,
});

type Moved = Pick<StoredMove, 'id' | 'memberId' | 'storeId' | 'act' | 'occurredAt'> &
  Partial<Pick<StoredMove, 'ofId'>> &
  Parts;

export const movedRow = (moved: Moved): Effect => ({
  type: 'stored-move.put',
  row: { ofId: null, backPrincipalFen: 0, backBonusFen: 0, ...moved },
});

export const storedCause = (id: StoredMoveId): string => `stored:${id}`;

export type Told = DomainEvent & {
  readonly keeper?: string;
  readonly data: {
    readonly balanceAfter?: Parts | null | undefined;
    readonly store: { readonly id: string };
  };
};

/** 余额以收银系统为准: after its word there is what it says; where that is not what we would have, the shop is told once a day. */
export function following(world: World, event: Told, memberId: MemberId, ours: Parts): Effect[] {
  const { keeper, data, id, occurredAt } = event;
  const theirs = data.balanceAfter;
  if (keeper === undefined || !theirs) return [];
  const apart = {
    principalFen: theirs.principalFen - ours.principalFen,
    bonusFen: theirs.bonusFen - ours.bonusFen,
  };
  if (apart.principalFen === 0 && apart.bonusFen === 0) return [];
  const moveId = `corrected:${id}` as StoredMoveId;
  const row = {
    id: moveId,
    memberId,
    storeId: data.store.id as StoreId,
    act: 'corrected',
    occurredAt,
  } as const;
  const day = localDate(world.now, defaultTimezone);
  const text = `收银系统 ${keeper} 报的储值余额和这里算的不一样，已按它的为准。今天第一次是会员 ${memberId}：它说 ${yuanText(sumOf(theirs))}，这里算出来是 ${yuanText(sumOf(ours))}。请核对有没有漏报的充值或消费。`;
  return [
    movedRow({ ...row, ...apart }),
    ...postParts({ memberId, cause: storedCause(moveId), at: occurredAt, storeId: row.storeId }, apart),
    {
      type: 'alert.raise',
      note: {
        id: `stored-differs/${keeper}/${day}`,
        kind: 'stored.differs',
        sourceId: keeper,
        text,
        at: world.now,
      },
    },
  ];
}
