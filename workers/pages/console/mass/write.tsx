/** 写一条群发: a form, then how many people it reaches and what they see, and nothing goes out before that is confirmed. */
import type { FC } from 'hono/jsx';
import { MassInput, sendMass } from '../../../commands/promotions/mass.ts';
import { countMass, followersCountedMax, type MassReach } from '../../../db/mass/mass-audience.ts';
import { readMass, type MassProgress } from '../../../db/mass/mass-views.ts';
import { isRefusedBy } from '../../../db/refusals.ts';
import { monthOf } from '../../../decide/fans/mass.ts';
import { isSame } from '../../../decide/plain/same.ts';
import { newWord } from '../../keys.ts';
import { tokenField } from '../../posted.tsx';
import { checkForm, isRedrawn, openForm, redrawn, refusedForm, type FormSpec } from '../form/form.tsx';
import { nameIn } from '../coupons/job-choices.ts';
import { count, moment } from '../kit/format.ts';
import { owner } from '../kit/nav.ts';
import { Confirm, Figures, isSure, Sheet } from '../kit/parts.tsx';
import { saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { screen } from '../kit/screen.ts';
import type { Visit } from '../kit/visit.ts';
import { keyField, keyIn } from '../members/act-form.tsx';
import { massAudienceWords, massSaid, massWords } from '../words/promotions/mass.ts';
import { draftsOf, massChoices, massPath, OnPhone, type Drafts } from './kit.tsx';

const path = `${massPath}/new`;
type Mass = MassProgress['mass'];

async function specOf(visit: Visit, drafts: Drafts | null, key: string): Promise<FormSpec<MassInput>> {
  return {
    schema: MassInput,
    words: massWords,
    choices: { ...(await massChoices(visit)), mediaId: drafts ?? [] },
    // Lists are for programs.
    hides: { 'to.~shape': ['openids', 'memberIds'] },
    action: path,
    token: visit.token,
    label: '看看有多少人',
    beside: <input type="hidden" name={keyField} value={key} />,
  };
}

const Warnings: FC<{ visit: Visit; drafts: Drafts | null }> = ({ visit, drafts }) =>
  visit.deps.official === null ? (
    <p class="note stop">{massSaid.noAccount}</p>
  ) : drafts === null ? (
    <p class="note">{massSaid.noDrafts}</p>
  ) : (
    <></>
  );

export const massForm = screen({
  path,
  title: '写一条群发',
  who: owner,
  get: async (visit) => {
    const drafts = await draftsOf(visit);
    const view = openForm(await specOf(visit, drafts, newWord()), { to: { all: true } });
    return {
      ...view,
      lead: massSaid.formLead,
      body: (
        <>
          <Warnings visit={visit} drafts={drafts} />
          {view.body}
        </>
      ),
    };
  },
  post: async (visit, form) => {
    const drafts = await draftsOf(visit);
    const key = keyIn(form);
    const spec = await specOf(visit, drafts, key);
    if (isRedrawn(form)) return redrawn(spec, form);
    const checked = checkForm(spec, form);
    if ('again' in checked) return checked.again;
    const draft = sendMass(checked.input, visit.now, `mm_${key}`);
    if ('code' in draft) return refusedForm(spec, form, draft);
    const { mass } = draft.row;
    const reach = await countMass(visit.db, mass.audience, monthOf(mass.dueAt));
    if (isSure(form) && canGo(visit, mass, reach)) {
      return send(visit, { mass, reach, isTimed: checked.input.at !== undefined }, draft);
    }
    const fields = Object.fromEntries([...form].filter(([name]) => name !== tokenField));
    const view = redrawn(spec, form);
    return {
      ...view,
      title: '看清楚再发',
      lead: massSaid.counted,
      body: (
        <>
          <Warnings visit={visit} drafts={drafts} />
          <Asking
            visit={visit}
            mass={mass}
            isMoved={checked.input.at !== undefined && Date.parse(checked.input.at) < mass.dueAt}
            reach={reach}
            to={massAudienceWords(mass.audience, nameIn(spec.choices))}
            drafts={drafts}
            fields={{ ...fields, [keyField]: key }}
          />
          <h2>要改，在这里改</h2>
          {view.body}
        </>
      ),
    };
  },
});

/** WeChat takes no list of one; a text for somebody who is alone goes another way. */
function canGo({ deps }: Visit, { content }: Mass, { people, full }: MassReach): boolean {
  const getting = people - full;
  return deps.official !== null && (getting > 1 || (getting === 1 && 'text' in content));
}

/** The same form sent twice is one message; changed after it went out, it is no second one, and she is told so. */
async function send(
  visit: Visit,
  { mass, reach, isTimed }: { readonly mass: Mass; readonly reach: MassReach; readonly isTimed: boolean },
  draft: Parameters<typeof record>[2],
) {
  const { content, audience } = mass;
  let known = await readMass(visit.db, mass.id);
  if (known === null) {
    const after = { ...content, to: audience, at: new Date(mass.dueAt).toISOString(), people: reach.people };
    try {
      await record(visit, { act: 'mass.send', subject: mass.id, before: null, after }, draft);
    } catch (error) {
      // The other tap was faster by a moment: it is written, and written down.
      if (!isRefusedBy(error, 'mass_messages.id')) throw error;
      known = await readMass(visit.db, mass.id);
    }
  }
  // Without an hour it is due when it is confirmed, which no second tap is for.
  const told = (one: Mass): unknown => [one.content, one.audience, isTimed && one.dueAt];
  const isChanged = known !== null && !isSame(told(known.mass), told(mass));
  const said = isChanged ? 'mass-known' : 'mass-sent';
  return visit.context.redirect(saying(`${massPath}/${mass.id}`, said), 303);
}

type AskingProps = {
  readonly visit: Visit;
  readonly mass: Mass;
  readonly isMoved: boolean;
  readonly reach: MassReach;
  readonly to: string;
  readonly drafts: Drafts | null;
  readonly fields: Readonly<Record<string, string>>;
};

const Asking: FC<AskingProps> = ({ visit, mass, isMoved, reach, to, drafts, fields }) => {
  const { people, full } = reach;
  const getting = people - full;
  const many = `${count(getting)}${people >= followersCountedMax ? '+' : ''}`;
  const isText = 'text' in mass.content;
  const isNow = mass.dueAt <= visit.now;
  return (
    <>
      <Figures
        figures={[
          { label: to, value: count(people), unit: '人' },
          { label: '这个月已经收满四条', value: count(full), unit: '人' },
          { label: '这次发到', value: many, unit: '人' },
        ]}
      />
      {isMoved && <p class="note">{massSaid.atNight}</p>}
      {getting === 0 && <p class="note stop">{massSaid.nobody}</p>}
      {getting === 1 && (
        <p class={isText ? 'note' : 'note stop'}>{isText ? massSaid.loneText : massSaid.loneArticle}</p>
      )}
      <Sheet title="手机上看到的">
        <OnPhone content={mass.content} drafts={drafts} />
      </Sheet>
      {canGo(visit, mass, reach) && (
        <Confirm
          action={path}
          token={visit.token}
          fields={fields}
          what={
            <p>
              发给 {many} 人，发出去收不回。
              {isNow
                ? '确认以后一两分钟内开始。'
                : `${moment(mass.dueAt, visit.now)} 开始，到那时以前可以停。`}
            </p>
          }
          label={`确认，发给 ${many} 人`}
          back={massPath}
        />
      )}
    </>
  );
};
