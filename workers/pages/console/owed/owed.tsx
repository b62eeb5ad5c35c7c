/** 欠会员的账: day by day what the shop owes its members, why it became more or less, and the rows behind each number. */
import type { FC } from 'hono/jsx';
import { owedAccounts, type OwedClose, type OwedMove } from '../../../../schema/index.ts';
import { readOwed } from '../../../db/owed/books.ts';
import { listStores } from '../../../db/shop/stores.ts';
import { movesIn } from '../../../decide/owed/book.ts';
import { worthOf } from '../../../decide/owed/moves.ts';
import { Download } from '../kit/csv.tsx';
import { count, money } from '../kit/format.ts';
import { office } from '../kit/nav.ts';
import { asked, Facts, Figures, Sheet } from '../kit/parts.tsx';
import { screen } from '../kit/screen.ts';
import { owedAccountWords, owedMoveWords } from '../words/owed.ts';
import { askedIn, daysOfMonth, isWhole, owedPath, storesAsked, storesShown, type Asked } from './asked.ts';
import { Days, Folded, Month, Stores, unitOf } from './tables.tsx';

export const owedScreen = screen({
  path: owedPath,
  title: '欠会员的账',
  who: office,
  get: async (visit) => {
    const asking = askedIn(visit);
    const { month, account, store } = asking;
    const days = daysOfMonth(month);
    const [read, stores] = await Promise.all([
      readOwed(visit.db, { ...days, stores: storesAsked(visit, store) }),
      listStores(visit.db),
    ]);
    const names = new Map(stores.map(({ id, name }) => [id as string, name]));
    const last = read.closes.at(-1);
    const whole = isWhole(visit, store);
    const own = read.days.filter((day) => day.account === account);
    return {
      lead: `店里欠会员多少、每天为什么多了少了。按入账的日期：单据哪天进系统，就记在哪天；结过的日子不再改，晚到的记在到的那天。每天凌晨一点以后结前一天。${read.closedTo === null ? '还没有结过账，明天再来看。' : `已经结到 ${read.closedTo}。`}`,
      acts: (
        <Download
          action={`${owedPath}/csv`}
          token={visit.token}
          query={new URLSearchParams({ month, ...(store && { store }) })}
        />
      ),
      body: (
        <>
          <Sheet>
            <Ask asking={asking} stores={storesShown(visit, stores)} />
          </Sheet>
          {whole && last && <Standing close={last} />}
          <nav class="tabs" aria-label="账户">
            {owedAccounts.map((one) => (
              <a
                href={asked(owedPath, { ...asking, account: one })}
                aria-current={one === account ? 'page' : undefined}
              >
                {owedAccountWords[one].label}
              </a>
            ))}
          </nav>
          <Sheet
            title={`${owedAccountWords[account].label}（${unitOf(account)}）`}
            note={owedAccountWords[account].means}
          >
            <Month asking={asking} read={read} isWhole={whole} />
            <Folded id="days" label={`看每一天（${Math.max(0, read.closes.length - 1)} 天）`}>
              <Days asking={asking} read={read} isWhole={whole} />
            </Folded>
          </Sheet>
          {own.length > 0 && (
            <Sheet
              title="按门店，这个月"
              note="记在发生的那家店；签到、过期、网上兑换等不在店里发生的，记在“无门店”"
            >
              <Stores asking={asking} days={own} names={names} />
            </Sheet>
          )}
          <Meanings moves={movesIn(own)} />
        </>
      ),
    };
  },
});

const Ask: FC<{ asking: Asked; stores: readonly { id: string; name: string }[] }> = ({ asking, stores }) => (
  <form class="filters" method="get" action={owedPath}>
    <input type="hidden" name="account" value={asking.account} />
    <div class="field">
      <label for="month">哪个月</label>
      <input id="month" name="month" type="month" value={asking.month} />
    </div>
    <div class="field">
      <label for="store">门店</label>
      <select id="store" name="store">
        <option value="">全部门店</option>
        {stores.map(({ id, name }) => (
          <option value={id} selected={id === asking.store}>
            {name}
          </option>
        ))}
      </select>
    </div>
    <button class="first">查看</button>
  </form>
);

/** 合计 in money, at the last closed day of the month. */
const Standing: FC<{ close: OwedClose }> = ({ close }) => {
  const worth = worthOf(close.points, close.worthFen);
  const { principal, bonus, wallet, prepaid } = close;
  return (
    <Sheet title={`${close.onDay} 结束时`} note={`每 100 积分按 ${money(close.worthFen)} 元算`}>
      <Figures
        figures={[
          { label: '一共欠', value: money(worth + principal + bonus + wallet + prepaid), unit: '元' },
          { label: '能用的积分', value: count(close.points - close.pending), unit: '分' },
          { label: '待到账的积分', value: count(close.pending), unit: '分' },
          { label: '积分折成钱', value: money(worth), unit: '元' },
          { label: '储值本金', value: money(principal), unit: '元' },
          { label: '储值赠送', value: money(bonus), unit: '元' },
          { label: '余额', value: money(wallet), unit: '元' },
          { label: '预付券和套餐', value: money(prepaid), unit: '元' },
        ]}
      />
    </Sheet>
  );
};

const Meanings: FC<{ moves: readonly OwedMove[] }> = ({ moves }) =>
  moves.length === 0 ? (
    <></>
  ) : (
    <Sheet title="每一项是什么">
      <Folded id="meanings" label="看说明">
        <Facts facts={moves.map((move) => [owedMoveWords(move).label, owedMoveWords(move).means])} />
      </Folded>
    </Sheet>
  );
