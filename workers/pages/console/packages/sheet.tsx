/** 套餐 on a member's page: what is left of each, what would be paid back, and what can be done with them. */
import { packagesOf } from '../../../db/packages/packages.ts';
import { templatesForSale } from '../../../db/packages/templates.ts';
import { fromNewest } from '../../../db/paging.ts';
import type { MemberHoldings } from '../../../db/members/members.ts';
import { packageStandingOf, refundOf, type PackageStanding } from '../../../decide/packages/held.ts';
import { leftWords, validWords } from '../../../words/holdings/package-words.ts';
import { money, moment } from '../kit/format.ts';
import { office } from '../kit/nav.ts';
import { Mark, Sheet, Table, type Tone } from '../kit/parts.tsx';
import { isOneOf, type Visit } from '../kit/visit.ts';

const shownMax = 30;
const states: Readonly<Record<PackageStanding, { readonly label: string; readonly tone: Tone }>> = {
  open: { label: '能用', tone: 'good' },
  'used-up': { label: '用完了', tone: 'plain' },
  expired: { label: '过期', tone: 'stop' },
  refunded: { label: '已退', tone: 'plain' },
};

/** Nothing where the shop sells none and she never had any. */
export async function packageSheet(visit: Visit, { member }: MemberHoldings, own: string) {
  const [all, forSale] = await Promise.all([
    packagesOf(visit.db, member.id, fromNewest, shownMax),
    templatesForSale(visit.db),
  ]);
  if (all.length === 0 && forSale.length === 0) return null;
  const { now } = visit;
  return (
    <Sheet title="套餐" note={`最近 ${String(shownMax)} 张`}>
      <Table
        caption="最近买的在上面"
        rows={all}
        empty="还没有买过。"
        columns={[
          { label: '套餐', show: ({ name }) => name },
          { label: '套餐码', show: ({ code }) => <code>{code}</code> },
          { label: '还剩 / 共', show: (held) => leftWords(held) },
          {
            label: '状态',
            show: (held) => {
              const { label, tone } = states[packageStandingOf(held, now)];
              return <Mark tone={tone}>{label}</Mark>;
            },
          },
          { label: '有效期', show: validWords },
          { label: '收了（元）', show: ({ paidFen }) => money(paidFen), isNumber: true },
          {
            label: '退款（元）',
            show: (held) =>
              held.refundedFen === null ? `能退 ${money(refundOf(held))}` : `退了 ${money(held.refundedFen)}`,
            isNumber: true,
          },
          { label: '买于', show: ({ soldAt }) => moment(soldAt, now) },
        ]}
      />
      <p class="buttons">
        <a class="button" href={`${own}/packages`}>
          卖套餐
        </a>
        {all.length > 0 && isOneOf(visit.person, office) && (
          <>
            <a class="button" href={`${own}/package-refund`}>
              退套餐
            </a>
            <a class="button" href={`${own}/package-undo`}>
              撤销核销
            </a>
          </>
        )}
      </p>
    </Sheet>
  );
}
