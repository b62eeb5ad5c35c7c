/** 明细: the rows that a member's number is the sum of, and her purchases. */
import type { FC } from 'hono/jsx';
import { accounts, type Account, type Posting, type SaleLine } from '../../../../schema/index.ts';
import { listPostings } from '../../../db/members/member-lists.ts';
import { listPurchases } from '../../../db/profile/purchases.ts';
import type { MemberHoldings } from '../../../db/members/members.ts';
import { endOfTime } from '../../../db/paging.ts';
import { allOf, heldPoints, type HeldPoints } from '../../../decide/money/held.ts';
import { decimal } from '../../../platform/decimal.ts';
import { ReceiptLink } from '../sales/receipts.tsx';
import { count, money, moment } from '../kit/format.ts';
import { counter } from '../kit/nav.ts';
import { asked, Sheet, Table } from '../kit/parts.tsx';
import { NotFound } from '../kit/refusals.tsx';
import { screen } from '../kit/screen.ts';
import { accountNames, amountOf, moved } from '../words/promotions/happenings.ts';
import { causeWords } from '../../../words/causes.ts';
import { membersPath } from './list.tsx';
import { backToMembers, memberFor } from './profile.tsx';

const pageSize = 50;
const textLengthMax = 60;
const backTo = (id: string, name: string | null) => (
  <a class="button" href={`${membersPath}/${id}`}>
    回到{name ?? '会员'}
  </a>
);

export const ledgerScreen = screen({
  path: `${membersPath}/:id/ledger/:account`,
  title: '明细',
  who: counter,
  get: async (visit) => {
    const found = await memberFor(visit);
    const named = visit.context.req.param('account') ?? '';
    const account = accounts.find((one) => one === named);
    if (!found || !account) return NotFound('这位会员', backToMembers);
    const { id, name } = found.member;
    const before = Number(visit.query.get('before')) || endOfTime;
    const rows = (await listPostings(visit.db, id, { account, before, limit: pageSize + 1 })) ?? [];
    const items = rows.slice(0, pageSize);
    const next = rows.length > pageSize ? String(items.at(-1)?.seq ?? '') : null;
    return {
      title: `${name ?? '会员'}的${accountNames[account]}`,
      lead: '每一行是一次变动；“之后”就是当时的数，最上面一行就是现在的数。',
      acts: backTo(id, name),
      body: (
        <>
          {account === 'points' && <Lots held={heldPoints(found.points, visit.now)} />}
          <Sheet>
            <Table
              caption={captionOf(found, account, {
                now: visit.now,
                newest: before === endOfTime ? items[0] : undefined,
              })}
              rows={items}
              empty="还没有变动。"
              next={next === null ? null : asked(`${membersPath}/${id}/ledger/${account}`, { before: next })}
              columns={[
                { label: '时间', show: ({ at }) => moment(at, visit.now) },
                { label: '变动', show: ({ delta }) => moved(account, delta), isNumber: true },
                { label: '之后', show: ({ balance }) => amountOf(account, balance), isNumber: true },
                { label: '为什么', show: ({ cause }) => causeWords(cause) },
              ]}
            />
          </Sheet>
        </>
      ),
    };
  },
});

/** What came and what went make what is there now: the newest row says all three. */
function captionOf(
  found: MemberHoldings,
  account: Account,
  { now, newest }: { readonly now: number; readonly newest: Posting | undefined },
): string {
  const stands = `现在：${standing(found, account, now)}`;
  if (!newest) return stands;
  const { credited, balance } = newest;
  return `${stands}。累计得到 ${amountOf(account, credited)}，减少 ${amountOf(account, credited - balance)}`;
}

/** What is over is not in it, also where no row says so yet. */
function standing({ points, balances }: MemberHoldings, account: Account, now: number): string {
  if (account !== 'points') return amountOf(account, balances.get(account) ?? 0);
  const all = allOf(heldPoints(points, now));
  const over = points.balance - all;
  return `${count(all)}${over > 0 ? `（${count(over)} 已到期，下次变动时一起记）` : ''}`;
}

/** 积分批次: what can be spent, what waits, and what ends when. */
const Lots: FC<{ held: HeldPoints }> = ({ held }) => (
  <Sheet title="现在有的" note="先到期的先用；过了到期日就不能用了">
    <Table
      caption={`能用 ${count(held.spendable)}${held.pending > 0 ? `，待到账 ${count(held.pending)}` : ''}`}
      rows={held.lots}
      empty="没有积分。"
      columns={[
        { label: '到期日', show: ({ lastOn }) => lastOn ?? '不过期' },
        { label: '积分', show: ({ points }) => count(points), isNumber: true },
        {
          label: '能不能用',
          show: ({ releaseOn }) => (releaseOn === null ? '可以用' : `待到账，${releaseOn} 起可以用`),
        },
      ]}
    />
  </Sheet>
);

export const salesScreen = screen({
  path: `${membersPath}/:id/sales`,
  title: '消费记录',
  who: counter,
  get: async (visit) => {
    const found = await memberFor(visit);
    if (!found) return NotFound('这位会员', backToMembers);
    const { id, name } = found.member;
    const text = (visit.query.get('q') ?? '').trim().slice(0, textLengthMax);
    const before = { at: Number(visit.query.get('at')) || endOfTime, id: visit.query.get('sale') ?? '' };
    const { items, next } = await listPurchases(visit.db, id, { text, before, limit: pageSize });
    const own = `${membersPath}/${id}/sales`;
    return {
      title: `${name ?? '会员'}的消费`,
      acts: backTo(id, name),
      body: (
        <Sheet>
          <form class="filters" method="get" action={own}>
            <div class="field">
              <label for="q">找商品</label>
              <input id="q" name="q" value={text} placeholder="商品名、条码或单号" />
            </div>
            <button class="first">查找</button>
          </form>
          <Table
            caption={text === '' ? '最近的在上面' : `找“${text}”`}
            rows={items}
            empty={text === '' ? '还没有消费。' : '没有买过。'}
            next={next && asked(own, { q: text, at: String(next.at), sale: next.id })}
            columns={[
              { label: '时间', show: ({ sale }) => moment(sale.occurredAt, visit.now) },
              { label: '单号', show: ({ sale }) => <ReceiptLink orderNo={sale.orderNo} /> },
              { label: '买了什么', show: ({ lines }) => goodsWords(lines) },
              { label: '付款（元）', show: ({ sale }) => money(sale.paidFen), isNumber: true },
              {
                label: '退后（元）',
                show: ({ sale }) => (sale.voidedAt === null ? money(sale.keptFen) : '已作废'),
                isNumber: true,
              },
            ]}
          />
        </Sheet>
      ),
    };
  },
});

const goodsShownMax = 3;

function goodsWords(lines: readonly SaleLine[]): string {
  const names = lines
    .slice(0, goodsShownMax)
    .map(
      ({ name, sku, brand, quantityMilli, paidFen }) =>
        `${name || sku} × ${decimal(quantityMilli)}（${brand === null ? '' : `${brand}，`}${sku}，${money(paidFen)} 元）`,
    );
  return `${names.join('、')}${lines.length > goodsShownMax ? ` 等 ${lines.length} 样` : ''}`;
}
