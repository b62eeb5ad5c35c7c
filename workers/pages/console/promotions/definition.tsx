/** 一种定义的页面: listed, drawn up and changed by a form, all from the definition that the API serves too. */
import type { Child } from 'hono/jsx';
import type { Role } from '../../../../schema/index.ts';
import { change, create, type Changeable, type Definition } from '../../../commands/definitions/define.ts';
import { endOfTime } from '../../../db/paging.ts';
import { checkForm, isRedrawn, openForm, redrawn, refusedForm } from '../form/form.tsx';
import { type Typed } from '../form/typed.ts';
import type { Problem } from '../../../platform/problem.ts';
import { asked, Sheet, Table, type Column } from '../kit/parts.tsx';
import { saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { NotFound } from '../kit/refusals.tsx';
import { screen, type ConsolePage } from '../kit/screen.ts';
import type { ConsoleView } from '../kit/shell.tsx';
import type { Visit } from '../kit/visit.ts';
import type { Act } from '../words/acts.ts';
import { emptied, nameIn, savingOf, specOf, typedOf, type Drawn } from './definition-form.ts';
import { switchScreen, withSwitch } from './switch.tsx';

const pageSize = 50;

type Common<Id extends string, Input, Row> = Omit<Drawn<Input>, 'definition'> & {
  readonly path: string;
  readonly who: readonly Role[];
  /** 活动: as in 新建活动. */
  readonly noun: string;
  readonly lead: string;
  readonly empty: Child;
  /** When it is drawn again: what was never filled in and has no place any more goes. */
  readonly tidied?: (typed: Typed) => Typed;
  /** What stands in the form of a new one. */
  readonly blank: unknown;
  readonly columns: (visit: Visit) => readonly Column<Row>[];
  /** Beside the button of the list. */
  readonly listActs?: (visit: Visit) => Child;
  readonly createAct: Act;
  readonly definition: Definition<Id, Input, Row>;
};

type Moving<Id extends string, Input, Row> = Omit<Common<Id, Input, Row>, 'definition'> & {
  readonly definition: Changeable<Id, Input, Row>;
  readonly changeAct: Act;
  /** Beside the form of one that is there. */
  readonly beside?: (visit: Visit, row: Row) => Promise<Child>;
  readonly acts?: (visit: Visit, row: Row) => Child;
  /** To turn it off undoes what it did, or it may not be turned on: no button, but the form that says so. */
  readonly isFormOnly?: true;
};

/** Drawn up and never changed, because somebody holds what came of it. */
export function fixedScreens<Id extends string, Input, Row>(given: Common<Id, Input, Row>): ConsolePage[] {
  return [listScreen(given), createScreen(given)];
}

export function changeableScreens<Id extends string, Input, Row>(
  given: Moving<Id, Input, Row>,
): ConsolePage[] {
  const own = [listScreen(given), createScreen(given), changeScreen(given)];
  if (given.isFormOnly) return own;
  const refused = async (visit: Visit, input: unknown, problem: Problem): Promise<ConsoleView> => {
    const typed = typedOf(given.definition, input);
    const view = refusedForm(await specOf(given, visit, savingOf(given, visit), typed), typed, problem);
    return { ...view, title: nameIn(input) ?? given.noun };
  };
  return [...own, switchScreen({ ...given, refused })];
}

const listScreen = <Id extends string, Input, Row>(given: Common<Id, Input, Row>): ConsolePage => {
  const { path, who, noun, lead, empty, definition, columns } = given;
  return screen({
    path,
    title: noun,
    who,
    get: async (visit) => {
      const before = { at: Number(visit.query.get('at')) || endOfTime, id: visit.query.get('id') ?? '' };
      const found = await definition.list(visit.db, before, pageSize + 1);
      const rows = found.slice(0, pageSize);
      const place = rows.map((row) => definition.placeOf(row)).at(-1);
      const next =
        found.length > pageSize && place ? asked(path, { at: String(place.createdAt), id: place.id }) : null;
      return {
        lead,
        acts: (
          <>
            <a class="button first" href={`${path}/new`}>
              新建{noun}
            </a>
            {given.listActs?.(visit)}
          </>
        ),
        body: (
          <Sheet>
            <Table caption="最新的在上面" rows={rows} empty={empty} next={next} columns={columns(visit)} />
          </Sheet>
        ),
      };
    },
  });
};

const createScreen = <Id extends string, Input, Row>(given: Common<Id, Input, Row>): ConsolePage => {
  const { path, who, noun, blank, definition, createAct } = given;
  const button = { action: `${path}/new`, label: `新建${noun}` };
  return screen({
    path: `${path}/new`,
    title: `新建${noun}`,
    who,
    get: async (visit) => openForm(await specOf(given, visit, button, typedOf(definition, blank)), blank),
    post: async (visit, form) => {
      const spec = await specOf(given, visit, button, form);
      if (isRedrawn(form)) return redrawn(spec, given.tidied?.(form) ?? form);
      const checked = checkForm(spec, form);
      if ('again' in checked) return checked.again;
      const draft = await create(definition, visit.db, checked.input, visit.now);
      if ('code' in draft) return refusedForm(spec, form, draft);
      const { id } = definition.placeOf(draft.row);
      await record(visit, { act: createAct, subject: id, before: null, after: checked.input }, draft);
      return visit.context.redirect(saying(path, 'created'), 303);
    },
  });
};

const changeScreen = <Id extends string, Input, Row>(given: Moving<Id, Input, Row>): ConsolePage => {
  const { path, who, noun, definition, changeAct, beside, acts, isFormOnly } = given;
  const back = { href: path, label: `回到${noun}` };
  return screen({
    path: `${path}/:id`,
    title: noun,
    who,
    get: async (visit) => {
      const row = await definition.read(visit.db, visit.id as Id);
      if (row === null) return NotFound(noun, back);
      const input = definition.inputOf(row);
      const [spec, besides] = await Promise.all([
        specOf(given, visit, savingOf(given, visit), typedOf(definition, input)),
        beside?.(visit, row),
      ]);
      const view = openForm(spec, input);
      return {
        ...view,
        title: nameIn(input) ?? noun,
        acts: withSwitch(acts?.(visit, row), isFormOnly ? null : { path, visit, input }),
        body: (
          <>
            {view.body}
            {besides}
          </>
        ),
      };
    },
    post: async (visit, form) => {
      const spec = await specOf(given, visit, savingOf(given, visit), form);
      if (isRedrawn(form)) return redrawn(spec, given.tidied?.(form) ?? form);
      const checked = checkForm(spec, form);
      if ('again' in checked) return checked.again;
      const before = await definition.read(visit.db, visit.id as Id);
      if (before === null) return NotFound(noun, back);
      // A field that was emptied stands in no form: as null it is taken out of what is there.
      const patch = emptied(definition.inputOf(before), checked.input);
      const changed = await change(definition, visit.db, { id: visit.id as Id, patch }, visit.now);
      if (!('row' in changed)) return refusedForm(spec, form, changed);
      const told = { before: definition.inputOf(before), after: checked.input };
      await record(visit, { act: changeAct, subject: visit.id, ...told }, changed);
      return visit.context.redirect(saying(`${path}/${visit.id}`, 'saved'), 303);
    },
  });
};
