/** 开通、续费、撤销、退超级会员: somebody stands at the counter and waits. The same number, however often, is one. */
import {
  EventId,
  type MemberId,
  type StoreId,
  type SuperEnd,
  type SuperMembership,
  type SuperMembershipBought,
  type SuperMembershipEnded,
  type SuperMembershipId,
  type SuperMiss,
} from '../../../schema/index.ts';
import { readMemberships, type SoldMembership } from '../../db/super/memberships.ts';
import { timezoneOf, type Config } from '../../decide/config.ts';
import { backFor } from '../../decide/super/end.ts';
import type { Engine } from '../../engine/engine.ts';
import { newId } from '../../platform/digest.ts';
import { resultOf, run } from '../run.ts';

export type SuperAnswer =
  /** All of hers, and which of them it was. */
  | { readonly done: SuperMembership; readonly all: readonly SoldMembership[] }
  | { readonly miss: SuperMiss }
  | { readonly isNobody: true }
  /** The outcome is unknown; the same again finds out. */
  | { readonly undecided: true };

/** `number` is as the source's receipts are known: `{namespace}:{number}`. */
type Named = { readonly memberId: MemberId; readonly number: string };
type Selling = Named & {
  readonly plan: string;
  readonly storeId: StoreId;
  readonly paidFen: number | null;
};
type EndingEarly = Named & { readonly as: SuperEnd; readonly backFen: number | null };

const common = ({ memberId, number }: Named, now: number) =>
  ({
    id: EventId.parse(newId('sm')),
    namespace: '',
    occurredAt: now,
    memberId,
    membershipId: number as SuperMembershipId,
  }) as const;

export const sellMembership = (engine: Engine, asked: Selling, now: number): Promise<SuperAnswer> => {
  const { plan, storeId, paidFen } = asked;
  return settle(
    engine,
    { ...common(asked, now), type: 'super_membership.bought', plan, storeId, paidFen },
    now,
  );
};

export const endMembership = (engine: Engine, asked: EndingEarly, now: number): Promise<SuperAnswer> => {
  const { as, backFen } = asked;
  return settle(engine, { ...common(asked, now), type: 'super_membership.ended', as, backFen }, now);
};

async function settle(
  engine: Engine,
  event: SuperMembershipBought | SuperMembershipEnded,
  now: number,
): Promise<SuperAnswer> {
  const ran = await run(engine, event, now, () => readMemberships(engine.db, event.memberId));
  if (ran.verdict === 'refused') {
    if (ran.refusal.code === 'NO_MEMBER') return { isNobody: true };
    if (ran.refusal.code === 'SUPER') return { miss: ran.refusal.miss };
    throw new Error(`a super membership was refused with ${ran.refusal.code}`);
  }
  const all = resultOf(ran) ?? [];
  const found = all.find(({ row }) => row.id === event.membershipId);
  return found ? { done: found.row, all } : { undecided: true };
}

/** 现在退多少: shown before it is asked; the decision reckons it again. */
export function backNow(
  config: Config,
  { row, gifts }: SoldMembership,
  all: readonly SoldMembership[],
  { as, now: at }: { readonly as: SuperEnd; readonly now: number },
): number | SuperMiss {
  const timezone = timezoneOf(config, row.storeId);
  return backFor(row, { as, at, timezone, gifts, all: all.map((one) => one.row) });
}
