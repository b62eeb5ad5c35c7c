/** 核销记录: which coupons were used, by day and store, with what they took off; also as a table to take along. */
import type { FC } from 'hono/jsx';
import type { StoreId } from '../../../../schema/index.ts';
import {
  countedMax,
  listRedemptions,
  sumRedemptions,
  type Redemption,
  type RedemptionPlace,
  type RedemptionSum,
} from '../../../db/coupons/redemptions.ts';
import { endOfTime } from '../../../db/paging.ts';
import { listStores } from '../../../db/shop/stores.ts';
import { addDays } from '../../../decide/plain/dates.ts';
import { yuanFigure } from '../../../decide/plain/yuan.ts';
import { csvResponse, Download } from '../kit/csv.tsx';
import { count, moment, money } from '../kit/format.ts';
import { office } from '../kit/nav.ts';
import { asked, Figures, Mark, Sheet, Table } from '../kit/parts.tsx';
import { record } from '../kit/record.ts';
import { screen } from '../kit/screen.ts';
import { maySeeStore, storesOf, type Visit } from '../kit/visit.ts';
import { membersPath } from '../members/list.tsx';
import { promotionChoices } from '../promotions/choices.ts';
import { couponPathOf, redemptionsPath } from './paths.ts';
import { askedIn, asQuery, daysMax, filterOf, Filters } from './redemption-asked.tsx';
import { ReceiptLink } from '../sales/receipts.tsx';

const pageSize = 50;
/** Of days and stores; further down nobody reads. */
const sumsShown = 200;

const placeIn = ({ query }: Visit): RedemptionPlace => ({
  at: Number(query.get('at')) || endOfTime,
  seq: Number(query.get('seq')) || endOfTime,
});

type Names = ReadonlyMap<string, string>;
const nameOf = (names: Names, id: StoreId | null): string =>
  id === null ? '没有门店' : (names.get(id) ?? id);

const list = screen({
  path: redemptionsPath,
  title: '核销记录',
  who: office,
  get: async (visit) => {
    const asking = askedIn(visit);
    const filter = filterOf(visit, asking);
    const [{ items, next }, { sums, isCut }, stores, choices] = await Promise.all([
      listRedemptions(visit.db, filter, placeIn(visit), pageSize),
      sumRedemptions(visit.db, filter),
      listStores(visit.db),
      promotionChoices(visit.db),
    ]);
    const names = new Map(stores.map(({ id, name }) => [id as string, name]));
    const own = storesOf(visit.person);
    const counted = sums.filter(({ by }) => filter.by === undefined || by === filter.by);
    return {
      lead: `哪些券用掉了：按日期和门店。随小票用的、柜台核销的、合作商家核销的都在这里。一次最多看 ${daysMax} 天。`,
      acts: <Download action={`${redemptionsPath}/csv`} token={visit.token} query={asQuery(asking)} />,
      body: (
        <>
          <Sheet>
            <Filters
              asking={asking}
              stores={stores.filter(({ id }) => own === null || own.includes(id))}
              templates={choices['templateId'] ?? []}
              people={[...new Set(sums.map(({ by }) => by))]}
            />
          </Sheet>
          <Sums sums={counted} from={asking.from} names={names} />
          {isCut && <p class="note">合计只数了这几天最新的 {count(countedMax)} 条。要数全，请少选几天。</p>}
          <Sheet title="一条一条">
            <Table
              caption="最近的在上面"
              rows={items}
              empty={<p>这几天没有核销。换个日期或门店试试。</p>}
              next={next && asked(redemptionsPath, { ...asking, at: String(next.at), seq: String(next.seq) })}
              columns={columnsOf(visit, names)}
            />
          </Sheet>
        </>
      ),
    };
  },
});

const columnsOf = (visit: Visit, names: Names) => [
  { label: '时间', show: ({ at }: Redemption) => moment(at, visit.now) },
  { label: '券', show: (row: Redemption) => <Coupon visit={visit} row={row} /> },
  { label: '会员', show: (row: Redemption) => <Owner visit={visit} row={row} /> },
  { label: '门店', show: ({ storeId }: Redemption) => nameOf(names, storeId) },
  {
    label: '减了（元）',
    show: ({ offFen }: Redemption) => (offFen === null ? '' : money(offFen)),
    isNumber: true,
  },
  {
    label: '单号',
    show: ({ orderNo }: Redemption) => (orderNo === null ? '' : <ReceiptLink orderNo={orderNo} />),
  },
  { label: '经手', show: ({ by }: Redemption) => by ?? '随小票' },
  { label: '后来', show: ({ isBack }: Redemption) => (isBack ? <Mark tone="wait">退回了</Mark> : '') },
];

