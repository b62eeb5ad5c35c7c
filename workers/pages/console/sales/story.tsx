/** 一笔单的经过: what was told of a receipt, and what became of it. */
import type { FC } from 'hono/jsx';
import type { InboxEvent } from '../../../../schema/index.ts';
import { eventsPath } from '../events/filters.tsx';
import { resultOf, State } from '../events/list.tsx';
import { moment } from '../kit/format.ts';
import { technical } from '../kit/nav.ts';
import { Sheet, Table } from '../kit/parts.tsx';
import { isOneOf, type Visit } from '../kit/visit.ts';
import { typeName } from '../words/events.ts';
import { receiptWords } from '../words/receipts.ts';

/** What was received is for whoever looks after the till; what became of it is for all. */
export const Story: FC<{ visit: Visit; story: readonly InboxEvent[] }> = ({ visit, story }) => (
  <Sheet title="经过" note={receiptWords.story}>
    <Table
      caption={`${String(story.length)} 条`}
      rows={story}
      empty="原始内容已经按保留期限清空了。"
      columns={[
        { label: '时间', show: ({ receivedAt }) => moment(receivedAt, visit.now) },
        {
          label: '内容',
          show: ({ id, type }) =>
            isOneOf(visit.person, technical) ? (
              <a href={`${eventsPath}/${encodeURIComponent(id)}`}>{typeName(type)}</a>
            ) : (
              typeName(type)
            ),
        },
        { label: '状态', show: ({ state }) => <State state={state} /> },
        { label: '结果', show: resultOf },
      ]}
    />
  </Sheet>
);
