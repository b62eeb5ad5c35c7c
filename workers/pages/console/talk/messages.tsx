/** 发出的消息: what was sent, by which way and why not by the others, and trying again what got stuck. */
import type { FC } from 'hono/jsx';
import { messageStates, type Message } from '../../../../schema/index.ts';
import { retry } from '../../../commands/messages/retry.ts';
import { addressees, listMessages, readMessage } from '../../../db/outbox/messages.ts';
import { endOfTime } from '../../../db/paging.ts';
import { moment } from '../kit/format.ts';
import { csvResponse, Download } from '../kit/csv.tsx';
import { office } from '../kit/nav.ts';
import { Act, asked, Facts, Mark, Sheet, Table } from '../kit/parts.tsx';
import { saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { NotFound } from '../kit/refusals.tsx';
import { screen } from '../kit/screen.ts';
import { storesOf } from '../kit/visit.ts';
import { messageKindNames } from '../words/promotions/happenings.ts';
import { channelWays, stateOfMessage } from '../words/messages.ts';

const path = '/console/messages';
const pageSize = 50;
const back = { href: path, label: '回到消息' };

const list = screen({
  path,
  title: '消息',
  who: office,
  get: async ({ db, query, now, token, person }) => {
    const asking = query.get('state');
    const state = messageStates.find((one) => one === asking) ?? null;
    const before = Number(query.get('before')) || endOfTime;
    const { items, next } = await listMessages(db, state, before, pageSize);
    const names = await addressees(db, items, storesOf(person));
    const tabs = [
      ['', '全部'],
      ['parked', '没发成'],
      ['pending', '还没发'],
      ['sent', '已发出'],
    ] as const;
    return {
      lead: '每一条通知走了哪条路、为什么没走别的，都在里面。能按状态看，最近的在上面；内容里的字不能找，找某一位会员的，看会员页。',
      acts: (
        <Download
          action={`${path}/csv`}
          token={token}
          query={new URLSearchParams(state === null ? {} : { state })}
        />
      ),
      body: (
        <>
          <nav class="tabs" aria-label="按状态">
            {tabs.map(([value, label]) => (
              <a
                href={asked(path, { state: value })}
                aria-current={(state ?? '') === value ? 'page' : undefined}
              >
                {label}
              </a>
            ))}
          </nav>
          <Sheet>
            <Table
              caption="最近的在上面"
              rows={items}
              empty="没有。"
              next={next === null ? null : asked(path, { state, before: String(next) })}
              columns={[
                { label: '时间', show: ({ createdAt }) => moment(createdAt, now) },
                {
                  label: '消息',
                  show: ({ seq, kind }) => <a href={`${path}/${seq}`}>{messageKindNames[kind] ?? kind}</a>,
                },
                { label: '给谁', show: (message) => <To message={message} names={names} /> },
                { label: '状态', show: (message) => <State message={message} /> },
                {
                  label: '走的路',
                  show: ({ channel }) => (channel === null ? '' : (channelWays[channel] ?? channel)),
                },
              ]}
            />
          </Sheet>
        </>
      ),
    };
  },
});

/** One to an associate is about a member, who stands behind her. */
const To: FC<{ message: Message; names: ReadonlyMap<string, string> }> = ({ message, names }) => {
  const { memberId, associateId } = message;
  const name = names.get(memberId ?? '');
  const her =
    name === undefined ? '别店的或已注销的会员' : <a href={`/console/members/${memberId ?? ''}`}>{name}</a>;
  if (associateId === null) return <>{memberId === null ? '粉丝' : her}</>;
  return (
    <>
      导购 {names.get(associateId) ?? associateId}
      {memberId !== null && <>，说的是{her}</>}
    </>
  );
};

const State = ({ message }: { message: Message }) => {
  const { label, tone } = stateOfMessage(message);
  return <Mark tone={tone}>{label}</Mark>;
};

const numbered = (id: string): number => (/^\d{1,15}$/.test(id) ? Number(id) : -1);

const one = screen({
  path: `${path}/:id`,
  title: '消息',
  who: office,
  get: async ({ db, id, now, token, person }) => {
    const message = await readMessage(db, numbered(id));
    if (!message) return NotFound('这条消息', back);
    const names = await addressees(db, [message], storesOf(person));
    const { seq, kind, state, createdAt, endedAt, attempts, lastError, passedOver, channel } = message;
    return {
      title: messageKindNames[kind] ?? kind,
      acts:
        state === 'parked' ? (
          <Act action={`${path}/${seq}/retry`} token={token} label="再发一次" tone="first" />
        ) : undefined,
      body: (
        <>
          <Sheet>
            <Facts
              facts={[
                ['状态', <State message={message} />],
                ['给谁', <To message={message} names={names} />],
                ['产生', moment(createdAt, now)],
                ...(endedAt === null ? [] : [['结束', moment(endedAt, now)] as const]),
                ['试过', `${attempts} 次`],
                ...(channel === null ? [] : [['走的路', channelWays[channel] ?? channel] as const]),
                ...(lastError === null ? [] : [['原因', lastError] as const]),
              ]}
            />
          </Sheet>
          <Sheet title="为什么没走别的路">
            <Table
              caption={`${passedOver?.length ?? 0} 条`}
              rows={passedOver ?? []}
              empty="没有别的路要考虑。"
              columns={[
                { label: '路', show: ({ channel: way }) => channelWays[way] ?? way },
                { label: '原因', show: ({ why }) => why },
              ]}
            />
          </Sheet>
        </>
      ),
    };
  },
});

const again = screen({
  path: `${path}/:id/retry`,
  title: '消息',
  who: office,
  post: async (visit) => {
    const draft = await retry(visit.db, numbered(visit.id), visit.now);
    if ('code' in draft)
      return draft.status === 404
        ? NotFound('这条消息', back)
        : visit.context.redirect(`${path}/${visit.id}`, 303);
    await record(visit, { act: 'message.retry', subject: visit.id, before: null, after: null }, draft);
    return visit.context.redirect(saying(`${path}/${visit.id}`, 'retried'), 303);
  },
});

const csv = screen({
  path: `${path}/csv`,
  title: '下载消息表',
  who: office,
  post: async (visit) => {
    const state = messageStates.find((one) => one === visit.query.get('state')) ?? null;
    await record(visit, { act: 'list.export', subject: '消息', before: null, after: { state } });
    return csvResponse<Message, number>({
      name: '消息',
      columns: [
        { label: '时间', text: ({ createdAt }) => moment(createdAt, visit.now) },
        { label: '消息', text: ({ kind }) => messageKindNames[kind] ?? kind },
        { label: '会员编号', text: ({ memberId }) => memberId ?? '' },
        { label: '导购工号', text: ({ associateId }) => associateId ?? '' },
        { label: '状态', text: (message) => stateOfMessage(message).label },
        {
          label: '走的路',
          text: ({ channel }) => (channel === null ? '' : (channelWays[channel] ?? channel)),
        },
        { label: '原因', text: ({ lastError }) => lastError ?? '' },
      ],
      first: endOfTime,
      read: (before, limit) => listMessages(visit.db, state, before, limit),
    });
  },
});

export const messageScreens = [list, csv, one, again];
