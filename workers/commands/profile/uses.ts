/** 改在用段位: what somebody was told that a child uses now, and until when; null is again as the table of the shop says. */
import { usedGoods, type ChildUseTold, type Member } from '../../../schema/index.ts';
import { isDay } from '../../../schema/plain/plain.ts';
import type { MemberHoldings } from '../../db/members/members.ts';
import { readSettings } from '../../db/shop/settings.ts';
import type { InUse } from '../../decide/profile/uses.ts';
import type { Engine } from '../../engine/engine.ts';
import { editMember } from '../members/edit.ts';

/** `milk/2026-05-20`: of the children born that day. */
export type UseAsked = {
  readonly child: string;
  readonly stage: string | null;
  readonly untilOn: string | null;
};

export const useOf = ({ goods, born }: Pick<InUse, 'goods' | 'born'>): string => `${goods}/${born}`;

type UseChanged =
  | { readonly before: UseAsked; readonly after: UseAsked }
  /** Not one of her children; no stage of these goods; no day. */
  | { readonly miss: 'child' | 'stage' | 'day' | 'undecided' };

/** Repeated with the same `key`, it is the same change. */
export async function changeUse(
  engine: Engine,
  { key, found, asked }: { readonly key: string; readonly found: MemberHoldings; readonly asked: UseAsked },
  now: number,
): Promise<UseChanged> {
  const { member } = found;
  const { child, stage, untilOn } = asked;
  const told = toldOf(member, asked);
  if (!told) return { miss: 'child' };
  const { useStages } = await readSettings(engine.db);
  if (stage !== null && useStages[told.goods].every(({ name }) => name !== stage)) return { miss: 'stage' };
  if (untilOn !== null && !isDay(untilOn)) return { miss: 'day' };
  const done = await editMember(engine, { key, memberId: member.id, change: { uses: [told] } }, now);
  if (!('holdings' in done)) return { miss: 'undecided' };
  const was = member.children?.find(({ born }) => born === told.born)?.uses?.[told.goods];
  return { before: { child, stage: was?.stage ?? null, untilOn: was?.untilOn ?? null }, after: asked };
}

function toldOf(
  { children }: Pick<Member, 'children'>,
  { child, stage, untilOn }: UseAsked,
): ChildUseTold | null {
  const [named, born = ''] = child.split('/');
  const goods = usedGoods.find((one) => one === named);
  if (!goods || !children?.some((one) => one.born === born)) return null;
  return { born, goods, use: stage === null ? null : { stage, untilOn } };
}
