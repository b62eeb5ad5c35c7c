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
import { whyOf } from '../../../views/events/event-why.ts';
import { moment } from '../kit/format.ts';
import { technical } from '../kit/nav.ts';
import { asked, Mark, Sheet, Table } from '../kit/parts.tsx';
import { screen } from '../kit/screen.ts';
import type { Visit } from '../kit/visit.ts';
import { effectLines, sourceName, stateNames, typeName } from '../words/events.ts';

export const eventsPath = '/console/events';
const pageSize = 50;
const sourcesMax = 100;

type Asked = {
  readonly state: EventState | null;
  readonly source: string | null;
  readonly order: string | null;
  readonly sender: string | null;
  readonly day: string | null;
  readonly place: number | null;
};

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
  sourceIds: readonly string[],
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
  if (order !== null) return searchByOrder(db, order, filter, { after: place ?? 0, limit: pageSize, now });
  if (sender !== null) {
    const keys = await Promise.all(
      (source === null ? sourceIds : [source]).map((id) => eventKeyOf(id, sender)),
    );
    return searchBySender(db, keys, filter, { before: place ?? endOfTime, limit: pageSize });
  }
  return searchEvents(db, filter, place ?? endOfTime, pageSize);
}

export const eventList = screen({
  path: eventsPath,
  title: '事件',
  who: technical,
  get: async (visit) => {
    const asking = askedIn(visit.query);
    const sources = await listSources(visit.db, '', sourcesMax);
    const names = new Map(sources.map(({ id, name }) => [id, name]));
    const { items, next } = await search(visit, asking, [...names.keys()]);
    const { place: _, ...questions } = asking;
    return {
      lead: '收银机、文件和微信发来的每一条，和它带来的结果。',
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

function resultOf(event: InboxEvent): string {
  if (event.state !== 'done') return whyOf(event);
  const lines = effectLines(event.outcome);
  return lines.length > 0 ? lines.join('，') : '没有积分和礼品';
}

const Filters: FC<{ asking: Asked; sources: ReadonlyMap<string, string> }> = ({ asking, sources }) => (
  <form class="filters" method="get" action={eventsPath}>
    <div class="field">
      <label for="order">订单号</label>
      <input id="order" name="order" value={asking.order ?? ''} />
    </div>
    <div class="field">
      <label for="state">状态</label>
      <select id="state" name="state">
        <option value="">全部</option>
        {eventStates.map((state) => (
          <option value={state} selected={state === asking.state}>
            {stateNames[state].label}
          </option>
        ))}
      </select>
    </div>
    <div class="field">
      <label for="source">来源</label>
      <select id="source" name="source">
        <option value="">全部</option>
        {[...sources].map(([id, name]) => (
          <option value={id} selected={id === asking.source}>
            {name}
          </option>
        ))}
        <option value="wechat" selected={asking.source === 'wechat'}>
          微信
        </option>
      </select>
    </div>
    <div class="field">
      <label for="day">收到的日期</label>
      <input id="day" name="day" type="date" value={asking.day ?? ''} />
    </div>
    <div class="field">
      <label for="sender">发送方的编号</label>
      <input id="sender" name="sender" value={asking.sender ?? ''} />
    </div>
    <button>查找</button>
  </form>
);
