/** 提醒谁: whoever a plan names and can be told; where a member has no associate, the manager of the store or the member. */
import {
  defaultTimezone,
  type Alert,
  type AssociateId,
  type Member,
  type StoreId,
} from '../../../schema/index.ts';
import type { Config } from '../config.ts';
import { localDate } from '../plain/dates.ts';
import { openidOf, type World } from '../world.ts';
import type { CompiledPlan, Recipient } from './reminder-plan.ts';

export type Told = {
  /** In whose words. */
  readonly as: Recipient;
  readonly associateId: AssociateId | null;
  /** Of a manager. */
  readonly openid: string | null;
};

type About = { readonly kind: string; readonly member: Member; readonly storeId: StoreId | null };

/** An associate without an address gets a message that is parked and shown to the merchant. Empty when nobody can be told. */
export function recipientsOf(world: World, { notify }: CompiledPlan, about: About): Told[] {
  const { member, storeId } = about;
  const told: Told[] = [];
  const tellMember = (): void => {
    if (canReach(world, about) && !told.some(({ as }) => as === 'member'))
      told.push({ as: 'member', associateId: null, openid: null });
  };
  for (const recipient of notify) {
    if (recipient === 'member') {
      tellMember();
      continue;
    }
    // Until somebody is chosen, whoever served them is asked to see to it.
    const associateId = member.associateId ?? member.sellerId;
    const manager = associateId === null ? managerOf(world.config, storeId) : null;
    if (associateId !== null || manager !== null)
      told.push({ as: 'associate', associateId, openid: manager });
    else tellMember();
  }
  return told;
}

/** By WeChat, or by text message where the shop sends them. */
function canReach(world: World, { kind, member }: About): boolean {
  const { sms } = world.config.settings;
  const hasSms = sms.on && sms.templates[`${kind}-member`] !== undefined && member.phone !== null;
  return hasSms || openidOf(world, member.id) !== null;
}

/** 店长 of that store, or of all; none for what belongs to no store and has no manager of all. */
function managerOf({ managers }: Config, storeId: StoreId | null): string | null {
  const own = managers.find(({ storeIds }) => storeId !== null && storeIds?.includes(storeId));
  return (own ?? managers.find(({ storeIds }) => storeIds === null))?.openid ?? null;
}

/** Once a day, however many reminders. */
export const untold = (now: number): Alert => ({
  id: `reminder-untold/${localDate(now, defaultTimezone)}`,
  kind: 'reminder.untold',
  sourceId: 'reminders',
  text: '有提醒到期了，但没有人可以通知：会员没有导购，门店没有绑定微信的店长，会员自己也联系不上。请在后台给会员指定导购，或给店长绑定微信。',
  at: now,
});
