/** 一笔消费: its goods, what was paid and with which coupons, what it earned, and what of it came back. */
import type { Child, FC } from 'hono/jsx';
import type { Refund, SaleId } from '../../../../schema/index.ts';
import { couponsUsedFor, type UsedCoupon } from '../../../db/coupons/office-coupons.ts';
import { readPurchase, type Purchase } from '../../../db/profile/purchases.ts';
import { decimal } from '../../../platform/decimal.ts';
import { page } from '../../page.ts';
import { couponAt, purchasePath, purchasesPath } from '../../paths.ts';
import { Message } from '../../ui/message.tsx';
import { message } from '../../ui/view.ts';
import { count, money, momentOf } from '../../words.ts';
import { holdingsOf, memberOnly } from '../gate.ts';

export const purchasePage = page({
  path: purchasePath,
  title: '一笔消费',
  who: memberOnly,
  here: (asked, pathname) => {
    const of = asked.get('of');
    return of === null ? pathname : `${pathname}?${new URLSearchParams({ of }).toString()}`;
  },
  get: async (visit) => {
    const { deps, context, now } = visit;
    const { db } = deps.engine;
    // Of any text: somebody else's is not there.
    const id = (context.req.query('of') ?? '') as SaleId;
    const { member } = await holdingsOf(visit);
    const [purchase, used] = await Promise.all([readPurchase(db, member.id, id), couponsUsedFor(db, id)]);
    if (!purchase) return unknown();
    return { body: <Receipt purchase={purchase} used={used.filter(isOf(member.id))} now={now} /> };
  },
});

const isOf =
  (id: string) =>
  ({ address }: UsedCoupon): boolean =>
    address === null || address.memberId === id;

const unknown = () =>
  message(
    <Message title="没有这笔消费" action={{ href: purchasesPath, label: '看消费记录' }}>
      可能记在了别的会员名下。
    </Message>,
    404,
  );

type ReceiptProps = {
  readonly purchase: Purchase;
  readonly used: readonly UsedCoupon[];
  readonly now: number;
};

const Receipt: FC<ReceiptProps> = ({ purchase, used, now }) => {
  const { sale, storeName, refunds } = purchase;
  return (
    <section aria-labelledby="purchase">
      <h1 id="purchase">{money(sale.paidFen)} 元</h1>
      <p class="lead">
        {momentOf(sale.occurredAt, now)}，{storeName ?? '门店'}，单号 {sale.orderNo}
      </p>
      {sale.voidedAt !== null && <p class="note stop">这单已经作废。</p>}
      <Goods purchase={purchase} />
      <h2>怎么付的</h2>
      <ul class="rows">
        {used.map(({ name, address, offFen }) => (
          <Line
            label={address ? <a href={couponAt(address)}>{name}</a> : name}
            value={offFen === null ? '已用' : `−${money(offFen)} 元`}
          />
        ))}
        <Line label="实付" value={`${money(sale.paidFen)} 元`} />
        {sale.keptFen !== sale.paidFen && <Line label="退货以后" value={`${money(sale.keptFen)} 元`} />}
      </ul>
      <Earned purchase={purchase} />
      {refunds.length > 0 && <Returns purchase={purchase} refunds={refunds} now={now} />}
      <p class="leave">
        <a href={purchasesPath}>全部消费记录</a>
      </p>
    </section>
  );
};

const Line: FC<{ label: Child; more?: string; value: string }> = ({ label, more, value }) => (
  <li>
    <p>
      {label}
      {more !== undefined && <small>{more}</small>}
    </p>
    <p>{value}</p>
  </li>
);

const Goods: FC<{ purchase: Purchase }> = ({ purchase: { lines } }) => (
  <>
    <h2>买了什么</h2>
    {lines.length === 0 && <p class="empty">收银系统没有报商品明细。</p>}
    <ul class="rows">
      {lines.map(({ name, sku, brand, quantityMilli, paidFen }) => (
        <Line
          label={name}
          more={`${brand === null ? '' : `${brand}，`}${sku} × ${decimal(quantityMilli)}`}
          value={`${money(paidFen)} 元`}
        />
      ))}
    </ul>
  </>
);

/** As it stands today: what came back with goods is not in it. */
const Earned: FC<{ purchase: Purchase }> = ({ purchase: { sale, grants } }) => {
  const own = grants.filter(({ memberId }) => memberId === sale.memberId);
  const sum = (kind: string): number =>
    own.reduce((all, { awards }) => all + (typeof awards[kind] === 'number' ? awards[kind] : 0), 0);
  const coupons = own.reduce(
    (all, { awards: { coupons: given } }) => all + (Array.isArray(given) ? given.length : 0),
    0,
  );
  const [points, packetFen] = [sale.points + sum('points'), sum('redPacketFen')];
  return (
    <>
      <h2>得到了什么</h2>
      {points === 0 && packetFen === 0 && coupons === 0 && <p class="empty">这单没有积分和赠送。</p>}
      <ul class="rows">
        {points > 0 && (
          <Line
            label="积分"
            {...(sum('points') > 0 && { more: `商品 ${count(sale.points)}，活动 ${count(sum('points'))}` })}
            value={count(points)}
          />
        )}
        {packetFen > 0 && <Line label="红包" value={`${money(packetFen)} 元`} />}
        {coupons > 0 && <Line label="优惠券" value={`${coupons} 张`} />}
      </ul>
    </>
  );
};

type ReturnsProps = {
  readonly purchase: Purchase;
  readonly refunds: readonly Refund[];
  readonly now: number;
};

const Returns: FC<ReturnsProps> = ({ purchase, refunds, now }) => {
  const names = new Map<string, string>(purchase.lines.map(({ sku, name }) => [sku, name]));
  return (
    <>
      <h2>退了什么</h2>
      <ul class="rows">
        {refunds.map(({ occurredAt, refundNo, refundedFen, lines, added }) => (
          <Line
            label={
              lines.length === 0
                ? '整单退货'
                : lines
                    .map(({ sku, quantityMilli }) => `${names.get(sku) ?? sku} × ${decimal(quantityMilli)}`)
                    .join('、')
            }
            more={`${added.length > 0 ? `换成 ${added.map(({ name }) => name).join('、')}，` : ''}${momentOf(occurredAt, now)}，退货单 ${refundNo}`}
            value={`−${money(refundedFen)} 元`}
          />
        ))}
      </ul>
    </>
  );
};
