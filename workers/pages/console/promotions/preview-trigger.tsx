/** 试一试 of what happens to a member: a phone says who, and a field each what only this trigger brings. */
import type { FC } from 'hono/jsx';
import type { CampaignId } from '../../../../schema/index.ts';
import { simulateTrigger } from '../../../commands/promotions/simulate.ts';
import { findMembers } from '../../../db/members/members.ts';
import { phoneKey } from '../../../decide/members/who/identity-keys.ts';
import type { Trigger } from '../../../decide/triggers/define.ts';
import { tokenField } from '../../posted.tsx';
import type { Typed } from '../form/typed.ts';
import type { ConsoleView } from '../kit/shell.tsx';
import type { Visit } from '../kit/visit.ts';
import { base, fenOf, Results, said, sorry } from './preview-parts.tsx';

/** What only some triggers bring, or a trial has to be told: how it is asked for, and how it is read; null where it makes no sense. */
const facts: Readonly<
  Record<string, { label: string; usual: string; read: (text: string) => string | number | null }>
> = {
  streakDays: {
    label: '连续签到第几天',
    usual: '7',
    read: (text) => (/^[1-9]\d{0,2}$/.test(text) ? Number(text) : null),
  },
  paidFen: { label: '充值多少元', usual: '500', read: fenOf },
  packageId: { label: '套餐编号', usual: '', read: (text) => text },
  said: { label: '发的词', usual: '', read: (text) => text || null },
  plan: { label: '哪个超级会员方案', usual: '', read: (text) => text || null },
  level: { label: '升到哪个等级', usual: '', read: (text) => text || null },
};

const asksOf = ({ brings, tried }: Trigger): readonly string[] =>
  tried?.asks === undefined ? brings : [...brings, tried.asks];

export const TriggerPreview: FC<{ id: string; token: string; trigger: Trigger; typed?: Typed }> = ({
  id,
  token,
  trigger,
  typed,
}) => (
  <form class="sheet" method="post" action={`${base}/${id}/preview`}>
    <h2>
      试一试<small>什么都不会真的发</small>
    </h2>
    <input type="hidden" name={tokenField} value={token} />
    <div class="filters">
      {asksOf(trigger).map((fact) => {
        const { label, usual } = facts[fact] ?? {};
        return label === undefined ? (
          <></>
        ) : (
          <div class="field short">
            <label for={fact}>{label}</label>
            <input id={fact} name={fact} value={typed?.get(fact) ?? usual} />
          </div>
        );
      })}
      <div class="field">
        <label for="phone">哪位会员的手机号（不填，就当新会员）</label>
        <input id="phone" name="phone" inputmode="numeric" value={typed?.get('phone') ?? ''} />
      </div>
      <button>看会得到什么</button>
    </div>
  </form>
);

export async function tryTrigger(visit: Visit, form: Typed, trigger: Trigger): Promise<ConsoleView> {
  const again = <TriggerPreview id={visit.id} token={visit.token} trigger={trigger} typed={form} />;
  const brought: Record<string, string | number> = {};
  for (const fact of asksOf(trigger)) {
    const value = facts[fact]?.read(form.get(fact)?.trim() ?? '');
    if (value === null) return sorry(422, again, `“${facts[fact]?.label ?? ''}”填得不对。`);
    if (value !== undefined) brought[fact] = value;
  }
  const phone = form.get('phone')?.trim() ?? '';
  const [member] = phone === '' ? [] : await findMembers(visit.db, phoneKey(phone));
  if (phone !== '' && !member) return sorry(422, again, '没有这个手机号的会员。');
  const imagined = {
    campaignId: visit.id as CampaignId,
    memberId: member?.member.id ?? null,
    storeId: null,
    occurredAt: visit.now,
    facts: brought,
  };
  const simulated = await simulateTrigger(visit.deps.engine, imagined, visit.now);
  if ('code' in simulated) return sorry(409, again, '这个活动不在了。');
  const who = member ? '这位会员' : '新会员';
  const explained = [simulated.asked, ...simulated.others];
  return said(visit, again, <Results title={`${who}会得到`} explained={explained} />);
}
