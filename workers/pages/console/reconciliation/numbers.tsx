/** 哪一单: of a store that differs, the receipts that are missing or too many, each with what is known of it and what to do. */
import type { Child, FC } from 'hono/jsx';
import type { StoreCompared } from '../../../../schema/index.ts';
import type { OrderTrace } from '../../../db/sources/missing-orders.ts';
import { gapsIn } from '../../../decide/sales/numbers/gaps.ts';
import { whyOf } from '../../../views/events/event-why.ts';
import { eventsPath } from '../events/filters.tsx';
import { technical } from '../kit/nav.ts';
import { asked, Sheet, Table } from '../kit/parts.tsx';
import { isOneOf, type Visit } from '../kit/visit.ts';
import { reconciliationWords as said } from '../words/money/reconciliation.ts';
import { storeApart } from './sums.ts';

/** Looked up one by one; the others stand in the table to take along. */
const tracedMax = 50;

/** What the source lists and we lack; without its list, what our own numbers leave out. */
export function missingOf(store: StoreCompared): readonly string[] {
  const { missingNos, received, orderNos, said: told } = store;
  if (missingNos) return missingNos.slice(0, tracedMax);
  const isShort = told !== null && received.orders < told.orders;
  // Part of a list has gaps of its own.
  return isShort && orderNos.length === received.orders ? gapsIn(orderNos) : [];
}

type Props = {
  readonly visit: Visit;
  readonly date: string;
  readonly store: StoreCompared;
  readonly names: ReadonlyMap<string, string>;
  readonly traces: ReadonlyMap<string, OrderTrace>;
};

export const StoreNumbers: FC<Props> = ({ visit, date, store, names, traces }) => {
  const missing = missingOf(store);
  const { missingNos, surplusNos = [], differs, orderNos, refundNos } = store;
  const isUnnamed = differs.includes('orders') && missing.length + surplusNos.length === 0;
  return (
    <Sheet title={`${names.get(store.id) ?? store.id}：${storeApart(store)}`}>
      {missing.length > 0 && (
        <Table
          caption={missingNos ? '少的单' : said.guess}
          rows={groupsOf(missing, (number) => traced(visit, traces.get(number), { date, store, names }))}
          empty=""
          columns={[
            { label: '单号', show: ({ numbers }) => <Orders visit={visit} numbers={numbers} /> },
            { label: '怎么回事', show: ({ what }) => what },
            { label: '怎么办', show: ({ remedy }) => remedy },
          ]}
        />
      )}
      {surplusNos.length > 0 && (
        <p>
          多的单。{said.surplus}
          {said.surplusDo}
          <br />
          <Orders visit={visit} numbers={surplusNos} />
        </p>
      )}
      {isUnnamed && <p>{said.hint}</p>}
      {differs.includes('paidFen') && !differs.includes('orders') && surplusNos.length === 0 && (
        <p>{said.amounts}</p>
      )}
      {refundNos.length > 0 && (
        <p>
          {said.refunds}
          {refundNos.join('、')}
        </p>
      )}
      {orderNos.length > 0 && (
        <details>
          <summary>
            {said.ours}（{orderNos.length}）
          </summary>
          <p>{orderNos.join('、')}</p>
        </details>
      )}
    </Sheet>
  );
};

/** The story of each, for whoever may open it. In one element: in a row of a phone's card each would be a cell. */
const Orders: FC<{ visit: Visit; numbers: readonly string[] }> = ({ visit: { person }, numbers }) => (
  <span>
    {numbers.map((number, place) => (
      <>
        {place > 0 && '、'}
        {isOneOf(person, technical) ? <a href={asked(eventsPath, { order: number })}>{number}</a> : number}
      </>
    ))}
  </span>
);

type Traced = { readonly key: string; readonly what: Child; readonly remedy: string };

/** What is to be done of several alike is said once. */
const groupsOf = (numbers: readonly string[], trace: (number: string) => Traced) =>
  [...Map.groupBy(numbers, (number) => trace(number).key).values()].map((alike) => ({
    ...trace(alike[0] ?? ''),
    numbers: alike,
  }));

function traced(
  { person }: Visit,
  trace: OrderTrace | undefined,
  { date, store, names }: Pick<Props, 'date' | 'store' | 'names'>,
): Traced {
  if (!trace) return { key: '', what: said.notHere, remedy: said.sendAgain };
  if (trace.is === 'parked') {
    const what = said.parked + whyOf(trace.event);
    const href = `${eventsPath}/${encodeURIComponent(trace.event.id)}`;
    return {
      key: href,
      what: isOneOf(person, technical) ? <a href={href}>{what}</a> : what,
      remedy: said.parkedDo,
    };
  }
  const { on, storeId, isVoided } = trace;
  if (isVoided) return { key: said.voided, what: said.voided, remedy: said.voidedDo };
  if (on === date && storeId === store.id) return { key: said.late, what: said.late, remedy: said.compare };
  const what = `${said.elsewhere}${on} ${names.get(storeId) ?? storeId}`;
  return { key: what, what, remedy: said.elsewhereDo };
}
