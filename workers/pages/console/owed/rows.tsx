/** 一笔一笔: the ledger rows behind one number of the books, and the month as a table to take along. */
import {
  owedAccounts,
  owedMoves,
  type OwedAccount,
  type OwedClose,
  type OwedMove,
} from '../../../../schema/index.ts';
import { firstRow, listOwedRows, readOwed, type OwedRow, type RowsPlace } from '../../../db/owed/books.ts';
import { listStores } from '../../../db/shop/stores.ts';
import { linesOf, sumsOf } from '../../../decide/owed/book.ts';
import { worthOf } from '../../../decide/owed/moves.ts';
import { yuanFigure } from '../../../decide/plain/yuan.ts';
import { csvResponse, type CsvColumn } from '../kit/csv.tsx';
import { moment } from '../kit/format.ts';
import { office } from '../kit/nav.ts';
import { asked, Sheet, Table } from '../kit/parts.tsx';
import { record } from '../kit/record.ts';
import { NotFound } from '../kit/refusals.tsx';
import { screen } from '../kit/screen.ts';
import { maySeeStore, type Visit } from '../kit/visit.ts';
import { membersPath } from '../members/list.tsx';
import { owedAccountWords, owedMoveWords } from '../words/owed.ts';
import { causeWords } from '../../../words/causes.ts';
import { askedIn, daysOfMonth, isWhole, owedPath, storesAsked } from './asked.ts';
import { changeIn, storeName, unitOf } from './tables.tsx';

const pageSize = 50;
const isDay = (text: string | null): text is string => text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text);

const placeIn = ({ query }: Visit): RowsPlace => ({
  onDay: query.get('at') ?? firstRow.onDay,
  storeId: query.get('atStore') ?? firstRow.storeId,
  page: Number(query.get('page') ?? firstRow.page) || 0,
  place: Number(query.get('place') ?? firstRow.place) || 0,
});

const rowsScreen = screen({
  path: `${owedPath}/rows`,
  title: '账后面的明细',
  who: office,
  get: async (visit) => {
    const { query } = visit;
    const { account, store } = askedIn(visit);
    const [from, to] = [query.get('from'), query.get('to')];
    const move = owedMoves.find((one) => one === query.get('move'));
    const back = { href: asked(owedPath, { account, month: from?.slice(0, 7) }), label: '回到账上' };
    if (!isDay(from) || !isDay(to) || move === undefined) return NotFound('这笔账', back);
    const place = query.has('at') ? placeIn(visit) : firstRow;
    const asking = { from, to, account, move, stores: storesAsked(visit, store) };
    const [{ items, next }, stores] = await Promise.all([
      listOwedRows(visit.db, asking, place, pageSize),
      listStores(visit.db),
    ]);
    const names = new Map(stores.map(({ id, name }) => [id as string, name]));
    return {
      title: `${owedAccountWords[account].label}：${owedMoveWords(move).label}`,
      lead: `${from === to ? from : `${from} 到 ${to}`} 入账的。${owedMoveWords(move).means}`,
      acts: (
        <a class="button" href={back.href}>
          {back.label}
        </a>
      ),
      body: (
        <Sheet>
          <Table
            caption="按入账的先后"
            rows={items}
            empty="没有明细。"
            next={
              next &&
              asked(`${owedPath}/rows`, {
                from,
                to,
                account,
                move,
                store,
                at: next.onDay,
                atStore: next.storeId,
                page: String(next.page),
                place: String(next.place),
              })
            }
            columns={[
              { label: '入账', show: ({ postedAt }) => moment(postedAt, visit.now) },
              { label: '发生', show: ({ at }) => moment(at, visit.now) },
              { label: '会员', show: (row) => ownerOf(visit, row, account) },
              {
                label: `变动（${unitOf(account)}）`,
                show: ({ delta }) => changeIn(account, delta),
                isNumber: true,
              },
              { label: '门店', show: ({ storeId }) => storeName(names, storeId) },
              { label: '为什么', show: ({ cause }) => causeWords(cause) },
            ]}
          />
        </Sheet>
      ),
    };
  },
});

/** A member of another store is not hers to open. */
const ownerOf = (visit: Visit, { memberId, owner }: OwedRow, account: OwedAccount) =>
  maySeeStore(visit.person, owner.storeId) ? (
    <a href={`${membersPath}/${memberId}/ledger/${account}`}>{owner.name ?? '没有填'}</a>
  ) : (
    '别店的会员'
  );

type CsvLine = {
  readonly onDay: string;
  readonly account: OwedAccount;
  readonly where: string;
  readonly opening: number | null;
  readonly moves: ReadonlyMap<OwedMove, number>;
  readonly closing: number | null;
  readonly close: OwedClose;
};

const figure = (account: OwedAccount, amount: number): string =>
  account === 'points' ? String(amount) : yuanFigure(amount);
const inWhole = ({ account, opening }: CsvLine): boolean => account === 'points' && opening !== null;

const columns = (): readonly CsvColumn<CsvLine>[] => [
  { label: '入账日期', text: ({ onDay }) => onDay },
  { label: '账户', text: ({ account }) => owedAccountWords[account].label },
  { label: '单位', text: ({ account }) => unitOf(account) },
  { label: '门店', text: ({ where }) => where },
  { label: '期初', text: ({ account, opening }) => (opening === null ? '' : figure(account, opening)) },
  ...owedMoves.map((move) => ({
    label: owedMoveWords(move).label,
    text: ({ account, moves }: CsvLine) => figure(account, moves.get(move) ?? 0),
  })),
  { label: '期末', text: ({ account, closing }) => (closing === null ? '' : figure(account, closing)) },
  { label: '其中待到账', text: (line) => (inWhole(line) ? String(line.close.pending) : '') },
  {
    label: '积分折成钱（元）',
    text: (line) => (inWhole(line) ? yuanFigure(worthOf(line.close.points, line.close.worthFen)) : ''),
  },
];

const csv = screen({
  path: `${owedPath}/csv`,
  title: '下载欠会员的账',
  who: office,
  post: async (visit) => {
    const { month, store } = askedIn(visit);
    const [read, stores] = await Promise.all([
      readOwed(visit.db, { ...daysOfMonth(month), stores: storesAsked(visit, store) }),
      listStores(visit.db),
    ]);
    const names = new Map(stores.map(({ id, name }) => [id as string, name]));
    await record(visit, { act: 'list.export', subject: '欠会员的账', before: null, after: { month, store } });
    const whole = isWhole(visit, store);
    const lines = owedAccounts.flatMap((account) =>
      linesOf(account, read).flatMap((line): CsvLine[] => {
        const { onDay, close } = line;
        const days = read.days.filter((day) => day.onDay === onDay && day.account === account);
        const ofStores = [...Map.groupBy(days, ({ storeId }) => storeId)].map(([storeId, of]) => ({
          onDay,
          account,
          where: storeName(names, storeId),
          opening: null,
          moves: sumsOf(of),
          closing: null,
          close,
        }));
        return whole ? [{ ...line, account, where: '全部门店' }, ...ofStores] : ofStores;
      }),
    );
    return csvResponse<CsvLine, number>({
      name: `欠会员的账-${month}`,
      columns: columns(),
      first: 0,
      read: async (from, limit) => ({
        items: lines.slice(from, from + limit),
        next: from + limit < lines.length ? from + limit : null,
      }),
    });
  },
});

export const owedScreens = [rowsScreen, csv];
