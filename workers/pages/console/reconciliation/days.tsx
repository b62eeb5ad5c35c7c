/** 对账: of a source its days, newest first, equal or not at a glance; and store by store as a table to take along. */
import type { FC } from 'hono/jsx';
import type { Source, StoreCompared } from '../../../../schema/index.ts';
import { listReconciliations } from '../../../db/sources/reconciliation.ts';
import { listSources } from '../../../db/sources/registered-sources.ts';
import { listStores } from '../../../db/shop/stores.ts';
import { yuanFigure } from '../../../decide/plain/yuan.ts';
import { csvResponse, Download } from '../kit/csv.tsx';
import { moment } from '../kit/format.ts';
import { reckoning } from '../kit/nav.ts';
import { asked, Mark, Sheet, Table } from '../kit/parts.tsx';
import { record } from '../kit/record.ts';
import { NotFound } from '../kit/refusals.tsx';
import { screen } from '../kit/screen.ts';
import type { Visit } from '../kit/visit.ts';
import { reconciliationWords } from '../words/money/reconciliation.ts';
import {
  apartText,
  backToDays,
  dayPath,
  reconciliationPath,
  seenBy,
  storeApart,
  totalsText,
  type Seen,
} from './sums.ts';

/** More than a chain has kinds of tills. */
const sourcesMax = 100;
const daysShown = 31;
/** Sorts after every day, and before every day. */
const endOfDays = '9999-12-31~';
const firstOfDays = '0000-01-01';

async function readDays(visit: Visit, source: Source, before: string) {
  const asking = { from: firstOfDays, before };
  const days = await listReconciliations(visit.db, source.id, asking, daysShown + 1);
  const shown = days.slice(0, daysShown);
  return {
    days: shown.map((day) => seenBy(visit, day)),
    next: days.length > daysShown ? (shown.at(-1)?.date ?? null) : null,
  };
}

const sourceIn = ({ query }: Visit, sources: readonly Source[]): Source | undefined =>
  sources.find(({ id }) => id === query.get('source')) ?? sources[0];

const list = screen({
  path: reconciliationPath,
  title: '对账',
  who: reckoning,
  get: async (visit) => {
    const sources = await listSources(visit.db, '', sourcesMax);
    const source = sourceIn(visit, sources);
    if (!source) return { body: <div class="empty">{reconciliationWords.noSource}</div> };
    const { days, next } = await readDays(visit, source, visit.query.get('before') ?? endOfDays);
    return {
      lead: reconciliationWords.lead,
      acts: (
        <>
          <a class="button first" href={`${dayPath(source.id)}/enter`}>
            填一天的合计
          </a>
          <Download
            action={`${reconciliationPath}/csv`}
            token={visit.token}
            query={new URLSearchParams({ source: source.id })}
          />
        </>
      ),
      body: (
        <>
          {sources.length > 1 && (
            <nav class="tabs" aria-label="来源">
              {sources.map(({ id, name }) => (
                <a
                  href={asked(reconciliationPath, { source: id })}
                  aria-current={id === source.id ? 'page' : undefined}
                >
                  {name}
                </a>
              ))}
            </nav>
          )}
          <Sheet>
            <Table
              caption={`${source.name}，最近的在上面`}
              rows={days}
              empty={reconciliationWords.empty}
              next={next && asked(reconciliationPath, { source: source.id, before: next })}
              columns={[
                {
                  label: '日期',
                  show: ({ date }) => (
                    <a class="whole" href={asked(dayPath(source.id), { on: date })}>
                      {date}
                    </a>
                  ),
                },
                { label: '结果', show: (day) => <Verdict day={day} /> },
                { label: '收银系统说', show: ({ said }) => totalsText(said), isNumber: true },
                { label: '这里收到', show: ({ received }) => totalsText(received), isNumber: true },
                { label: '差', show: ({ said, received }) => apartText(said, received) },
                { label: '比的时间', show: ({ comparedAt }) => moment(comparedAt, visit.now) },
              ]}
            />
          </Sheet>
        </>
      ),
    };
  },
});

export const Verdict: FC<{ day: Pick<Seen, 'isEqual'> }> = ({ day: { isEqual } }) =>
  isEqual ? <Mark tone="good">对上了</Mark> : <Mark tone="stop">对不上</Mark>;

type Line = StoreCompared & { readonly date: string; readonly comparedAt: number };

const csv = screen({
  path: `${reconciliationPath}/csv`,
  title: '下载对账表',
  who: reckoning,
  post: async (visit) => {
    const source = sourceIn(visit, await listSources(visit.db, '', sourcesMax));
    if (!source) return NotFound('来源', backToDays);
    const names = new Map((await listStores(visit.db)).map(({ id, name }) => [id as string, name]));
    await record(visit, { act: 'list.export', subject: '对账', before: null, after: { source: source.id } });
    return csvResponse<Line, string>({
      name: '对账',
      columns: [
        { label: '日期', text: ({ date }) => date },
        { label: '门店', text: ({ id }) => names.get(id) ?? id },
        { label: '收银系统单数', text: ({ said }) => (said ? String(said.orders) : '') },
        { label: '这里单数', text: ({ received }) => String(received.orders) },
        { label: '收银系统金额', text: ({ said }) => (said ? yuanFigure(said.paidFen) : '') },
        { label: '这里金额', text: ({ received }) => yuanFigure(received.paidFen) },
        { label: '差', text: storeApart },
        { label: '少的单号', text: ({ missingNos = [] }) => missingNos.join(' ') },
        { label: '多的单号', text: ({ surplusNos = [] }) => surplusNos.join(' ') },
        { label: '比的时间', text: ({ comparedAt }) => moment(comparedAt, visit.now) },
      ],
      first: endOfDays,
      read: async (before) => {
        const { days, next } = await readDays(visit, source, before);
        const items = days.flatMap(({ date, comparedAt, stores }) =>
          stores.map((store) => ({ ...store, date, comparedAt })),
        );
        return { items, next };
      },
    });
  },
});

export const dayListScreens = [list, csv];
