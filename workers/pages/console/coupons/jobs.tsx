/** 给一群会员发券: the jobs, and a new one drawn up: whom, which coupon, and why. Nothing is given before it is confirmed. */
import { drawGrantJob, GrantJobInput } from '../../../commands/coupons/grant-jobs.ts';
import { listGrantJobs } from '../../../db/coupons/grant-jobs.ts';
import { endOfTime } from '../../../db/paging.ts';
import type { GrantJob } from '../../../../schema/index.ts';
import { checkForm, isRedrawn, openForm, redrawn, refusedForm, type FormSpec } from '../form/form.tsx';
import { count, moment } from '../kit/format.ts';
import { office } from '../kit/nav.ts';
import { asked, Mark, Sheet, Table } from '../kit/parts.tsx';
import { record } from '../kit/record.ts';
import { screen } from '../kit/screen.ts';
import { storesOf, type Visit } from '../kit/visit.ts';
import { audienceWords, dealtWith, grantJobWords, jobStates } from '../words/promotions/grant-jobs.ts';
import { jobChoices, nameIn } from './job-choices.ts';
import { grantJobsPath } from './paths.ts';

const pageSize = 50;

/** A manager sees the jobs that end where her stores do. */
export function maySeeJob({ person }: Visit, { storeIds }: GrantJob): boolean {
  const own = storesOf(person);
  return own === null || (storeIds?.every((id) => own.includes(id)) ?? false);
}

const jobList = screen({
  path: grantJobsPath,
  title: '给一群会员发券',
  who: office,
  get: async (visit) => {
    const before = { at: Number(visit.query.get('at')) || endOfTime, id: visit.query.get('id') ?? '' };
    const [found, choices] = await Promise.all([
      listGrantJobs(visit.db, before, pageSize + 1),
      jobChoices(visit),
    ]);
    const page = found.slice(0, pageSize);
    const last = page.at(-1);
    const next =
      found.length > pageSize && last
        ? asked(grantJobsPath, { at: String(last.createdAt), id: last.id })
        : null;
    const nameOf = nameIn(choices);
    return {
      lead: '选一群会员，每人发一张券。先看有多少人、要花多少，确认以后才开始发。',
      acts: (
        <a class="button first" href={`${grantJobsPath}/new`}>
          选会员发券
        </a>
      ),
      body: (
        <Sheet>
          <Table
            caption="最新的在上面"
            rows={page.filter((job) => maySeeJob(visit, job))}
            empty={<p>还没有发过。比如：给最近 90 天买过奶粉的会员，每人一张 10 元券。</p>}
            next={next}
            columns={[
              {
                label: '发给谁',
                show: ({ id, audience }) => (
                  <a href={`${grantJobsPath}/${id}`}>{audienceWords(audience, nameOf)}</a>
                ),
              },
              { label: '券', show: ({ templateId }) => nameOf(templateId) },
              {
                label: '状态',
                show: ({ state }) => <Mark tone={jobStates[state].tone}>{jobStates[state].label}</Mark>,
              },
              { label: '发到', show: ({ counts }) => `${count(counts.given ?? 0)} 人`, isNumber: true },
              {
                label: '没发',
                show: ({ counts }) => count(dealtWith(counts) - (counts.given ?? 0)),
                isNumber: true,
              },
              { label: '谁', show: ({ by }) => by },
              { label: '时间', show: ({ createdAt }) => moment(createdAt, visit.now) },
            ]}
          />
        </Sheet>
      ),
    };
  },
});

const specOf = async (visit: Visit): Promise<FormSpec<GrantJobInput>> => ({
  schema: GrantJobInput,
  words: grantJobWords,
  choices: await jobChoices(visit),
  action: `${grantJobsPath}/new`,
  token: visit.token,
  label: '看看有多少人',
});

const jobForm = screen({
  path: `${grantJobsPath}/new`,
  title: '选会员发券',
  who: office,
  get: async (visit) => ({
    ...openForm(await specOf(visit), { to: { by: 'category', days: 90 }, count: 1, tells: true }),
    lead: '这一步还不会发。下一页写着有多少人、要花多少，确认以后才开始。',
  }),
  post: async (visit, form) => {
    const spec = await specOf(visit);
    if (isRedrawn(form)) return redrawn(spec, form);
    const checked = checkForm(spec, form);
    if ('again' in checked) return checked.again;
    const drawer = { by: visit.person.name, storeIds: storesOf(visit.person) };
    const draft = await drawGrantJob(visit.db, checked.input, drawer, visit.now);
    if ('code' in draft) return refusedForm(spec, form, draft);
    const { id, templateId, people, reason } = draft.row;
    // Whom a list names is not told to the audit.
    const after = { by: checked.input.to.by, templateId, people, reason };
    await record(visit, { act: 'grant-job.create', subject: id, before: null, after }, draft);
    return visit.context.redirect(`${grantJobsPath}/${id}`, 303);
  },
});

export const jobListScreens = [jobList, jobForm];
