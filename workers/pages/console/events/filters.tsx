/** 找事件: what may be asked for, because it has an index. */
import type { FC } from 'hono/jsx';
import { eventStates, type EventState } from '../../../../schema/index.ts';
import { stateNames } from '../words/events.ts';

export const eventsPath = '/console/events';

export type Asked = {
  readonly state: EventState | null;
  readonly source: string | null;
  readonly order: string | null;
  readonly sender: string | null;
  readonly day: string | null;
  readonly place: number | null;
};

export const Filters: FC<{ asking: Asked; sources: ReadonlyMap<string, string> }> = ({ asking, sources }) => (
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
