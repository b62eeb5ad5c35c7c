/** 事件: everything that tills, files and WeChat told, newest first, found by what has an index. */
import type { FC } from 'hono/jsx';
import { eventStates, type EventState, type InboxEvent } from '../../../../schema/index.ts';
import type { EventFilter } from '../../../db/inbox/event-conditions.ts';
import { searchByOrder, searchBySender, searchEvents } from '../../../db/inbox/event-search.ts';
import { listSources } from '../../../db/sources/registered-sources.ts';
import { endOfTime, type NumberedPage } from '../../../db/paging.ts';
import { atHour } from '../../../decide/plain/dates.ts';
import { defaultTimezone } from '../../../../schema/index.ts';
import { eventKeyOf } from '../../../engine/event-ids.ts';
import { besides, whyOf } from '../../../views/events/event-why.ts';
import { moment } from '../kit/format.ts';
import { csvResponse, Download, type CsvColumn } from '../kit/csv.tsx';
import { technical } from '../kit/nav.ts';
import { asked, Mark, Sheet, Table } from '../kit/parts.tsx';
import { record } from '../kit/record.ts';
import { screen } from '../kit/screen.ts';
import type { Visit } from '../kit/visit.ts';
import { eventsPath, Filters, type Asked } from './filters.tsx';
import { effectLines, sourceName, stateNames, typeName } from '../words/events.ts';

const pageSize = 50;
export const sourcesMax = 100;

function askedIn(query: URLSearchParams): Asked {
  const text = (name: string): string | null => query.get(name)?.trim().slice(0, 128) || null;
  const state = text('state');
  const day = text('day');
  return {
    state: eventStates.find((one) => one === state) ?? null,
    source: text('source'),
    order: text('order'),
    sender: text('sender'),
    day: day !== null && /^\d{4}-\d{2}-\d{2}$/.test(day) && Number.isFinite(Date.parse(day)) ? day : null,
    place: query.has('place') ? Number(query.get('place')) || 0 : null,
  };
}

const dayMs = 86_400_000;

async function search(
  { db, now }: Visit,
  asking: Asked,
  { sourceIds, limit }: { readonly sourceIds: readonly string[]; readonly limit: number },
): Promise<NumberedPage<InboxEvent>> {
  const { state, source, order, sender, day, place } = asking;
  const from = day === null ? null : atHour(day, 0, defaultTimezone);
  const filter: EventFilter = {
    state,
    source,
    type: null,
    code: null,
    text: null,
    from,
    to: from === null ? null : from + dayMs,
  };
  if (order !== null) return searchByOrder(db, order, filter, { after: place ?? 0, limit, now });
  if (sender !== null) {
    const keys = await Promise.all(
      (source === null ? sourceIds : [source]).map((id) => eventKeyOf(id, sender)),
    );
    return searchBySender(db, keys, filter, { before: place ?? endOfTime, limit });
  }
  return searchEvents(db, filter, place ?? endOfTime, limit);
}

export const eventList = screen({
  path: eventsPath,
  title: '事件',
  who: technical,
  get: async (visit) => {
    const asking = askedIn(visit.query);
    const sources = await listSources(visit.db, '', sourcesMax);
    const names = new Map(sources.map(({ id, name }) => [id, name]));
    const { items, next } = await search(visit, asking, {
      sourceIds: [...names.keys()],
      limit: pageSize,
    });
    const { place: _, ...questions } = asking;
    return {
      lead: '收银机、文件和微信发来的每一条，和它带来的结果。能找：订单号、状态、来源、收到的日期、发送方的编号；原文里的字、金额不能找。最近的在上面，不能改排法。',
      acts: <Download action={`${eventsPath}/csv`} token={visit.token} query={withoutPlace(visit.query)} />,
      body: (
        <Sheet>
          <Filters asking={asking} sources={names} />
          <Table
            caption={asking.order === null ? '最近的在上面' : `订单 ${asking.order} 的经过，最早的在上面`}
            rows={items}
            empty={<p>没有找到。换个条件试试；按订单号找，填小票上的完整单号。</p>}
            next={next === null ? null : asked(eventsPath, { ...questions, place: String(next) })}
            columns={[
              { label: '时间', show: ({ receivedAt }) => moment(receivedAt, visit.now) },
              {
                label: '内容',
                show: (event) => (
                  <a href={`${eventsPath}/${encodeURIComponent(event.id)}`}>{typeName(event.type)}</a>
                ),
              },
              { label: '来源', show: ({ sourceId }) => sourceName(sourceId, names) },
              { label: '状态', show: ({ state }) => <State state={state} /> },
              { label: '结果', show: (event) => resultOf(event) },
            ]}
          />
        </Sheet>
      ),
    };
  },
});

export const State: FC<{ state: EventState }> = ({ state }) => {
  const { label, tone } = stateNames[state];
  return <Mark tone={tone}>{label}</Mark>;
};

export function resultOf(event: InboxEvent): string {
  if (event.state !== 'done') return whyOf(event);
  const lines = effectLines(event.outcome);
  const brought = lines.length > 0 ? lines.join('，') : '没有积分和礼品';
  const more = besides(event.outcome);
  return more === '' ? brought : `${brought}。${more}`;
}

const withoutPlace = (query: URLSearchParams): URLSearchParams =>
  new URLSearchParams([...query].filter(([name]) => name !== 'place' && name !== 'said'));

const csvColumns = (now: number, names: ReadonlyMap<string, string>): CsvColumn<InboxEvent>[] => [
  { label: '时间', text: ({ receivedAt }) => moment(receivedAt, now) },
  { label: '内容', text: ({ type }) => typeName(type) },
  { label: '来源', text: ({ sourceId }) => sourceName(sourceId, names) },
  { label: '状态', text: ({ state }) => stateNames[state].label },
  { label: '结果', text: resultOf },
  { label: '编号', text: ({ id }) => id },
];

export const eventCsv = screen({
  path: `${eventsPath}/csv`,
  title: '下载事件表',
  who: technical,
  post: async (visit) => {
    const asking = askedIn(visit.query);
    const sources = await listSources(visit.db, '', sourcesMax);
    const names = new Map(sources.map(({ id, name }) => [id, name]));
    await record(visit, { act: 'list.export', subject: '事件', before: null, after: asking });
    return csvResponse<InboxEvent, number | null>({
      name: '事件',
      columns: csvColumns(visit.now, names),
      first: null,
      read: (place, limit) => search(visit, { ...asking, place }, { sourceIds: [...names.keys()], limit }),
    });
  },
});
