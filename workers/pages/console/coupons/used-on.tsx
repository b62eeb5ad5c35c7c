/** 用了哪些券: on the page of a sale's event, each with what it took off. */
import type { FC } from 'hono/jsx';
import type { UsedCoupon } from '../../../db/coupons/office-coupons.ts';
import { money } from '../kit/format.ts';
import { counter } from '../kit/nav.ts';
import { Sheet, Table } from '../kit/parts.tsx';
import { isOneOf, type Visit } from '../kit/visit.ts';
import { couponPathOf } from './paths.ts';

/** Whoever looks after the till alone sees the coupons, and no member's page. */
export const UsedOn: FC<{ visit: Visit; used: readonly UsedCoupon[] }> = ({ visit, used }) => (
  <Sheet title="用了哪些券">
    <Table
      caption={`${used.length} 张`}
      rows={used}
      empty=""
      columns={[
        {
          label: '券',
          show: ({ name, address }) =>
            address !== null && isOneOf(visit.person, counter) ? (
              <a href={couponPathOf(address)}>{name}</a>
            ) : (
              name
            ),
        },
        { label: '减了（元）', show: ({ offFen }) => (offFen === null ? '' : money(offFen)), isNumber: true },
      ]}
    />
  </Sheet>
);
