/** 发券的结果: what became of each member of a job, to look through and to take along as a table. */
import type { FC } from 'hono/jsx';
import { grantOutcomeKinds, type GrantJob, type GrantOutcomeKind } from '../../../../schema/index.ts';
import { listOutcomes, readGrantJob, type OutcomeRow } from '../../../db/coupons/grant-jobs.ts';
import { csvResponse, Download } from '../kit/csv.tsx';
import { moment } from '../kit/format.ts';
import { office } from '../kit/nav.ts';
import { asked, Sheet, Table } from '../kit/parts.tsx';
import { record } from '../kit/record.ts';
import { NotFound } from '../kit/refusals.tsx';
import { screen } from '../kit/screen.ts';
import type { Visit } from '../kit/visit.ts';
import { membersPath, phoneFor } from '../members/list.tsx';
import { outcomeNames } from '../words/promotions/grant-jobs.ts';
import { maySeeJob } from './jobs.tsx';
import { grantJobsPath } from './paths.ts';

const pageSize = 50;
export const noJob = () => NotFound('这一次发券', { href: grantJobsPath, label: '回到发券' });
export const pathOf = ({ id }: Pick<GrantJob, 'id'>): string => `${grantJobsPath}/${id}`;

export async function jobFor(visit: Visit): Promise<GrantJob | null> {
  const job = await readGrantJob(visit.db, visit.id);
  return job && maySeeJob(visit, job) ? job : null;
}

const outcomeIn = ({ query }: Visit): GrantOutcomeKind | null =>
  grantOutcomeKinds.find((kind) => kind === query.get('outcome')) ?? null;

export const outcomesOf = (visit: Visit, { id }: GrantJob): Promise<OutcomeRow[]> =>
  listOutcomes(visit.db, {
    jobId: id,
    outcome: outcomeIn(visit),
    after: visit.query.get('after') ?? '',
    limit: pageSize + 1,
  });

export const Became: FC<{ visit: Visit; job: GrantJob; rows: readonly OutcomeRow[] }> = ({
  visit,
  job,
  rows,
}) => {
  const outcome = outcomeIn(visit);
  const items = rows.slice(0, pageSize);
  const after = rows.length > pageSize ? items.at(-1)?.memberId : null;
  const query = new URLSearchParams(outcome === null ? {} : { outcome });
  return (
    <Sheet title="每一位会员" note="明细留 180 天，合计一直在">
      <Download action={`${pathOf(job)}/csv`} token={visit.token} query={query} />
      <Table
        caption={outcome === null ? '按会员编号排' : outcomeNames[outcome]}
        rows={items}
        empty="还没有。"
        next={after ? asked(pathOf(job), { outcome, after }) : null}
        columns={[
          {
            label: '会员',
            show: ({ memberId, name }) => <a href={`${membersPath}/${memberId}`}>{name ?? '没有填'}</a>,
          },
          { label: '手机', show: ({ phone }) => phoneFor(visit, phone) },
          { label: '结果', show: (row) => outcomeNames[row.outcome] },
          { label: '时间', show: ({ at }) => moment(at, visit.now) },
        ]}
      />
    </Sheet>
  );
};

export const jobCsv = screen({
  path: `${grantJobsPath}/:id/csv`,
  title: '下载发券结果',
  who: office,
  post: async (visit) => {
    const job = await jobFor(visit);
    if (!job) return noJob();
    const outcome = outcomeIn(visit);
    await record(visit, { act: 'list.export', subject: `发券 ${job.id}`, before: null, after: { outcome } });
    return csvResponse<OutcomeRow, string>({
      name: '发券结果',
      columns: [
        { label: '会员编号', text: ({ memberId }) => memberId },
        { label: '称呼', text: ({ name }) => name ?? '' },
        { label: '手机', text: ({ phone }) => (phone === null ? '' : phoneFor(visit, phone)) },
        { label: '结果', text: (row) => outcomeNames[row.outcome] },
        { label: '时间', text: ({ at }) => moment(at, visit.now) },
      ],
      first: '',
      read: async (after, limit) => {
        const found = await listOutcomes(visit.db, { jobId: job.id, outcome, after, limit });
        return { items: found, next: found.length === limit ? (found.at(-1)?.memberId ?? null) : null };
      },
    });
  },
});
