/** 一张券的来历与经过: where it came from, what it took off on which receipt, and every step that it took. */
import type { Child, FC } from 'hono/jsx';
import type { CouponLife } from '../../../db/coupons/coupons.ts';
import { saleNamed, type CouponNames } from '../../../db/coupons/office-coupons.ts';
import { day, money, moment } from '../kit/format.ts';
import { office } from '../kit/nav.ts';
import { asked, Facts, Sheet, Table } from '../kit/parts.tsx';
import { isOneOf, type Visit } from '../kit/visit.ts';
import { ReceiptLink } from '../sales/receipts.tsx';
import { causeOfMove, moveNames } from '../words/promotions/coupons.ts';
import { grantJobsPath, jobOfCause, redemptionsPath } from './paths.ts';

export type Shown = {
  readonly visit: Visit;
  readonly life: CouponLife;
  readonly names: CouponNames;
  readonly stores: ReadonlyMap<string, string>;
};

export function originOf({ visit, life, names }: Shown): Child {
  const { coupon, moves } = life;
  const granted = moves.find(({ act }) => act === 'granted');
  if (granted) {
    const job = jobOfCause(granted.cause);
    return (
      <>
        {job === null ? '手工发的' : '给一群会员发的'}
        {granted.by !== null && `，${granted.by}`}
        {granted.reason !== null && `，原因：${granted.reason}`}
        {job !== null && isOneOf(visit.person, office) && (
          <>
            {' '}
            <a href={`${grantJobsPath}/${job}`}>看那一次发券</a>
          </>
        )}
      </>
    );
  }
  const sale = coupon.saleId === null ? undefined : names.sales.get(coupon.saleId);
  const campaign = names.campaignName ?? coupon.campaignId;
  return (
    <>
      {campaign === null ? '扫码或注册领到的' : '活动 '}
      {campaign !== null &&
        (isOneOf(visit.person, office) ? (
          <a href={`/console/campaigns/${coupon.campaignId ?? ''}`}>{campaign}</a>
        ) : (
          campaign
        ))}
      {sale && (
        <>
          ，单号 <ReceiptLink orderNo={sale.orderNo} />
        </>
      )}
    </>
  );
}

/** Nothing while it has not been used. */
export const Use: FC<Shown> = ({ visit, life, names, stores }) => {
  const { coupon, moves } = life;
  const used = moves.findLast(({ act }) => act === 'used');
  if (!used) return <></>;
  const sale = names.sales.get(saleNamed(coupon.usedFor ?? used.cause) ?? ('' as never));
  const back = moves.findLast(({ act, seq }) => act === 'given-back' && seq > used.seq);
  const storeId = used.storeId ?? sale?.storeId ?? '';
  return (
    <Sheet title={back ? '用过一次，又退回了' : '用在哪里'}>
      <Facts
        facts={[
          ['核销', moment(used.at, visit.now)],
          ['减了', used.offFen === null ? '收银台没有说' : `${money(used.offFen)} 元`],
          ...(sale
            ? [
                ['单号', <ReceiptLink orderNo={sale.orderNo} />] as const,
                ['那一单付款', `${money(sale.paidFen)} 元`] as const,
              ]
            : []),
          ...(storeId === '' ? [] : [['门店', stores.get(storeId) ?? storeId] as const]),
          ...(used.by === null ? [] : [['经手', used.by] as const]),
          ...(back ? [['退回', moment(back.at, visit.now)] as const] : []),
        ]}
      />
      {isOneOf(visit.person, office) && (
        <p class="buttons">
          <a
            class="button"
            href={asked(redemptionsPath, {
              from: day(used.at),
              to: day(used.at),
              template: life.coupon.templateId,
            })}
          >
            看这种券当天的核销记录
          </a>
        </p>
      )}
    </Sheet>
  );
};

export const Moves: FC<Shown> = ({ visit, life, names, stores }) => (
  <Sheet title="经过" note="最早的在上面">
    <Table
      caption={`${moment(life.coupon.issuedAt, visit.now)} 发给会员，后来：`}
      rows={life.moves}
      empty="发给会员以后，还没有动过。"
      columns={[
        { label: '时间', show: ({ at }) => moment(at, visit.now) },
        { label: '做了什么', show: ({ act }) => moveNames[act] },
        {
          label: '因为',
          show: ({ cause, reason }) => {
            const sale = names.sales.get(saleNamed(cause) ?? ('' as never));
            return (
              <>
                {causeOfMove(cause)}
                {sale && (
                  <>
                    {' '}
                    <ReceiptLink orderNo={sale.orderNo} />
                  </>
                )}
                {reason !== null && `：${reason}`}
              </>
            );
          },
        },
        { label: '谁', show: ({ by }) => by ?? '' },
        { label: '门店', show: ({ storeId }) => (storeId === null ? '' : (stores.get(storeId) ?? storeId)) },
        { label: '减了（元）', show: ({ offFen }) => (offFen === null ? '' : money(offFen)), isNumber: true },
      ]}
    />
  </Sheet>
);
