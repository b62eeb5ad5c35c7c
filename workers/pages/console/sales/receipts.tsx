/** 查一笔单: what a receipt sold and earned, and why it earned nothing, for whoever is asked about it at the counter. */
import type { FC } from 'hono/jsx';
import type { InboxEvent, StoreId } from '../../../../schema/index.ts';
import { searchByOrder } from '../../../db/inbox/event-search.ts';
import { readMember } from '../../../db/members/members.ts';
import { receiptsNumbered } from '../../../db/sales/receipts.ts';
import type { SaleRecord } from '../../../db/shelves/sale-document.ts';
import { associateById } from '../../../db/shop/associates.ts';
import { listStores } from '../../../db/shop/stores.ts';
import { whyNothingEarned } from '../../../decide/points/why-earned.ts';
import { decimal } from '../../../platform/decimal.ts';
import { count, moment, money } from '../kit/format.ts';
import { counter } from '../kit/nav.ts';
import { asked, Facts, Sheet, Table, type Fact } from '../kit/parts.tsx';
import { screen } from '../kit/screen.ts';
import { maySeeStore, storesOf, type Visit } from '../kit/visit.ts';
import { membersPath } from '../members/list.tsx';
import { receiptWords, unearnedWords } from '../words/receipts.ts';
import { Story } from './story.tsx';

export const receiptsPath = '/console/receipts';
const numberLengthMax = 128;
const shownMax = 20;

export const receiptScreen = screen({
  path: receiptsPath,
  title: '查一笔单',
  who: counter,
  get: async (visit) => {
    const number = (visit.query.get('order') ?? '').trim().slice(0, numberLengthMax);
    return {
      lead: receiptWords.lead,
      body: (
        <>
          <Ask number={number} />
          {number !== '' && (await answerTo(visit, number))}
        </>
      ),
    };
  },
});

export const ReceiptLink: FC<{ orderNo: string; of?: string }> = ({ orderNo, of }) => (
  <a href={asked(receiptsPath, { order: orderNo, of })}>{orderNo}</a>
);

export const Ask: FC<{ number: string }> = ({ number }) => (
  <form class="sheet filters" method="get" action={receiptsPath}>
    <div class="field">
      <label for="order">查一笔单</label>
      <input id="order" name="order" value={number} placeholder={receiptWords.hint} size={26} />
    </div>
    <button>查找</button>
  </form>
);

/** What is of another store looks as if it were not there. Two tills may print one number: then `of` says which is meant. */
async function answerTo(visit: Visit, number: string) {
  const stores = storesOf(visit.person);
  const asking = { number, stores, of: visit.query.get('of'), limit: shownMax };
  const { records, isShared } = await receiptsNumbered(visit.db, asking);
  const [only, another] = records;
  if (another) {
    const names = new Map((await listStores(visit.db)).map(({ id, name }) => [id, name]));
    const caption = isShared ? receiptWords.alike : receiptWords.many;
    return <Several visit={visit} found={records} names={names} caption={caption} />;
  }
  const orderNo = only?.sale.orderNo ?? number;
  // What never became a sale belongs to no store.
  const told = only || stores === null ? await storyOf(visit, orderNo) : [];
  const story = only && isShared ? await ofSale(visit, only, told) : told;
  if (!only && story.length === 0) return <p class="note stop">{receiptWords.none}</p>;
  return (
    <>
      {only ? (
        <Receipt record={only} facts={await factsOf(visit, only)} />
      ) : (
        <p class="note stop">{receiptWords.parked}</p>
      )}
      <Story visit={visit} story={story} />
    </>
  );
}

const storyOf = async ({ db, now }: Visit, order: string): Promise<readonly InboxEvent[]> => {
  const filter = { state: null, source: null, type: null, code: null, text: null, from: null, to: null };
  return (await searchByOrder(db, order, filter, { after: 0, limit: shownMax, now })).items;
};

/** What was told of this receipt, and not of another with its number. */
async function ofSale({ deps }: Visit, { sale }: SaleRecord, told: readonly InboxEvent[]) {
  const read = await deps.engine.normalise(told);
  const own = read.map((one) => 'event' in one && 'saleId' in one.event && one.event.saleId === sale.id);
  return told.filter((_, place) => own[place]);
}

async function factsOf(visit: Visit, { sale }: SaleRecord): Promise<Fact[]> {
  const { db, now, person } = visit;
  const { memberId, associateId, storeId } = sale;
  const [member, associate, stores] = await Promise.all([
    memberId === null ? null : readMember(db, memberId),
    associateId === null ? null : associateById(db, associateId),
    listStores(db),
  ]);
  const name = member?.member.name ?? '没有填称呼的会员';
  const isTheirs = member !== null && maySeeStore(person, member.member.storeId);
  return [
    ['时间', moment(sale.occurredAt, now)],
    ['门店', stores.find(({ id }) => id === storeId)?.name ?? storeId],
    ...(associateId === null ? [] : [['导购', associate?.associate.name ?? associateId] as const]),
    [
      '会员',
      member === null ? (
        '没有记会员'
      ) : isTheirs ? (
        <a href={`${membersPath}/${member.member.id}`}>{name}</a>
      ) : (
        '别店的会员'
      ),
    ],
    ['付款', `${money(sale.paidFen)} 元`],
    ...(sale.keptFen === sale.paidFen ? [] : [['退后', `${money(sale.keptFen)} 元`] as const]),
    ['消费积分', `${count(sale.points)} 分`],
    ...(sale.pointsLot?.releaseOn ? [['哪天起可用', sale.pointsLot.releaseOn] as const] : []),
  ];
}

const Receipt: FC<{ record: SaleRecord; facts: readonly Fact[] }> = ({ record, facts }) => {
  const why = whyNothingEarned(record);
  return (
    <>
      {why !== null && <p class="note">{unearnedWords[why]}</p>}
      <Sheet title={record.sale.orderNo}>
        <Facts facts={facts} />
      </Sheet>
      <Sheet title="买了什么">
        <Table
          caption={`${String(record.lines.length)} 样`}
          rows={record.lines}
          empty="单上没有商品。"
          columns={[
            { label: '商品', show: ({ name, sku }) => name || sku },
            { label: '数量', show: ({ quantityMilli }) => decimal(quantityMilli), isNumber: true },
            { label: '付款（元）', show: ({ paidFen }) => money(paidFen), isNumber: true },
            {
              label: '计积分的（元）',
              show: ({ earningFen, pointsFactorMilli }) => money(pointsFactorMilli === 0 ? 0 : earningFen),
              isNumber: true,
            },
          ]}
        />
      </Sheet>
    </>
  );
};

type SeveralProps = {
  readonly visit: Visit;
  readonly found: readonly SaleRecord[];
  readonly names: ReadonlyMap<StoreId, string>;
  readonly caption: string;
};

const Several: FC<SeveralProps> = ({ visit, found, names, caption }) => (
  <Sheet>
    <Table
      caption={caption}
      rows={found}
      empty=""
      columns={[
        {
          label: '单号',
          show: ({ sale: { id, orderNo } }) => <ReceiptLink orderNo={orderNo} of={id} />,
        },
        { label: '时间', show: ({ sale }) => moment(sale.occurredAt, visit.now) },
        { label: '门店', show: ({ sale }) => names.get(sale.storeId) ?? sale.storeId },
        { label: '付款（元）', show: ({ sale }) => money(sale.paidFen), isNumber: true },
        { label: '消费积分', show: ({ sale }) => count(sale.points), isNumber: true },
      ]}
    />
  </Sheet>
);
