/** 对会员做的一件事: a form of one command, its refusals at their fields, and what was before and after in the audit. */
import type { Role } from '../../../../schema/index.ts';
import type * as z from 'zod';
import type { Writing } from '../../../commands/draft.ts';
import type { MemberHoldings } from '../../../db/members/members.ts';
import type { Refusal } from '../../../decide/refusals.ts';
import type { Problem } from '../../../platform/problem.ts';
import { newWord } from '../../keys.ts';
import { checkForm, isRedrawn, openForm, redrawn, refusedForm, type FormSpec } from '../form/form.tsx';
import type { Choices, FormWords } from '../form/words.ts';
import { saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { NotFound } from '../kit/refusals.tsx';
import { screen, type ConsolePage } from '../kit/screen.ts';
import type { Visit } from '../kit/visit.ts';
import type { Act } from '../words/acts.ts';
import { saidWords } from '../words/said.ts';
import { membersPath } from './list.tsx';
import { backToMembers, memberFor } from './profile.tsx';

export const keyField = 'key';

/** Drawn with the form: the same form sent twice is one act. */
export const keyIn = (form: URLSearchParams): string => {
  const key = form.get(keyField) ?? '';
  return /^[0-9a-z]{26}$/.test(key) ? key : newWord();
};

export const problemOf = (refusal: Refusal): Problem => ({
  status: 409,
  code: refusal.code,
  detail: refusal.code,
  numbers: Object.fromEntries(
    Object.entries(refusal).flatMap(([name, value]) => (typeof value === 'number' ? [[name, value]] : [])),
  ),
});
export const notDecided: Problem = { status: 503, code: 'not_decided', detail: 'again' };

/** What was before and after; `draft` is what is still to be written, with the audit. */
export type Carried =
  | { readonly before: unknown; readonly after: unknown; readonly draft?: Writing }
  | { readonly problem: Problem };

export type MemberAct<Input> = {
  /** The last part of its path. */
  readonly part: string;
  readonly title: string;
  readonly who: readonly Role[];
  readonly act: Act;
  readonly schema: z.ZodType<Input>;
  readonly words: FormWords;
  readonly lead: (found: MemberHoldings, now: number) => string;
  readonly value: (found: MemberHoldings, visit: Visit) => unknown;
  readonly choices?: (visit: Visit) => Promise<Choices>;
  /** Where it leads to; the member's page where it says nothing. */
  readonly next?: (id: string) => string;
  /** What the page says then; what is said of its act, where nothing is given, or that it is saved. */
  readonly said?: string;
  readonly carry: (
    visit: Visit,
    found: MemberHoldings,
    asked: { readonly input: Input; readonly key: string },
  ) => Promise<Carried>;
};

export function memberAct<Input>(given: MemberAct<Input>): ConsolePage {
  const { part, title, who, act, lead, value, carry } = given;
  const next = given.next ?? ((id: string) => `${membersPath}/${id}`);
  return screen({
    path: `${membersPath}/:id/${part}`,
    title,
    who,
    get: async (visit) => {
      const found = await memberFor(visit);
      if (!found) return NotFound('这位会员', backToMembers);
      const spec = await specOf(given, visit, newWord());
      return {
        ...openForm(spec, await value(found, visit)),
        title: whose(title, found),
        lead: lead(found, visit.now),
      };
    },
    post: async (visit, form) => {
      const found = await memberFor(visit);
      if (!found) return NotFound('这位会员', backToMembers);
      const key = keyIn(form);
      const spec = await specOf(given, visit, key);
      const named = { title: whose(title, found) };
      if (isRedrawn(form)) return { ...redrawn(spec, form), ...named };
      const checked = checkForm(spec, form);
      if ('again' in checked) return { ...checked.again, ...named };
      const { id } = found.member;
      const carried = await carry(visit, found, { input: checked.input, key });
      if ('problem' in carried) return { ...refusedForm(spec, form, carried.problem), ...named };
      const { before, after, draft } = carried;
      await record(visit, { act, subject: id, before, after }, draft);
      return visit.context.redirect(saying(next(id), saidOf(given)), 303);
    },
  });
}

const saidOf = ({ said, act }: Pick<MemberAct<unknown>, 'said' | 'act'>): string =>
  said ?? (saidWords[act] === undefined ? 'saved' : act);

/** Money is taken for somebody: her name stands above the form. */
const whose = (title: string, { member: { name } }: MemberHoldings): string =>
  name === null ? title : `${title} · ${name}`;

const specOf = async <Input,>(
  { part, title, schema, words, choices }: MemberAct<Input>,
  visit: Visit,
  key: string,
): Promise<FormSpec<Input>> => ({
  schema,
  words,
  choices: (await choices?.(visit)) ?? {},
  action: `${membersPath}/${visit.id}/${part}`,
  token: visit.token,
  label: title,
  beside: <input type="hidden" name={keyField} value={key} />,
});
