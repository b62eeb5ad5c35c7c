/** 红包和提现: what left for members' WeChat, how far each has come, and what the day and the month come to. */
import type { FC } from 'hono/jsx';
import { listPayouts, sumPayouts, type Payout, type PayoutSums } from '../../../db/members/payouts.ts';
import { endOfTime } from '../../../db/paging.ts';
import { yuanFigure } from '../../../decide/plain/yuan.ts';
import { maskName } from '../../../views/mask.ts';
import { csvResponse, Download } from '../kit/csv.tsx';
import { count, day, maskedPhone, moment, money } from '../kit/format.ts';
import { owner } from '../kit/nav.ts';
import { asked, Figures, Sheet, Table } from '../kit/parts.tsx';
import { record } from '../kit/record.ts';
import { screen } from '../kit/screen.ts';
import type { Visit } from '../kit/visit.ts';
import { membersPath } from '../members/list.tsx';
import { payoutKinds, payoutStates, payoutWords } from '../words/money/payouts.ts';
import {
  askedIn,
  filterOf,
  payoutPath,
  payoutsPath,
  remedyOf,
  State,
  tabs,
  whyOf,
  type Asked,
} from './asked.tsx';

const pageSize = 50;

const list = screen({
  path: payoutsPath,
  title: '红包和提现',
  who: owner,
  get: async (visit) => {
    const { db, now, query, token } = visit;
    const asking = askedIn(query);
    const [{ items, next }, sums] = await Promise.all([
      listPayouts(db, filterOf(asking), Number(query.get('before')) || endOfTime, pageSize),
      sumPayouts(db, day(now)),
    ]);
    return {
      lead: payoutWords.lead,
      acts: (
        <Download
          action={`${payoutsPath}/csv`}
          token={token}
          query={new URLSearchParams(Object.entries(asking).filter(([, value]) => value !== ''))}
        />
      ),
      body: (
        <>
          <Sums sums={sums} payout={(await visit.deps.engine.config.get()).payout} />
          <nav class="tabs" aria-label="按状态">
            {tabs.map(([state, label]) => (
              <a
                href={asked(payoutsPath, { ...asking, state })}
                aria-current={asking.state === state ? 'page' : undefined}
              >
                {label}
              </a>
            ))}
          </nav>
          <Sheet>
            <Days asking={asking} />
            <Table
              caption="最近的在上面"
              rows={items}
              empty={payoutWords.none}
              next={next === null ? null : asked(payoutsPath, { ...asking, before: String(next) })}
              columns={[
                {
                  label: '时间',
                  show: ({ askedAt, outBillNo }) => (
                    <a class="whole" href={payoutPath(outBillNo)}>
                      {moment(askedAt, now)}
                    </a>
                  ),
                },
                { label: '会员', show: (row) => <Owner row={row} /> },
                { label: '是什么', show: ({ kind }) => payoutKinds[kind] },
                { label: '金额（元）', show: ({ amountFen }) => money(amountFen), isNumber: true },
                { label: '状态', show: (row) => <State row={row} /> },
                { label: '为什么', show: whyOf },
                { label: '怎么办', show: remedyOf },
              ]}
            />
          </Sheet>
        </>
      ),
    };
  },
});

/** Enough to know who it is, and not enough to call. */
export const ownerText = ({ ownerName, ownerPhone }: Payout): string =>
  [maskName(ownerName ?? ''), maskedPhone(ownerPhone ?? '')].filter((part) => part !== '****').join(' ');

const Owner: FC<{ row: Payout }> = ({ row }) => (
  <a class="whole" href={`${membersPath}/${row.memberId}`}>
    {ownerText(row) || '会员'}
  </a>
);

type Rules = Awaited<ReturnType<Visit['deps']['engine']['config']['get']>>['payout'];

const Sums: FC<{ sums: PayoutSums; payout: Rules }> = ({
  sums: { todayFen, monthFen, open, openFen },
  payout,
}) => (
  <>
    {payout?.mode !== 'transfer' && <p class="note">{payoutWords.off}</p>}
    <Figures
      figures={[
        {
          label: '今天转出',
          value: money(todayFen),
          unit: payout?.mode === 'transfer' ? `元，全店每天最多 ${money(payout.perDayFen)} 元` : '元',
        },
        { label: '这个月转出', value: money(monthFen), unit: '元，退回的已减' },
        { label: '还在路上', value: money(openFen), unit: `元，${count(open)} 笔` },
        ...(payout?.mode === 'transfer'
          ? [{ label: '每人每天最多', value: money(payout.perMemberDayFen), unit: '元' }]
          : []),
      ]}
    />
  </>
);

const Days: FC<{ asking: Asked }> = ({ asking }) => (
  <form class="filters" method="get" action={payoutsPath}>
    <input type="hidden" name="state" value={asking.state} />
    {(['from', 'to'] as const).map((name) => (
      <div class="field">
        <label for={name}>{name === 'from' ? '从哪天' : '到哪天'}</label>
        <input id={name} name={name} type="date" value={asking[name]} />
      </div>
    ))}
    <button>查找</button>
  </form>
);

const csv = screen({
  path: `${payoutsPath}/csv`,
  title: '下载红包和提现',
  who: owner,
  post: async (visit) => {
    const asking = askedIn(visit.query);
    await record(visit, { act: 'list.export', subject: '红包和提现', before: null, after: asking });
    return csvResponse<Payout, number>({
      name: '红包和提现',
      columns: [
        { label: '时间', text: ({ askedAt }) => moment(askedAt, visit.now) },
        { label: '商户单号', text: ({ outBillNo }) => outBillNo },
        { label: '微信单号', text: ({ transferBillNo }) => transferBillNo ?? '' },
        { label: '会员编号', text: ({ memberId }) => memberId },
        { label: '会员', text: ownerText },
        { label: '是什么', text: ({ kind }) => payoutKinds[kind] },
        { label: '金额（元）', text: ({ amountFen }) => yuanFigure(amountFen) },
        { label: '状态', text: ({ state }) => payoutStates[state].label },
        { label: '为什么', text: whyOf },
        { label: '结束', text: ({ endedAt }) => (endedAt === null ? '' : moment(endedAt, visit.now)) },
      ],
      first: endOfTime,
      read: (before, limit) => listPayouts(visit.db, filterOf(asking), before, limit),
    });
  },
});

export const payoutListScreens = [list, csv];
