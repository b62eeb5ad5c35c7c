/** 超级会员 on a member's page: until when, what she bought, what would be paid back now, and what can be done with it. */
import type { SuperEnd } from '../../../../schema/index.ts';
import { readMemberships, type SoldMembership } from '../../../db/super/memberships.ts';
import type { MemberHoldings } from '../../../db/members/members.ts';
import { backNow } from '../../../commands/super/memberships.ts';
import type { Config } from '../../../decide/config.ts';
import { isSuper } from '../../../decide/super/spans.ts';
import { standingOf } from '../../../decide/super/standing.ts';
import { superMissWords } from '../../../words/misses/super-misses.ts';
import { superStandingNames } from '../../../words/holdings/super-words.ts';
import { lastMomentOf, momentOf, money } from '../../words.ts';
import { moment } from '../kit/format.ts';
import { office } from '../kit/nav.ts';
import { Mark, Sheet, Table, type Tone } from '../kit/parts.tsx';
import { isOneOf, type Visit } from '../kit/visit.ts';

/** Nothing where the shop has no plans and she never was one. */
export async function superSheet(visit: Visit, { member }: MemberHoldings, own: string) {
  const [config, all] = await Promise.all([
    visit.deps.engine.config.get(),
    readMemberships(visit.db, member.id),
  ]);
  const hasPlans = config.settings.superMembership.plans.length > 0;
  if (!hasPlans && all.length === 0 && member.superUntil === null) return null;
  const { now, person } = visit;
  const isOne = isSuper(member, now);
  const isOffice = isOneOf(person, office);
  const link = (part: string, label: string) => (
    <a class="button" href={`${own}/${part}`}>
      {label}
    </a>
  );
  const can = (as: SuperEnd): boolean =>
    all.some((one) => typeof backNow(config, one, all, { as, now }) === 'number');
  return (
    <Sheet title="超级会员" note={untilWords(member.superUntil, now)}>
      {all.length > 0 && <Bought config={config} all={all} now={now} />}
      <p class="buttons">
        {hasPlans && link('super', isOne ? '续费' : '开通')}
        {can('undone') && link('super-undo', '撤销')}
        {isOffice && can('refunded') && link('super-refund', '退款')}
      </p>
    </Sheet>
  );
}

function untilWords(superUntil: number | null, now: number): string {
  if (superUntil === null) return '还不是';
  return superUntil > now ? `到 ${lastMomentOf(superUntil, now)}` : `${lastMomentOf(superUntil, now)}到期了`;
}

const tones: Partial<Record<ReturnType<typeof standingOf>, Tone>> = { running: 'good', coming: 'wait' };

function Bought({ config, all, now }: { config: Config; all: readonly SoldMembership[]; now: number }) {
  return (
    <Table
      caption={`买过 ${all.length} 次`}
      rows={all}
      empty=""
      columns={[
        { label: '方案', show: ({ row }) => row.plan },
        {
          label: '状态',
          show: ({ row }) => {
            const standing = standingOf(row, now);
            return <Mark tone={tones[standing] ?? 'plain'}>{superStandingNames[standing]}</Mark>;
          },
        },
        {
          label: '有效期',
          show: ({ row }) => `${momentOf(row.fromAt, now)} 到 ${lastMomentOf(row.untilAt, now)}`,
        },
        { label: '买的时间', show: ({ row }) => moment(row.soldAt, now) },
        { label: '实收（元）', show: ({ row }) => money(row.paidFen), isNumber: true },
        { label: '退款', show: (one) => backWords(config, one, all, now) },
      ]}
    />
  );
}

function backWords(config: Config, one: SoldMembership, all: readonly SoldMembership[], now: number): string {
  const { endedAs, endedAt, backFen } = one.row;
  if (endedAs !== null && endedAt !== null) return `${moment(endedAt, now)} 退了 ${money(backFen)} 元`;
  const back = backNow(config, one, all, { as: 'refunded', now });
  return typeof back === 'number' ? `现在退 ${money(back)} 元` : superMissWords(back);
}
