/** 账表: the days of one account and its stores, each number leading to the rows behind it; and how numbers of the books are written. */
import type { FC, PropsWithChildren } from 'hono/jsx';
import { noStore, type OwedAccount, type OwedDay, type OwedMove } from '../../../../schema/index.ts';
import type { BooksRead } from '../../../db/owed/books.ts';
import { linesOf, movesIn, sumsOf } from '../../../decide/owed/book.ts';
import { worthOf } from '../../../decide/owed/moves.ts';
import { change, count, money } from '../kit/format.ts';
import { asked, Figures, Table, type Column, type Figure } from '../kit/parts.tsx';
import { owedMoveWords } from '../words/owed.ts';
import { daysOfMonth, nowhere, owedPath, type Asked } from './asked.ts';

/** On a phone it is folded until somebody wants it; a wide screen and paper show it whole. */
export const Folded: FC<PropsWithChildren<{ label: string; id: string }>> = ({ label, id, children }) => (
  <div class="folded">
    <label class="tick" for={id}>
      <input type="checkbox" id={id} />
      {label}
    </label>
    {children}
  </div>
);

export const amountIn = (account: OwedAccount, amount: number): string =>
  account === 'points' ? count(amount) : money(amount);
export const changeIn = (account: OwedAccount, amount: number): string =>
  account === 'points' ? change(amount) : change(amount, money);
export const unitOf = (account: OwedAccount): string => (account === 'points' ? '分' : '元');

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

type BooksProps = { asking: Asked; read: BooksRead; isWhole: boolean };

/** 整月: before the days, what they come to. */
export const Month: FC<BooksProps> = ({ asking, read, isWhole: whole }) => {
  const { account, month } = asking;
  const lines = linesOf(account, read);
  const own = read.days.filter((day) => day.account === account);
  const sums = sumsOf(own);
  const { from, to } = daysOfMonth(month);
  const standing = (label: string, amount: number | undefined): Figure[] =>
    whole && amount !== undefined ? [{ label, value: amountIn(account, amount) }] : [];
  const figures = [
    ...standing('月初', lines[0]?.opening),
    ...movesIn(own).map((move) => ({
      label: owedMoveWords(move).label,
      value: changeIn(account, sums.get(move) ?? 0),
      href: asked(`${owedPath}/rows`, { from, to, account, move, store: asking.store }),
    })),
    ...standing('到现在', lines.at(-1)?.closing),
  ];
  return figures.length === 0 ? <></> : <Figures figures={figures} />;
};

export const Days: FC<BooksProps> = ({ asking, read, isWhole: whole }) => {
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

export const Stores: FC<StoresProps> = ({ asking, days, names }) => {
  const { account, month } = asking;
  const { from, to } = daysOfMonth(month);
  const rows = [...Map.groupBy(days, ({ storeId }) => storeId)].map(([storeId, of]) => ({
    storeId,
    moves: sumsOf(of),
    sum: of.reduce((sum, { amount }) => sum + amount, 0),
  }));
  return (
    <Folded id="stores" label="看每家店">
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
    </Folded>
  );
};

export const storeName = (names: ReadonlyMap<string, string>, storeId: string): string =>
  storeId === noStore ? '无门店' : (names.get(storeId) ?? storeId);
