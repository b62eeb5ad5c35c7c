/** 来源: the systems that send; of one its state, its address, what it sent lately, how it is connected, and another secret for it. */
import type { FC } from 'hono/jsx';
import type { InboxEvent, Source } from '../../../../schema/index.ts';
import { addressOf } from '../../../commands/sources/source-address.ts';
import { searchEvents } from '../../../db/inbox/event-search.ts';
import { endOfTime } from '../../../db/paging.ts';
import { listHealth, readHealth, type SourceHealth } from '../../../db/sources/source-health.ts';
import { eventsPath } from '../events/filters.tsx';
import { resultOf, State } from '../events/list.tsx';
import { count, moment } from '../kit/format.ts';
import { technical } from '../kit/nav.ts';
import { asked, Facts, Figures, Mark, Sheet, Table, type Fact } from '../kit/parts.tsx';
import { NotFound } from '../kit/refusals.tsx';
import { screen } from '../kit/screen.ts';
import type { Visit } from '../kit/visit.ts';
import { typeName } from '../words/events.ts';
import { labWords } from '../words/labs/labs.ts';
import { systemWords } from '../words/systems.ts';
import { Address, HowTo, originOf } from './how-to.tsx';
import { backToSources, mappingPath, replayPath, signaturePath, sourcesPath } from './source-paths.ts';

/** More than a chain has kinds of tills. */
const shownMax = 100;
const eventsShown = 8;

const systemName = ({ deps: { desk } }: Pick<Visit, 'deps'>, { adapter }: Pick<Source, 'adapter'>): string =>
  desk.senders.kinds().find(({ name }) => name === adapter)?.label ?? adapter;

const Standing: FC<{ health: SourceHealth }> = ({ health: { lastEventAt, silentSince, counts } }) => {
  if (silentSince !== null) return <Mark tone="stop">没有动静</Mark>;
  if (lastEventAt === null) return <Mark tone="wait">还没发来过</Mark>;
  return counts.get('parked') ? <Mark tone="wait">有要看的</Mark> : <Mark tone="good">正常</Mark>;
};

const since = (at: number | null, now: number): string => (at === null ? '最近没有' : moment(at, now));

const list = screen({
  path: sourcesPath,
  title: '来源',
  who: technical,
  get: async (visit) => ({
    lead: '接进来的收银机、商城和程序。点名字看它的地址、发来了什么、怎么接。',
    acts: (
      <a class="button first" href={`${sourcesPath}/connect`}>
        接一个系统
      </a>
    ),
    body: (
      <Sheet>
        <Table
          caption="全部来源"
          rows={await listHealth(visit.db, '', shownMax, visit.now)}
          empty={
            <>
              <p>还没有接收银机。</p>
              <p>
                <a href={`${sourcesPath}/connect`}>看怎么接</a>
              </p>
            </>
          }
          columns={[
            {
              label: '名称',
              show: ({ source: { id, name } }) => <a href={`${sourcesPath}/${id}`}>{name}</a>,
            },
            { label: '系统', show: ({ source }) => systemName(visit, source) },
            { label: '状态', show: (health) => <Standing health={health} /> },
            { label: '最近一条', show: ({ lastEventAt }) => since(lastEventAt, visit.now) },
          ]}
        />
      </Sheet>
    ),
  }),
});

const one = screen({
  path: `${sourcesPath}/:id`,
  title: '来源',
  who: technical,
  get: async (visit) => {
    const health = await readHealth(visit.db, visit.id, visit.now);
    if (!health) return NotFound('这个来源', backToSources);
    const { source } = health;
    const address = addressOf(visit.deps.desk.senders, source, await originOf(visit));
    const filter = {
      state: null,
      source: source.id,
      type: null,
      code: null,
      text: null,
      from: null,
      to: null,
    };
    const { items } = await searchEvents(visit.db, filter, endOfTime, eventsShown);
    return {
      title: source.name,
      acts: (
        <>
          {source.adapter === 'mapping' && (
            <a class="button first" href={mappingPath(source.id)}>
              {labWords.mapping}
            </a>
          )}
          <a class="button" href={signaturePath(source.id)}>
            {labWords.signature}
          </a>
          {(health.counts.get('parked') ?? 0) > 0 && (
            <a class="button" href={replayPath(source.id)}>
              {labWords.replay}
            </a>
          )}
          <a class="button" href={`${sourcesPath}/${source.id}/rotate`}>
            换密钥
          </a>
        </>
      ),
      body: (
        <>
          <LastDay health={health} />
          <Sheet title="连接">
            <Facts facts={factsOf(visit, health)} />
            {!systemWords[source.adapter]?.isFetched && <Address address={address} />}
          </Sheet>
          <HowTo system={source.adapter} isTried />
          <Received visit={visit} source={source} items={items} />
        </>
      ),
    };
  },
});

const LastDay: FC<{ health: SourceHealth }> = ({ health: { source, counts, perHour } }) => {
  const of = (state: string): string => count(counts.get(state) ?? 0);
  const events = (state: string): string => asked(eventsPath, { source: source.id, state });
  return (
    <Figures
      figures={[
        { label: '一天内发来', value: count(perHour.reduce((sum, hour) => sum + hour, 0)), unit: '条' },
        { label: '算好的', value: of('done'), unit: '条' },
        { label: '要您看的', value: of('parked'), unit: '条', href: events('parked') },
        { label: '在等销售单的', value: of('waiting'), unit: '条', href: events('waiting') },
      ]}
    />
  );
};

function factsOf(visit: Visit, health: SourceHealth): Fact[] {
  const { source, lastEventAt, silentSince, polls } = health;
  const old = source.secrets.flatMap(({ validTo }) =>
    validTo !== null && validTo > visit.now ? [validTo] : [],
  );
  const [poll] = polls;
  return [
    ['系统', systemName(visit, source)],
    ['编号', source.id],
    ['状态', <Standing health={health} />],
    ['最近一条', since(lastEventAt, visit.now)],
    ...(silentSince === null ? [] : [['没有动静，从', moment(silentSince, visit.now)] as const]),
    ...(old.length === 0 ? [] : [['旧密钥还能用到', moment(Math.max(...old), visit.now)] as const]),
    ...(poll === undefined
      ? []
      : ([
          ['上次去取', since(poll.lastOkAt, visit.now)],
          [
            '取的时候',
            poll.failures === 0 ? '没有出错' : `连着 ${count(poll.failures)} 次没取到，会自动再试`,
          ],
        ] as const)),
  ];
}

const Received: FC<{ visit: Visit; source: Source; items: readonly InboxEvent[] }> = ({
  visit,
  source,
  items,
}) => (
  <Sheet title="最近发来的" note="刷新这一页，就能看到新来的">
    <Table
      caption="最近的在上面"
      rows={items}
      empty="还没有发来过。照上面的步骤接好，打一单试试。"
      columns={[
        { label: '时间', show: ({ receivedAt }) => moment(receivedAt, visit.now) },
        {
          label: '内容',
          show: ({ id, type }) => <a href={`${eventsPath}/${encodeURIComponent(id)}`}>{typeName(type)}</a>,
        },
        { label: '状态', show: ({ state }) => <State state={state} /> },
        { label: '结果', show: resultOf },
      ]}
    />
    <p class="buttons">
      <a class="button" href={asked(eventsPath, { source: source.id })}>
        看全部
      </a>
    </p>
  </Sheet>
);

export const sourceScreens = [list, one];
