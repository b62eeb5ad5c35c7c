/** 消费记录: what she bought, newest first, found again by a product's name or code. */
import type { FC } from 'hono/jsx';
import { listPurchases } from '../../../db/profile/purchases.ts';
import { fromNewest, type NewestFirst } from '../../../db/paging.ts';
import type { SaleRecord } from '../../../db/shelves/sale-document.ts';
import { page } from '../../page.ts';
import { purchaseAt, purchasesPath } from '../../paths.ts';
import { money, momentOf } from '../../words.ts';
import { holdingsOf, memberOnly } from '../gate.ts';
import { BackHome, rowsShownMax } from './rows.tsx';

const textMax = 60;

export const purchasesPage = page({
  path: purchasesPath,
  title: '消费记录',
  who: memberOnly,
  get: async (visit) => {
    const { deps, context, now } = visit;
    const text = (context.req.query('q') ?? '').trim().slice(0, textMax);
    const before = placeIn(context.req.query('before') ?? '');
    const { member } = await holdingsOf(visit);
    const found = await listPurchases(deps.engine.db, member.id, { text, before, limit: rowsShownMax });
    const body = (
      <section aria-labelledby="purchases">
        <h1 id="purchases">消费记录</h1>
        <p class="lead">
          一共 {member.orders} 笔，{money(member.spentFen)} 元（退货已经减掉）
        </p>
        <form class="field" method="get" action={purchasesPath} role="search">
          <label for="q">
            找商品<small>商品名、条码或单号</small>
          </label>
          <div class="line">
            <input id="q" name="q" value={text} maxlength={textMax} />
            <button class="send scan">查找</button>
          </div>
        </form>
        <ul class="rows">
          {found.items.map((one) => (
            <Bought record={one} now={now} />
          ))}
        </ul>
        {found.items.length === 0 && <p class="empty">{emptyWords(text, found.next)}</p>}
        {found.next !== null && (
          <p class="leave">
            <a href={olderThan(found.next, text)}>更早的</a>
          </p>
        )}
        <BackHome />
      </section>
    );
    return { body };
  },
});

function emptyWords(text: string, next: NewestFirst | null): string {
  if (next !== null) return '这一段里没有，更早的还没有找。';
  return text === '' ? '还没有消费。' : `没有买过“${text}”。`;
}

/** `TIME:ID`: ids of tills may hold anything behind it. */
function placeIn(text: string): NewestFirst {
  const [, at, id] = /^(\d{1,15}):(.*)$/s.exec(text) ?? [];
  return at === undefined || id === undefined ? fromNewest : { at: Number(at), id };
}

const olderThan = ({ at, id }: NewestFirst, text: string): string =>
  `${purchasesPath}?${new URLSearchParams({ ...(text !== '' && { q: text }), before: `${at}:${id}` }).toString()}`;

const namesShownMax = 2;

const Bought: FC<{ record: SaleRecord; now: number }> = ({ record: { sale, lines }, now }) => {
  const [names, more] = [lines.slice(0, namesShownMax).map(({ name }) => name), lines.length - namesShownMax];
  return (
    <li>
      <p>
        <a href={purchaseAt(sale.id)}>
          {names.length === 0 ? '没有商品明细' : names.join('、')}
          {more > 0 && ` 等 ${lines.length} 样`}
        </a>
        <small>{momentOf(sale.occurredAt, now)}</small>
      </p>
      <p>
        <strong>{money(sale.paidFen)} 元</strong>
        <small>{leftWords(sale)}</small>
      </p>
    </li>
  );
};

function leftWords({ voidedAt, keptFen, paidFen }: SaleRecord['sale']): string {
  if (voidedAt !== null) return '已作废';
  return keptFen === paidFen ? '' : `退后 ${money(keptFen)} 元`;
}
