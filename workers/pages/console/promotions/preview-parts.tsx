/** 试一试: what its forms share, whatever is tried. */
import type { Child, FC } from 'hono/jsx';
import type { Explanation } from '../../../decide/campaigns/explain.ts';
import { Mark, Sheet, Table } from '../kit/parts.tsx';
import type { ConsoleView } from '../kit/shell.tsx';
import type { Visit } from '../kit/visit.ts';
import { dueWords, missWords } from '../words/promotions/explanations.ts';

export const base = '/console/campaigns';

const back = (id: string): Child => (
  <a class="button" href={`${base}/${id}`}>
    回到活动
  </a>
);

export const fenOf = (yuan: string): number | null =>
  /^\d{1,8}(\.\d{1,2})?$/.test(yuan) ? Math.round(Number(yuan) * 100) : null;

export const sorry = (status: 409 | 422, again: Child, text: string): ConsoleView => ({
  status,
  body: (
    <>
      {again}
      <p class="note stop">{text}</p>
    </>
  ),
});

export const said = (visit: Visit, again: Child, results: Child): ConsoleView => ({
  title: '试一试',
  acts: back(visit.id),
  body: (
    <>
      {again}
      {results}
    </>
  ),
});

export const Results: FC<{ title: string; explained: readonly Explanation[] }> = ({ title, explained }) => (
  <Sheet title={title}>
    <Table
      caption="这个活动在最上面，下面是同一时候会送的其他活动"
      // What another moment gives would only be in the way.
      rows={explained.filter(({ miss }, place) => place === 0 || miss?.reason !== 'trigger')}
      empty=""
      columns={[
        { label: '活动', show: ({ campaign }) => campaign.name },
        { label: '结果', show: ({ due }) => (due ? <Mark tone="good">会得到</Mark> : <Mark>得不到</Mark>) },
        { label: '说明', show: ({ due, miss }) => (due ? dueWords(due) : missWords(miss)) },
      ]}
    />
  </Sheet>
);
