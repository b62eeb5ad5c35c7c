/** 一种定义的接口: created, listed, read and changed over HTTP, all from one declaration. */
import * as z from 'zod';
import {
  change,
  create,
  unknown,
  type Changeable,
  type Definition,
} from '../../commands/definitions/define.ts';
import { commit } from './commit.ts';
import { ringFor } from '../../commands/draft.ts';
import { created, namedAnswer, namedBody, ok, route, type Route } from './define.ts';
import { listOf, newestFirst, paged, pageQuery } from './paging.ts';

type Words = { readonly summary: string; readonly description?: string };

type CreateWords = Words & {
  /** Its own error codes, besides that of a key that is used again. */
  readonly conflicts?: readonly string[];
};

type ChangeWords = Words & {
  /** As documented; every field may be left out. */
  readonly body: z.ZodType;
  /** Its own error codes, besides that of concurrent changes. */
  readonly conflicts?: readonly string[];
};

type Common<Row, Answer> = {
  readonly path: string;
  readonly tag: string;
  /** `Campaign`: the OpenAPI shapes are CampaignInput, CampaignList and so on. */
  readonly name: string;
  readonly answer: z.ZodType<Answer>;
  readonly view: (row: Row) => NoInfer<Answer>;
  readonly create: CreateWords;
  readonly list: Words;
};

type Fixed<Id extends string, Input, Row, Answer> = Common<Row, Answer> & {
  readonly definition: Definition<Id, Input, Row>;
};

type Moving<Id extends string, Input, Row, Answer> = Common<Row, Answer> & {
  readonly definition: Changeable<Id, Input, Row>;
  readonly get?: Words;
  readonly change: ChangeWords;
};

const common = { scope: 'admin' } as const;

/** A definition that is created and never changed. */
export function fixedResource<Id extends string, Input, Row, Answer>(
  given: Fixed<Id, Input, Row, Answer>,
): Route[] {
  const { definition, path, tag, name, view } = given;
  const answer = namedAnswer(name, given.answer);
  const { conflicts = [], ...words } = given.create;
  return [
    route({
      ...common,
      ...words,
      tag,
      method: 'POST',
      path,
      statuses: [201],
      refusals: { 409: ['idempotency_key_reused', ...conflicts] },
      body: namedBody(`${name}Input`, definition.input),
      answer,
      handle: async (call) => {
        const draft = await create(definition, call.deps.db, call.body, call.now);
        return 'code' in draft ? draft : commit(call, draft, created(view(draft.row)));
      },
    }),
    route({
      ...common,
      ...given.list,
      tag,
      method: 'GET',
      path,
      statuses: [200],
      query: z.strictObject(pageQuery),
      answer: listOf(`${name}List`, answer),
      handle: ({ deps, query }) =>
        paged(
          query,
          newestFirst((before, limit) => definition.list(deps.db, before, limit), placeOf(definition)),
          view,
        ),
    }),
  ];
}

const placeOf =
  <Id extends string, Row>({ placeOf: place }: Pick<Definition<Id, never, Row>, 'placeOf'>) =>
  (row: Row) => {
    const { id, createdAt } = place(row);
    return { at: createdAt, id: id as string };
  };

/** A definition that may be changed by a JSON merge patch, merged over concurrent changes. */
export function resource<Id extends string, Input, Row, Answer>(
  given: Moving<Id, Input, Row, Answer>,
): Route[] {
  const { definition, tag, name, view, answer } = given;
  const { conflicts = [], body, ...words } = given.change;
  const none = unknown(definition);
  const drawnUp = fixedResource(given);
  const one = {
    ...common,
    tag,
    path: `${given.path}/{id}`,
    statuses: [200],
    params: z.strictObject({ id: definition.id }),
    answer,
  } as const;
  const get = given.get && [
    route({
      ...one,
      ...given.get,
      method: 'GET',
      refusals: { 404: [none.code] },
      handle: async ({ deps, params: { id } }) => {
        const row = await definition.read(deps.db, id);
        return row === null ? none : ok(view(row));
      },
    }),
  ];
  const patch = route({
    ...one,
    ...words,
    method: 'PATCH',
    refusals: { 404: [none.code], 409: [...conflicts, 'changed_meanwhile'] },
    body: z.record(z.string(), z.unknown()),
    documentedBody: namedBody(`${name}Patch`, body),
    handle: async ({ deps, now, params: { id }, body: given }) => {
      const changed = await change(definition, deps.db, { id, patch: given }, now);
      if (!('row' in changed)) return changed;
      ringFor(changed, deps);
      return ok(view(changed.row));
    },
  });
  return [...drawnUp, ...(get ?? []), patch];
}
