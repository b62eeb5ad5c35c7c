/** 一次发券: counted and confirmed, then how far it has come, and what became of each member. */
import type { FC } from 'hono/jsx';
import type { GrantJob } from '../../../../schema/index.ts';
import { grantOutcomeKinds } from '../../../../schema/index.ts';
import { beginGrantJob, endGrantJob } from '../../../commands/coupons/grant-jobs.ts';
import { previewGrantJob, type GrantPreview } from '../../../commands/coupons/grant-preview.ts';
import { count, money, moment } from '../kit/format.ts';
import { office } from '../kit/nav.ts';
import { Act, asked, Confirm, Facts, Figures, Mark, Sheet } from '../kit/parts.tsx';
import { saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { screen } from '../kit/screen.ts';
import { refreshesItself } from '../refreshing.ts';
import { audienceWords, dealtWith, jobStates, outcomeNames } from '../words/promotions/grant-jobs.ts';
import { jobChoices, nameIn } from './job-choices.ts';
import { Became, jobCsv, jobFor, noJob, outcomesOf, pathOf } from './job-outcomes.tsx';
import { grantJobsPath } from './paths.ts';

const jobScreen = screen({
  path: `${grantJobsPath}/:id`,
  title: '发券',
  who: office,
  get: async (visit) => {
    const job = await jobFor(visit);
    if (!job) return noJob();
    const nameOf = nameIn(await jobChoices(visit));
    const { label, tone } = jobStates[job.state];
    return {
      title: `发给${audienceWords(job.audience, nameOf)}`,
      ...(job.state === 'running' && { goingOnSince: job.startedAt ?? job.createdAt }),
      acts: job.state === 'running' && (
        <Act action={`${pathOf(job)}/stop`} token={visit.token} label="停下来" tone="stop" />
      ),
      body: (
        <>
          <Sheet>
            <Facts
              facts={[
                ['状态', <Mark tone={tone}>{label}</Mark>],
                ['券', nameOf(job.templateId)],
                ['每人', `${job.count} 张`],
                ['原因', job.reason],
                ['告诉会员', job.tells ? '发到的都说一声' : '不说'],
                ['谁', job.by],
                ['准备', moment(job.createdAt, visit.now)],
                ...(job.startedAt === null ? [] : [['开始', moment(job.startedAt, visit.now)] as const]),
                ...(job.endedAt === null ? [] : [['结束', moment(job.endedAt, visit.now)] as const]),
                ...(job.unknown === 0 ? [] : [['名单里找不到的', `${count(job.unknown)} 个`] as const]),
              ]}
            />
          </Sheet>
          {job.state === 'draft' ? (
            <Asking job={job} preview={await previewGrantJob(visit.db, job, visit.now)} token={visit.token} />
          ) : (
            <>
              <Progress job={job} />
              <Became visit={visit} job={job} rows={await outcomesOf(visit, job)} />
            </>
          )}
        </>
      ),
    };
  },
});

const Asking: FC<{ job: GrantJob; preview: GrantPreview; token: string }> = ({ job, preview, token }) => {
  const { people, full, left, getting, costFen, isOver } = preview;
  const coupons = getting * job.count;
  return (
    <>
      <Figures
        figures={[
          { label: '这样的会员', value: count(people), unit: '人' },
          { label: '能发到', value: count(getting), unit: '人' },
          ...(costFen === null ? [] : [{ label: '全部用掉，店里大约花', value: money(costFen), unit: '元' }]),
        ]}
      />
      {full > 0 && <p class="note">{count(full)} 人发不到：已经领满了每人的上限。</p>}
      {left !== null && getting < people - full && (
        <p class="note">
          这种券现在只剩 {count(left)} 张，够发 {count(getting)} 人；先发到谁，按会员编号排。
        </p>
      )}
      {isOver && <p class="note stop">这种券已经过期，一张也发不出去。请换一张券。</p>}
      {getting > 0 && (
        <Confirm
          action={`${pathOf(job)}/start`}
          token={token}
          what={
            <p>
              发给 {count(getting)} 人，一共 {count(coupons)} 张“{preview.template?.name ?? ''}
              ”。开始以后可以停，发出去的不会自动收回。
            </p>
          }
          label={`确认，发给 ${count(getting)} 人`}
          back={grantJobsPath}
        />
      )}
    </>
  );
};

const Progress: FC<{ job: GrantJob }> = ({ job }) => {
  const done = dealtWith(job.counts);
  return (
    <>
      {job.state === 'running' && (
        <p class="note">
          在后台一批一批接着发。{refreshesItself} <a href={pathOf(job)}>看看发到哪里了</a>
        </p>
      )}
      <Figures
        figures={[
          { label: '已经处理', value: `${count(done)} / ${count(Math.max(done, job.people))}`, unit: '人' },
          ...grantOutcomeKinds.flatMap((kind) => {
            const found = job.counts[kind] ?? 0;
            const href = asked(pathOf(job), { outcome: kind });
            return found > 0 ? [{ label: outcomeNames[kind], value: count(found), unit: '人', href }] : [];
          }),
        ]}
      />
    </>
  );
};

const starting = screen({
  path: `${grantJobsPath}/:id/start`,
  title: '开始发券',
  who: office,
  post: async (visit) => {
    const job = await jobFor(visit);
    const begun = job && (await beginGrantJob(visit.db, job.id, visit.now));
    if (!job || !begun || 'code' in begun) return noJob();
    if (job.state === 'draft')
      await record(
        visit,
        { act: 'grant-job.start', subject: job.id, before: null, after: { people: job.people } },
        { statements: [], rings: 'jobsBell' },
      );
    return visit.context.redirect(saying(pathOf(job), 'started'), 303);
  },
});

const stopping = screen({
  path: `${grantJobsPath}/:id/stop`,
  title: '停止发券',
  who: office,
  post: async (visit) => {
    const job = await jobFor(visit);
    const ended = job && (await endGrantJob(visit.db, job.id, visit.now));
    if (!job || !ended || 'code' in ended) return noJob();
    await record(visit, {
      act: 'grant-job.stop',
      subject: job.id,
      before: null,
      after: { counts: ended.counts },
    });
    return visit.context.redirect(saying(pathOf(job), 'stopped'), 303);
  },
});

export const jobScreens = [jobScreen, starting, stopping, jobCsv];
