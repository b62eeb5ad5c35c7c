/** 一天的账: store by store what both sides have, which receipts are missing, and comparing once more. */
import type { FC } from 'hono/jsx';
import type { StoreCompared } from '../../../../schema/index.ts';
import { compareDayAgain } from '../../../commands/sources/reconcile-day.ts';
import { traceOrders } from '../../../db/sources/missing-orders.ts';
import { readReconciliation } from '../../../db/sources/reconciliation.ts';
import { readSource } from '../../../db/sources/registered-sources.ts';
import { listStores } from '../../../db/shop/stores.ts';
import { sorry } from '../form/sorry.tsx';
import { moment } from '../kit/format.ts';
import { reckoning } from '../kit/nav.ts';
import { Act, asked, Facts, Sheet, Table } from '../kit/parts.tsx';
import { saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { NotFound } from '../kit/refusals.tsx';
import { screen } from '../kit/screen.ts';
import { reconciliationWords } from '../words/money/reconciliation.ts';
import { Verdict } from './days.tsx';
import { missingOf, StoreNumbers } from './numbers.tsx';
import {
  apartText,
  backToDays,
  dayPath,
  reconciliationPath,
  seenBy,
  storeApart,
  totalsText,
} from './sums.ts';

/** Of a chain the first stores that differ; the others stand in the table above. */
const storesExplained = 10;
const numbersTraced = 100;

export const dayScreen = screen({
  path: `${reconciliationPath}/:id`,
  title: '对账',
  who: reckoning,
  get: async (visit) => {
    const { db, id, query, now, token } = visit;
    const [source, day, stores] = await Promise.all([
      readSource(db, id),
      readReconciliation(db, id, query.get('on')),
      listStores(db),
    ]);
    if (!source || !day) return NotFound('这一天', backToDays);
    const names = new Map(stores.map((store) => [store.id as string, store.name]));
    const seen = seenBy(visit, day);
    const { date, said, received } = seen;
    const apart = seen.stores.filter(({ differs }) => differs.length > 0);
    const explained = apart.slice(0, storesExplained);
    const traces = await traceOrders(db, source, explained.flatMap(missingOf).slice(0, numbersTraced));
    const own = dayPath(id);
    return {
      title: `${source.name} ${date}`,
      lead: reconciliationWords.dayLead,
      acts: (
        <>
          <Act action={own} token={token} label="再比一次" tone="first" fields={{ on: date }} />
          <a class="button" href={asked(`${own}/enter`, { on: date })}>
            改这一天的合计
          </a>
        </>
      ),
      body: (
        <>
          <Sheet>
            <Facts
              facts={[
                ['结果', <Verdict day={seen} />],
                ['收银系统说', totalsText(said)],
                ['这里收到', totalsText(received)],
                ['差', apartText(said, received)],
                ['比的时间', moment(day.comparedAt, now)],
              ]}
            />
          </Sheet>
          {explained.map((store) => (
            <StoreNumbers visit={visit} date={date} store={store} names={names} traces={traces} />
          ))}
          <Stores
            stores={[...apart, ...seen.stores.filter((store) => !apart.includes(store))]}
            names={names}
          />
        </>
      ),
    };
  },
  post: async (visit, form) => {
    const { db, id, now, context } = visit;
    const date = form.get('on') ?? '';
    const compared = await compareDayAgain(db, { id, date }, now);
    if ('code' in compared) return sorry(compared);
    const after = { isEqual: compared.isEqual };
    await record(visit, { act: 'day.compare', subject: `${id} ${date}`, before: null, after });
    return context.redirect(saying(asked(dayPath(id), { on: date }), 'compared'), 303);
  },
});

const Stores: FC<{ stores: readonly StoreCompared[]; names: ReadonlyMap<string, string> }> = ({
  stores,
  names,
}) => (
  <Sheet title="每家店">
    <Table
      caption="不一样的在上面"
      rows={stores}
      empty="这一天没有您能看的门店。"
      columns={[
        { label: '门店', show: ({ id }) => names.get(id) ?? id },
        { label: '收银系统说', show: ({ said }) => (said ? totalsText(said) : '') },
        { label: '这里收到', show: received },
        { label: '差', show: storeApart },
      ]}
    />
  </Sheet>
);

/** Of returns only where the till speaks of them. */
const received = ({ said, received: { orders, paidFen, ...returns } }: StoreCompared): string =>
  totalsText({ orders, paidFen, ...(said?.refunds !== undefined && returns) });
