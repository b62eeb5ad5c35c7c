/** 一个事件: raw, understood, what followed and why, on one screen, as Stripe shows them. */
import type { FC, PropsWithChildren } from 'hono/jsx';
import type { EventId, SaleId } from '../../../../schema/index.ts';
import { replayOne } from '../../../commands/inbox/replay.ts';
import { couponsUsedFor } from '../../../db/coupons/office-coupons.ts';
import { listSources } from '../../../db/sources/registered-sources.ts';
import { readEventDetail, type EventDetail } from '../../../views/events/event-detail.ts';
import { whyOf } from '../../../views/events/event-why.ts';
import { moment } from '../kit/format.ts';
import { counter, technical } from '../kit/nav.ts';
import { Act, asked, Facts, Raw, Sheet, Table } from '../kit/parts.tsx';
import { saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { NotFound } from '../kit/refusals.tsx';
import { screen } from '../kit/screen.ts';
import { isOneOf } from '../kit/visit.ts';
import { effectLines, sourceName, typeName } from '../words/events.ts';
import { UsedOn } from '../coupons/used-on.tsx';
import { eventsPath } from './filters.tsx';
import { sourcesMax, State } from './list.tsx';

const back = { href: eventsPath, label: '回到事件' };
const pathOf = (id: string): string => `${eventsPath}/${encodeURIComponent(id)}`;

export const eventScreen = screen({
  path: `${eventsPath}/:id`,
  title: '事件',
  who: technical,
  get: async (visit) => {
    const { deps, id, now, token, db } = visit;
    const detail = await readEventDetail(deps.engine, id as EventId);
    if (!detail) return NotFound('这个事件', back);
    const { event } = detail;
    const saleId = detail.canonical?.['saleId'];
    const used = typeof saleId === 'string' ? await couponsUsedFor(db, saleId as SaleId) : [];
    const orderNo = numberIn(detail.canonical?.['data']);
    const names = new Map((await listSources(db, '', sourcesMax)).map(({ id: of, name }) => [of, name]));
    const mayReplay = event.body !== '' && event.state !== 'received' && event.state !== 'done';
    return {
      title: typeName(event.type),
      acts: (
        <>
          {mayReplay && (
            <Act action={`${pathOf(event.id)}/replay`} token={token} label="重新处理" tone="first" />
          )}
          {orderNo !== null && isOneOf(visit.person, counter) && (
            <a class="button" href={asked('/console/receipts', { order: orderNo })}>
              看这一单
            </a>
          )}
          <a class="button" href={eventsPath}>
            全部事件
          </a>
        </>
      ),
      body: (
        <Detail detail={detail} source={sourceName(event.sourceId, names)} now={now}>
          {used.length > 0 && <UsedOn visit={visit} used={used} />}
        </Detail>
      ),
    };
  },
});

const numberIn = (data: unknown): string | null =>
  typeof data === 'object' && data !== null && 'orderNo' in data && typeof data.orderNo === 'string'
    ? data.orderNo
    : null;

type DetailProps = PropsWithChildren<{ detail: EventDetail; source: string; now: number }>;

const Detail: FC<DetailProps> = ({ detail, source, now, children }) => {
  const { event, others, body, canonical, diff, curl } = detail;
  const lines = effectLines(event.outcome);
  const memberId = event.outcome?.['memberId'];
  return (
    <>
      <Sheet>
        <Facts
          facts={[
            ['状态', <State state={event.state} />],
            ['为什么', whyOf(event)],
            ['收到', moment(event.receivedAt, now)],
            ...(event.decidedAt === null ? [] : [['处理', moment(event.decidedAt, now)] as const]),
            ['来源', source],
            ['发送方的编号', event.senderId],
            ['编号', <code>{event.id}</code>],
          ]}
        />
      </Sheet>
      <Sheet title="带来了什么">
        {lines.length > 0 ? (
          <ul class="steps">
            {lines.map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        ) : (
          <p>没有带来积分、券或消息。</p>
        )}
        {typeof memberId === 'string' && (
          <p class="buttons">
            <a class="button" href={`/console/members/${memberId}`}>
              看这位会员
            </a>
          </p>
        )}
      </Sheet>
      {children}
      <Revisions diff={diff} others={others} now={now} />
      <Sheet title="收到的原文" note="姓名、手机号和微信号已打码">
        {body === '' ? <p>按保留期限清空了。</p> : <Raw label="收到的原文">{pretty(body)}</Raw>}
        {curl !== null && (
          <details>
            <summary>复制为 curl</summary>
            <Raw label="curl 命令">{curl}</Raw>
          </details>
        )}
      </Sheet>
      <Sheet title="我们读成了什么">
        {canonical === null ? (
          <p>没有读懂：原因在上面。</p>
        ) : (
          <Raw label="我们读成了什么">{JSON.stringify(canonical, null, 1)}</Raw>
        )}
      </Sheet>
    </>
  );
};

const Revisions: FC<Pick<EventDetail, 'diff' | 'others'> & { now: number }> = ({ diff, others, now }) => (
  <>
    {diff && diff.length > 0 && (
      <Sheet title="和上一次不同的地方" note="同一个编号又来了一份不同的内容">
        <Table
          caption={`${diff.length} 处`}
          rows={diff}
          empty=""
          columns={[
            { label: '字段', show: ({ path }) => <code>{path}</code> },
            { label: '上一次', show: ({ before }) => before ?? '没有' },
            { label: '这一次', show: ({ after }) => after ?? '没有' },
          ]}
        />
      </Sheet>
    )}
    {others.length > 0 && (
      <Sheet title="同一个编号的其他版本">
        <Table
          caption={`${others.length} 份`}
          rows={others}
          empty=""
          columns={[
            {
              label: '收到',
              show: ({ id, receivedAt }) => <a href={pathOf(id)}>{moment(receivedAt, now)}</a>,
            },
            { label: '状态', show: ({ state }) => <State state={state} /> },
          ]}
        />
      </Sheet>
    )}
  </>
);

/** JSON on many lines; anything else as it came. */
function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 1);
  } catch {
    return body;
  }
}

export const eventReplay = screen({
  path: `${eventsPath}/:id/replay`,
  title: '事件',
  who: technical,
  post: async (visit) => {
    const draft = await replayOne(visit.db, visit.id as EventId);
    if ('code' in draft) {
      if (draft.status === 404) return NotFound('这个事件', back);
      return visit.context.redirect(saying(pathOf(visit.id), draft.code), 303);
    }
    await record(visit, { act: 'event.replay', subject: visit.id, before: null, after: null }, draft);
    return visit.context.redirect(saying(pathOf(visit.id), 'replayed'), 303);
  },
});