type RowProps = { readonly visit: Visit; readonly row: Redemption };

const labelOf = ({ templateName, templateId }: Redemption): string => templateName ?? templateId;

/** A member of another store is not hers to open. */
const isHers = ({ person }: Visit, { owner }: Redemption): boolean =>
  owner !== null && maySeeStore(person, owner.storeId);

const Coupon: FC<RowProps> = ({ visit, row }) =>
  row.owner && isHers(visit, row) ? (
    <a href={couponPathOf(row.owner)}>{labelOf(row)}</a>
  ) : (
    <>{labelOf(row)}</>
  );

const Owner: FC<RowProps> = ({ visit, row }) => {
  const { owner } = row;
  if (owner === null) return <>已注销</>;
  if (!isHers(visit, row)) return <>别店的会员</>;
  return <a href={`${membersPath}/${owner.memberId}`}>{owner.name ?? '没有填'}</a>;
};

type Total = Pick<RedemptionSum, 'used' | 'back' | 'offFen' | 'unsaid'>;

const addedUp = (sums: readonly Total[]): Total => ({
  used: sums.reduce((sum, { used }) => sum + used, 0),
  back: sums.reduce((sum, { back }) => sum + back, 0),
  offFen: sums.reduce((sum, { offFen }) => sum + offFen, 0),
  unsaid: sums.reduce((sum, { unsaid }) => sum + unsaid, 0),
});

const Sums: FC<{ sums: readonly RedemptionSum[]; from: string; names: Names }> = ({ sums, from, names }) => {
  const { used, back, offFen, unsaid } = addedUp(sums);
  const places = [...Map.groupBy(sums, ({ day, storeId }) => `${day} ${storeId ?? ''}`).values()];
  const rows = places.flatMap((group) => (group[0] ? [{ ...group[0], ...addedUp(group) }] : []));
  return (
    <>
      <Figures
        figures={[
          { label: '核销', value: count(used), unit: '张' },
          ...(back > 0 ? [{ label: '后来退回', value: count(back), unit: '张' }] : []),
          { label: '实际减了', value: money(offFen), unit: '元' },
        ]}
      />
      {unsaid > 0 && <p class="note">有 {count(unsaid)} 张收银台没有说减了多少，没算在钱里。</p>}
      {rows.length > 0 && (
        <Sheet title="每天每店">
          <Table
            caption={rows.length > sumsShown ? `最近的 ${sumsShown} 行` : '最近的在上面'}
            rows={rows.slice(0, sumsShown)}
            empty=""
            columns={[
              { label: '日期', show: ({ day }) => addDays(from, day) },
              { label: '门店', show: ({ storeId }) => nameOf(names, storeId) },
              { label: '核销（张）', show: (row) => count(row.used), isNumber: true },
              { label: '退回（张）', show: (row) => count(row.back), isNumber: true },
              { label: '实际减了（元）', show: (row) => money(row.offFen), isNumber: true },
            ]}
          />
        </Sheet>
      )}
    </>
  );
};

const csv = screen({
  path: `${redemptionsPath}/csv`,
  title: '下载核销记录',
  who: office,
  post: async (visit) => {
    const asking = askedIn(visit);
    const filter = filterOf(visit, asking);
    const names = new Map((await listStores(visit.db)).map(({ id, name }) => [id as string, name]));
    await record(visit, { act: 'list.export', subject: '核销记录', before: null, after: asking });
    return csvResponse<Redemption, RedemptionPlace>({
      name: '核销记录',
      columns: [
        { label: '时间', text: ({ at }) => moment(at, visit.now) },
        { label: '券', text: labelOf },
        // What came back may be used again by whoever reads it here.
        { label: '券码', text: ({ code, isBack }) => (isBack ? '' : code) },
        { label: '会员编号', text: (row) => (isHers(visit, row) ? (row.owner?.memberId ?? '') : '') },
        { label: '门店', text: ({ storeId }) => nameOf(names, storeId) },
        { label: '减了（元）', text: ({ offFen }) => (offFen === null ? '' : yuanFigure(offFen)) },
        { label: '单号', text: ({ orderNo }) => orderNo ?? '' },
        { label: '经手', text: ({ by }) => by ?? '随小票' },
        { label: '后来', text: ({ isBack }) => (isBack ? '退回了' : '') },
      ],
      first: { at: endOfTime, seq: endOfTime },
      read: (after, limit) => listRedemptions(visit.db, filter, after, limit),
    });
  },
});

export const redemptionScreens = [list, csv];
