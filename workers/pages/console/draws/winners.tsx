/** 中奖名单: who won what in a draw, what of it was fetched where, and all of it as a file. */
import type { LotteryId, Prize } from '../../../../schema/index.ts';
import { winnersOf, type Winner } from '../../../db/draws/draws.ts';
import { readLottery } from '../../../db/draws/lotteries.ts';
import { endOfTime, fromNewest, type NewestFirst } from '../../../db/paging.ts';
import { listStores } from '../../../db/shop/stores.ts';
import { yuanFigure } from '../../../decide/plain/yuan.ts';
import { csvResponse, Download, type CsvColumn } from '../kit/csv.tsx';
import { moment } from '../kit/format.ts';
import { office } from '../kit/nav.ts';
import { asked, Sheet, Table } from '../kit/parts.tsx';
import { record } from '../kit/record.ts';
import { NotFound } from '../kit/refusals.tsx';
import { screen } from '../kit/screen.ts';
import type { Visit } from '../kit/visit.ts';
import { membersPath, phoneFor } from '../members/list.tsx';
import { Cost, lotteriesPath } from './lotteries.tsx';

const pageSize = 50;
const back = { href: lotteriesPath, label: '回到积分抽奖' };

type Page = { readonly items: readonly Winner[]; readonly next: NewestFirst | null };

async function pageOf({ db, id }: Visit, before: NewestFirst, limit: number): Promise<Page> {
  const found = await winnersOf(db, id as LotteryId, before, limit + 1);
  const items = found.slice(0, limit);
  const last = items.at(-1)?.draw;
  return { items, next: found.length > limit && last ? { at: last.at, id: last.id } : null };
}

const storesIn = async ({ db }: Visit): Promise<ReadonlyMap<string, string>> =>
  new Map((await listStores(db)).map(({ id, name }) => [id, name]));

function whatOf(prize: Prize | null): string {
  if (prize === null) return '';
  if (prize.kind === 'thing') return prize.words;
  return prize.kind === 'points' ? `${String(prize.points)} 积分` : '优惠券';
}

function standingOf({ draw }: Winner, stores: ReadonlyMap<string, string>, now: number): string {
  if (draw.prize?.kind !== 'thing') return '抽中就到账';
  if (draw.collectedAt === null) return '还没领';
  const store = stores.get(draw.collectedStoreId ?? '') ?? '没有门店';
  return `${moment(draw.collectedAt, now)} 在${store}领走，${draw.collectedBy ?? ''}办`;
}

const called = '称呼';

/** What the page and the file say of each. */
const columnsOf = (visit: Visit, stores: ReadonlyMap<string, string>): CsvColumn<Winner>[] => [
  { label: '时间', text: ({ draw }) => moment(draw.at, visit.now) },
  { label: called, text: ({ name }) => name ?? '没有填' },
  { label: '手机', text: ({ phone }) => phoneFor(visit, phone) },
  { label: '奖项', text: ({ draw }) => draw.prize?.name ?? '' },
  { label: '送什么', text: ({ draw }) => whatOf(draw.prize) },
  { label: '价值（元）', text: ({ draw }) => yuanFigure(draw.prize?.valueFen ?? 0) },
  { label: '领了没有', text: (winner) => standingOf(winner, stores, visit.now) },
];

const list = screen({
  path: `${lotteriesPath}/:id/winners`,
  title: '中奖名单',
  who: office,
  get: async (visit) => {
    const { query, id, token, db } = visit;
    const lottery = await readLottery(db, id as LotteryId);
    if (!lottery) return NotFound('这个抽奖', back);
    const before = { at: Number(query.get('at')) || endOfTime, id: query.get('id') ?? '' };
    const [{ items, next }, stores] = await Promise.all([pageOf(visit, before, pageSize), storesIn(visit)]);
    const path = `${lotteriesPath}/${id}/winners`;
    return {
      title: `中奖名单：${lottery.definition.name}`,
      acts: <Download action={`${lotteriesPath}/${id}/csv`} token={token} query={new URLSearchParams()} />,
      body: (
        <>
          <Cost lottery={lottery} />
          <Sheet title="谁抽中了">
            <Table
              caption="最新的在上面"
              rows={items}
              empty="还没有人抽中。"
              next={next && asked(path, { at: String(next.at), id: next.id })}
              columns={columnsOf(visit, stores).map(({ label, text }) => ({
                label,
                show: (winner: Winner) =>
                  label === called ? (
                    <a href={`${membersPath}/${winner.draw.memberId}`}>{text(winner)}</a>
                  ) : (
                    text(winner)
                  ),
              }))}
            />
          </Sheet>
        </>
      ),
    };
  },
});

const file = screen({
  path: `${lotteriesPath}/:id/csv`,
  title: '下载中奖名单',
  who: office,
  post: async (visit) => {
    const { id, db } = visit;
    if (!(await readLottery(db, id as LotteryId))) return NotFound('这个抽奖', back);
    const stores = await storesIn(visit);
    await record(visit, { act: 'list.export', subject: '中奖名单', before: null, after: { id } });
    return csvResponse<Winner, NewestFirst>({
      name: '中奖名单',
      columns: [{ label: '会员编号', text: ({ draw }) => draw.memberId }, ...columnsOf(visit, stores)],
      first: fromNewest,
      read: (place, limit) => pageOf(visit, place, limit),
    });
  },
});

export const winnerScreens = [list, file];
