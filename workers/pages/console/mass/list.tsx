/** 群发: those that wait, go, are over or were stopped, each with how far it has come. */
import type { MassContent } from '../../../../schema/index.ts';
import { listMass, type MassProgress } from '../../../db/mass/mass-views.ts';
import { endOfTime } from '../../../db/paging.ts';
import { tallyOfMass } from '../../../views/mass.ts';
import { nameIn } from '../coupons/job-choices.ts';
import { count, moment } from '../kit/format.ts';
import { office, owner } from '../kit/nav.ts';
import { asked, Mark, Sheet, Table } from '../kit/parts.tsx';
import { screen } from '../kit/screen.ts';
import { isOneOf } from '../kit/visit.ts';
import { massAudienceWords, massSaid, massStateWords } from '../words/promotions/mass.ts';
import { massChoices, massPath } from './kit.tsx';

const pageSize = 20;
const shownLength = 24;

export const shortOf = (content: MassContent): string => {
  if (!('text' in content)) return '图文';
  const { text } = content;
  return text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
};

export const massList = screen({
  path: massPath,
  title: '群发',
  who: office,
  get: async (visit) => {
    const before = { at: Number(visit.query.get('at')) || endOfTime, id: visit.query.get('id') ?? '' };
    const [found, choices] = await Promise.all([
      listMass(visit.db, before, pageSize + 1),
      massChoices(visit),
    ]);
    const rows = found.slice(0, pageSize);
    const last = rows.at(-1)?.mass;
    const next =
      found.length > pageSize && last ? asked(massPath, { at: String(last.createdAt), id: last.id }) : null;
    return {
      lead: massSaid.lead,
      acts: isOneOf(visit.person, owner) ? (
        <a class="button first" href={`${massPath}/new`}>
          写一条群发
        </a>
      ) : undefined,
      body: (
        <Sheet>
          <Table
            caption="最新的在上面"
            rows={rows}
            empty={<p>{isOneOf(visit.person, owner) ? massSaid.empty : massSaid.managers}</p>}
            next={next}
            columns={columnsOf(nameIn(choices), visit.now)}
          />
        </Sheet>
      ),
    };
  },
});

const columnsOf = (nameOf: (id: string) => string, now: number) => [
  {
    label: '内容',
    show: ({ mass: { id, content } }: MassProgress) => <a href={`${massPath}/${id}`}>{shortOf(content)}</a>,
  },
  { label: '发给谁', show: ({ mass }: MassProgress) => massAudienceWords(mass.audience, nameOf) },
  {
    label: '状态',
    show: ({ mass: { state } }: MassProgress) => (
      <Mark tone={massStateWords[state].tone}>{massStateWords[state].label}</Mark>
    ),
  },
  { label: '时间', show: ({ mass }: MassProgress) => moment(mass.dueAt, now) },
  { label: '交给微信', show: ({ mass }: MassProgress) => count(mass.recipients), isNumber: true },
  {
    label: '微信说收到',
    show: (progress: MassProgress) => count(tallyOfMass(progress).sent),
    isNumber: true,
  },
  { label: '满四条没发', show: ({ mass }: MassProgress) => count(mass.overLimit), isNumber: true },
];
