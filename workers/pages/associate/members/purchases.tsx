/** 她的消费记录: what she bought, with brand, price and how many, found again by a product's name or code. */
import type { FC } from 'hono/jsx';
import { listPurchases } from '../../../db/profile/purchases.ts';
import { endOfTime } from '../../../db/paging.ts';
import type { SaleRecord } from '../../../db/shelves/sale-document.ts';
import { decimal } from '../../../platform/decimal.ts';
import { page } from '../../page.ts';
import { ownMemberAt, ownMemberPath, ownPurchasesPath } from '../../paths.ts';
import { money, momentOf } from '../../words.ts';
import { hereOf, ownMember } from './own.tsx';

const [textMax, shownMax] = [60, 30];

export const ownPurchasesPage = page({
  path: ownPurchasesPath,
  title: '消费记录',
  who: ownMember,
  here: hereOf,
  get: async ({ deps, context, now, found }) => {
    const { id, name } = found.member;
    const text = (context.req.query('q') ?? '').trim().slice(0, textMax);
    const before = {
      at: Number(context.req.query('at')) || endOfTime,
      id: (context.req.query('sale') ?? '').slice(0, 2_000),
    };
    const { items, next } = await listPurchases(deps.engine.db, id, { text, before, limit: shownMax });
    const older = next && { of: id, q: text, at: String(next.at), sale: next.id };
    const body = (
      <section aria-labelledby="purchases">
        <h1 id="purchases">{name ?? '会员'}的消费</h1>
        <form class="field" method="get" action={ownPurchasesPath} role="search">
          <input type="hidden" name="of" value={id} />
          <label for="q">
            找商品<small>商品名、条码或单号</small>
          </label>
          <div class="line">
            <input id="q" name="q" value={text} maxlength={textMax} />
            <button class="send scan">查找</button>
          </div>
        </form>
        {items.map((record) => (
          <Bought record={record} now={now} />
        ))}
        {items.length === 0 && <p class="empty">{text === '' ? '还没有消费。' : `没有买过“${text}”。`}</p>}
        {older && (
          <p class="leave">
            <a href={`${ownPurchasesPath}?${new URLSearchParams(older).toString()}`}>更早的</a>
          </p>
        )}
        <p class="leave">
          <a href={ownMemberAt(ownMemberPath, id)}>回到{name ?? '会员'}</a>
        </p>
      </section>
    );
    return { body };
  },
});

const Bought: FC<{ record: SaleRecord; now: number }> = ({ record: { sale, lines }, now }) => (
  <>
    <h2>
      {momentOf(sale.occurredAt, now)} {money(sale.paidFen)} 元{leftWords(sale)}
    </h2>
    <ul class="rows">
      {lines.map(({ name, sku, brand, quantityMilli, paidFen }) => (
        <li>
          <p>
            {name || sku}
            <small>
              {brand === null ? '' : `${brand}，`}
              {sku} × {decimal(quantityMilli)}
            </small>
          </p>
          <p>{money(paidFen)} 元</p>
        </li>
      ))}
    </ul>
  </>
);

const leftWords = ({ voidedAt, keptFen, paidFen }: SaleRecord['sale']): string => {
  if (voidedAt !== null) return '（已作废）';
  return keptFen === paidFen ? '' : `（退后 ${money(keptFen)} 元）`;
};
