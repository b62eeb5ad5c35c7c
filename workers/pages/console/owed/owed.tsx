/** 欠会员的账: day by day what the shop owes its members, why it became more or less, and the rows behind each number. */
import type { FC } from 'hono/jsx';
import {
  noStore,
  owedAccounts,
  type OwedAccount,
  type OwedClose,
  type OwedDay,
  type OwedMove,
} from '../../../../schema/index.ts';
import { readOwed, type BooksRead } from '../../../db/owed/books.ts';
import { listStores } from '../../../db/shop/stores.ts';
import { linesOf, movesIn, sumsOf } from '../../../decide/owed/book.ts';
import { worthOf } from '../../../decide/owed/moves.ts';
import { Download } from '../kit/csv.tsx';
import { change, count, money } from '../kit/format.ts';
import { office } from '../kit/nav.ts';
import { asked, Figures, Sheet, Table, type Column } from '../kit/parts.tsx';
import { screen } from '../kit/screen.ts';
import { owedAccountWords, owedMoveWords } from '../words/owed.ts';
import {
  askedIn,
  daysOfMonth,
  isWhole,
  nowhere,
  owedPath,
  storesAsked,
  storesShown,
  type Asked,
} from './asked.ts';

export const amountIn = (account: OwedAccount, amount: number): string =>
  account === 'points' ? count(amount) : money(amount);
export const changeIn = (account: OwedAccount, amount: number): string =>
  account === 'points' ? change(amount) : change(amount, money);
export const unitOf = (account: OwedAccount): string => (account === 'points' ? '分' : '元');

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
            <Days asking={asking} read={read} isWhole={whole} />
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
          { label: '预付券', value: money(prepaid), unit: '元' },
        ]}
      />
    </Sheet>
  );
};

const Amount: FC<{ asking: Asked; from: string; to: string; move: OwedMove; amount: number | undefined }> = ({
  asking: { account, store },
  from,
  to,
  move,
  amount,
}) =>
  amount === undefined ? (
    <></>
  ) : (
    <a href={asked(`${owedPath}/rows`, { from, to, account, move, store })}>{changeIn(account, amount)}</a>
  );

const Days: FC<{ asking: Asked; read: BooksRead; isWhole: boolean }> = ({ asking, read, isWhole: whole }) => {
  const { account } = asking;
  type Line = ReturnType<typeof linesOf>[number];
  const standing = (label: string, show: (line: Line) => string): Column<Line>[] =>
    whole ? [{ label, show, isNumber: true }] : [];
  const moves = movesIn(read.days.filter((day) => day.account === account));
  return (
    <Table
      caption={whole ? '期初加变动等于期末' : '所选门店发生的变动'}
      rows={linesOf(account, read).toReversed()}
      empty={<p>这个月还没有结过的日子。</p>}
      columns={[
        { label: '日期', show: ({ onDay }) => onDay },
        ...standing('期初', ({ opening }) => amountIn(account, opening)),
        ...moves.map((move) => ({
          label: owedMoveWords(move).label,
          show: ({ onDay, moves: of }: Line) => (
            <Amount asking={asking} from={onDay} to={onDay} move={move} amount={of.get(move)} />
          ),
          isNumber: true,
        })),
        ...standing('期末', ({ closing }) => amountIn(account, closing)),
        ...(account === 'points'
          ? [
              ...standing('其中待到账', ({ close }) => count(close.pending)),
              ...standing('折成钱（元）', ({ close }) => money(worthOf(close.points, close.worthFen))),
            ]
          : []),
      ]}
    />
  );
};

type StoresProps = { asking: Asked; days: readonly OwedDay[]; names: ReadonlyMap<string, string> };

const Stores: FC<StoresProps> = ({ asking, days, names }) => {
  const { account, month } = asking;
  const { from, to } = daysOfMonth(month);
  const rows = [...Map.groupBy(days, ({ storeId }) => storeId)].map(([storeId, of]) => ({
    storeId,
    moves: sumsOf(of),
    sum: of.reduce((sum, { amount }) => sum + amount, 0),
  }));
  return (
    <Table
      caption="整月合计"
      rows={rows}
      empty=""
      columns={[
        { label: '门店', show: ({ storeId }) => storeName(names, storeId) },
        ...movesIn(days).map((move) => ({
          label: owedMoveWords(move).label,
          show: ({ storeId, moves }: (typeof rows)[number]) => (
            <Amount
              asking={{ ...asking, store: storeId || nowhere }}
              from={from}
              to={to}
              move={move}
              amount={moves.get(move)}
            />
          ),
          isNumber: true,
        })),
        { label: '合计', show: ({ sum }) => changeIn(account, sum), isNumber: true },
      ]}
    />
  );
};

export const storeName = (names: ReadonlyMap<string, string>, storeId: string): string =>
  storeId === noStore ? '无门店' : (names.get(storeId) ?? storeId);

const Meanings: FC<{ moves: readonly OwedMove[] }> = ({ moves }) =>
  moves.length === 0 ? (
    <></>
  ) : (
    <Sheet title="每一项是什么">
      <dl class="facts">
        {moves.map((move) => (
          <div>
            <dt>{owedMoveWords(move).label}</dt>
            <dd>{owedMoveWords(move).means}</dd>
          </div>
        ))}
      </dl>
    </Sheet>
  );
