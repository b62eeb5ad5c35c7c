/** 批量打标签: begun from the list of members, and how far each has come. */
import {
  GroupId,
  MemberId,
  TagWord,
  type MemberGroup,
  type TagAudience,
  type Tagging,
  type TagJob,
} from '../../../../schema/index.ts';
import { copying, drawTagJob, moving, putting, taking } from '../../../commands/tags/tag-many.ts';
import { tagPage } from '../../../commands/tags/tag-page.ts';
import { readTagJob, listTagJobs } from '../../../db/tags/tag-jobs.ts';
import { fromNewest } from '../../../db/paging.ts';
import { isRefusedBy } from '../../../db/refusals.ts';
import { groupOf, tagOfGroup } from '../../../decide/tags/worn.ts';
import { count, moment } from '../kit/format.ts';
import { office } from '../kit/nav.ts';
import { Mark, Sheet, Table } from '../kit/parts.tsx';
import { saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { screen } from '../kit/screen.ts';
import { storesOf, type Visit } from '../kit/visit.ts';
import { keyIn } from '../members/act-form.tsx';
import { membersPath } from '../members/list.tsx';
import { taggingPath } from './many-form.tsx';
import { tagShop } from '../../../views/tags.ts';

const jobsPath = '/console/tag-jobs';
const shownMax = 50;
/** A page of the list is done while its person waits; what is more goes on by itself. One more than it ticks: that it was all is seen. */
const atOnceMax = 51;

type Asked = { readonly tagging: Tagging; readonly audience: TagAudience };

/** Null where nobody or nothing was chosen. */
function askedIn(form: URLSearchParams, groups: readonly MemberGroup[]): Asked | null {
  const group = GroupId.safeParse(form.get('toGroup'));
  const isGroup = group.success && groups.some(({ id }) => id === group.data);
  const word = TagWord.safeParse(form.get('to'));
  const to = isGroup ? tagOfGroup(group.data) : word.success ? word.data : null;
  const from = form.get('from');
  const memberIds = form.getAll('member').flatMap((id) => MemberId.safeParse(id).data ?? []);
  const isAll = from !== null && form.get('who') === 'all';
  if (to === null || to === from || (!isAll && memberIds.length === 0)) return null;
  const tagging = taggingOf(form.get('act'), from, to);
  return { tagging, audience: isAll ? { tag: from } : { memberIds: memberIds.slice(0, atOnceMax) } };
}

function taggingOf(act: string | null, from: string | null, to: string): Tagging {
  if (act === 'off') return taking(to);
  if (from !== null && act === 'copy') return copying(from, to);
  return from !== null && act === 'move' ? moving(from, to) : putting(to);
}

const begin = screen({
  path: taggingPath,
  title: '批量打标签',
  who: office,
  post: async (visit, form) => {
    const { groups } = await tagShop(visit.db);
    const asked = askedIn(form, groups);
    if (asked === null) return visit.context.redirect(saying(membersPath, 'untagged'), 303);
    const drawer = { by: visit.person.name, storeIds: storesOf(visit.person) };
    // The same form sent twice is one job.
    const id = `tj_${keyIn(form)}`;
    if ((await readTagJob(visit.db, id)) === null) {
      const { row, statements } = drawTagJob({ ...asked, id }, drawer, visit.now);
      // Whom a list names is not told to the audit.
      const after = { ...asked.tagging, by: 'tag' in asked.audience ? 'tag' : 'list' };
      try {
        await record(visit, { act: 'tag-job.create', subject: id, before: null, after }, { statements });
        // Rung for afterwards: two at once would both take the first page.
        const isDone = await tagPage(visit.deps.engine, row, atOnceMax, visit.now);
        if (!isDone) visit.deps.jobsBell.ring();
      } catch (error) {
        // The other tap was faster by a moment: it is written, and goes on by itself.
        if (!isRefusedBy(error, 'tag_jobs.id')) throw error;
      }
    }
    return visit.context.redirect(saying(jobsPath, 'tagging'), 303);
  },
});

const jobs = screen({
  path: jobsPath,
  title: '批量打标签',
  who: office,
  get: async (visit) => {
    const [found, { groups }] = await Promise.all([
      listTagJobs(visit.db, fromNewest, shownMax),
      tagShop(visit.db),
    ]);
    const nameOf = (tag: string): string => {
      const id = groupOf(tag);
      return id === null ? tag : `分组“${groups.find((one) => one.id === id)?.definition.name ?? '已停用'}”`;
    };
    const shown = found.filter((job) => maySee(visit, job));
    return {
      goingOnSince: shown.find(({ state }) => state === 'running')?.createdAt,
      lead: '在会员表里勾选会员，或者先按标签、分组找，再给找到的全部贴。人多的时候一批一批地做，做到哪里写在这里。',
      acts: (
        <a class="button first" href={membersPath}>
          去选会员
        </a>
      ),
      body: (
        <Sheet>
          <Table
            caption="最新的在上面"
            rows={shown}
            empty={<p>还没有做过。</p>}
            columns={[
              { label: '做什么', show: ({ tagging }) => wordsOf(tagging, nameOf) },
              {
                label: '状态',
                show: ({ state }) => (
                  <Mark tone={state === 'done' ? 'good' : 'wait'}>
                    {state === 'done' ? '做完了' : '正在做'}
                  </Mark>
                ),
              },
              { label: '改了', show: ({ counts }) => `${count(counts.changed ?? 0)} 人`, isNumber: true },
              { label: '没改', show: (job) => leftWords(job) },
              { label: '谁', show: ({ by }) => by || '系统' },
              { label: '时间', show: ({ createdAt }) => moment(createdAt, visit.now) },
            ]}
          />
        </Sheet>
      ),
    };
  },
});

/** A manager sees the jobs that end where her stores do. */
function maySee({ person }: Visit, { storeIds }: TagJob): boolean {
  const own = storesOf(person);
  return own === null || (storeIds?.every((id) => own.includes(id)) ?? false);
}

function wordsOf(tagging: Tagging | null, nameOf: (tag: string) => string): string {
  if (tagging === null) return '按标签规则重算';
  const { put, off, from } = tagging;
  const [to, gone] = [put.map(nameOf).join('、'), off.map(nameOf).join('、')];
  if (from === null) return to === '' ? `拿掉 ${gone}` : `贴上 ${to}`;
  return gone === '' ? `有 ${nameOf(from)} 的再贴上 ${to}` : `${gone} 换成 ${to}`;
}

const leftKinds = { same: '本来就是', full: '贴满了', nobody: '已注销或合并', failed: '没做成' } as const;

const leftWords = ({ counts }: TagJob): string =>
  Object.entries(leftKinds)
    .flatMap(([kind, label]) => {
      const many = counts[kind as keyof typeof leftKinds] ?? 0;
      return many === 0 ? [] : [`${label} ${count(many)}`];
    })
    .join('，');

export const tagManyScreens = [begin, jobs];
