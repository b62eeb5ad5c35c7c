/** 收回得怎样了: a bar, what came back, what could not, and what is left to do. */
import type { FC } from 'hono/jsx';
import type { Takeback } from '../../../../schema/index.ts';
import { count, money, moment } from '../kit/format.ts';
import { Act, Facts, Figures, Mark, Sheet, type Tone } from '../kit/parts.tsx';
import type { ConsoleView } from '../kit/shell.tsx';
import { refreshesItself } from '../refreshing.ts';
import type { Visit } from '../kit/visit.ts';

const states: Readonly<Record<Takeback['state'], { readonly label: string; readonly tone: Tone }>> = {
  taking: { label: '正在收回', tone: 'wait' },
  telling: { label: '正在通知会员', tone: 'wait' },
  done: { label: '已收完', tone: 'good' },
};

export function progressOf(job: Takeback, { now, token }: Visit): ConsoleView {
  const { campaignId, name, state, failed } = job;
  const isDone = state === 'done';
  const campaign = `/console/campaigns/${campaignId}`;
  return {
    title: `收回“${name}”`,
    lead: isDone
      ? '已经走完。会员的积分和券就是现在看到的样子。'
      : `后台一页一页地收，不用守着。${refreshesItself}`,
    acts: (
      <>
        <a class="button" href={campaign}>
          回到活动
        </a>
        {!isDone && (
          <a class="button" href={`${campaign}/take-back`}>
            刷新
          </a>
        )}
      </>
    ),
    body: (
      <>
        {failed > 0 && <Failed job={job} token={token} />}
        <Sheet>
          <p>
            <Mark tone={states[state].tone}>{states[state].label}</Mark>
          </p>
          <Bar job={job} />
        </Sheet>
        <Figures
          figures={[
            { label: '收回了', value: count(job.causes), unit: '笔' },
            ...(job.state === 'taking' ? [{ label: '大约还有', value: count(leftOf(job)), unit: '笔' }] : []),
            ...(job.state === 'taking' ? [] : [{ label: '涉及会员', value: count(job.people), unit: '人' }]),
            { label: '收回积分', value: count(job.points), unit: '分' },
            { label: '收回券', value: count(job.coupons), unit: '张' },
            { label: '收回红包', value: money(job.walletFen), unit: '元' },
          ]}
        />
        <Rest job={job} now={now} />
      </>
    ),
    ...(!isDone && { goingOnSince: job.askedAt }),
  };
}

const Rest: FC<{ job: Takeback; now: number }> = ({ job, now }) => (
  <>
    <Sheet title="没收回来的" note="按店铺设置和实际情况留下">
      <Facts
        facts={[
          ['已经花掉的积分', `${count(job.pointsKept)} 分`],
          ['已经用掉的券', `${count(job.couponsKept)} 张`],
          ['已经花掉或转走的红包', `${money(job.walletKeptFen)} 元`],
          ['正在转账、已叫停的红包', `${money(job.underWayFen)} 元，退回来就收回`],
        ]}
      />
    </Sheet>
    <Sheet title="经过">
      <Facts
        facts={[
          ['谁收回的', job.by],
          ['为什么', job.reason],
          ['开始', moment(job.askedAt, now)],
          ...(job.endedAt === null ? [] : [['结束', moment(job.endedAt, now)] as const]),
          ['通知会员', job.tells ? `已写给 ${count(job.told)} 人` : '没有通知'],
        ]}
      />
    </Sheet>
  </>
);

/** What a return took meanwhile counts as taken, and what nobody holds any more is passed over. */
const leftOf = ({ expected, causes }: Takeback): number => Math.max(0, expected - causes);

const Bar: FC<{ job: Takeback }> = ({ job: { state, saleFrom, saleAt, saleTo } }) => {
  const all = Math.max(1, saleTo - saleFrom);
  const looked = state === 'taking' ? Math.min(all, saleAt - saleFrom) : all;
  const percent = Math.floor((looked * 100) / all);
  return (
    <p>
      <label for="bar">走过的单子 {percent}%</label>
      <br />
      <progress id="bar" max={all} value={looked}>
        {percent}%
      </progress>
    </p>
  );
};

/** Asked for with the reason that was given; what was taken is not taken again. */
const Failed: FC<{ job: Takeback; token: string }> = ({ job, token }) => (
  <Sheet title="有的没办成">
    <p>{count(job.failed)} 笔出了错，没有收回，别的不受影响。走完以后再走一遍，收过的不会再收。</p>
    {job.state === 'done' && (
      <Act
        action={`/console/campaigns/${job.campaignId}/take-back`}
        token={token}
        label="再走一遍没办成的"
        tone="first"
        fields={{ reason: job.reason, sure: 'yes', ...(job.tells && { tells: 'yes' }) }}
      />
    )}
  </Sheet>
);
