/** Turns what a schema found wrong into a problem document that names the field. */
import type * as z from 'zod';
import type { Problem } from '../../platform/problem.ts';

type Parts = 'params' | 'query' | 'body';

/** All three parsed, or everything that is wrong with the first of them that is not right. */
export function check(
  schemas: Readonly<Record<Parts, z.ZodType>>,
  given: Readonly<Record<Parts, unknown>>,
): Readonly<Record<Parts, unknown>> | Problem {
  const params = schemas.params.safeParse(given.params);
  if (!params.success) return invalid(params.error);
  const query = schemas.query.safeParse(given.query);
  if (!query.success) return invalid(query.error);
  const body = schemas.body.safeParse(given.body);
  if (!body.success) return invalid(body.error);
  return { params: params.data, query: query.data, body: body.data };
}

const issuesMax = 50;

export function invalid(error: z.ZodError, prefix = ''): Problem {
  const issues = error.issues
    .slice(0, issuesMax)
    .flatMap((issue) =>
      fieldsOf(issue).map((field) => ({ field: join(prefix, field), message: issue.message })),
    );
  const [first] = issues;
  return refuse(first?.field ?? '', first?.message ?? 'not as described', issues);
}

/** One thing that only the database, or another field, could tell. */
export const invalidField = (field: string, message: string): Problem =>
  refuse(field, message, [{ field, message }]);

/** Everything that only an adapter, or another part of the deployment, could tell. */
export function invalidFields(
  problems: readonly { readonly path: string; readonly message: string }[],
  prefix: string,
): Problem {
  const issues = problems
    .slice(0, issuesMax)
    .map(({ path, message }) => ({ field: join(prefix, path), message }));
  const [first] = issues;
  return refuse(first?.field ?? prefix, first?.message ?? 'cannot be used', issues);
}

const refuse = (field: string, message: string, issues: NonNullable<Problem['issues']>): Problem => ({
  status: 422,
  code: 'invalid',
  detail: field === '' ? message : `${field}: ${message}`,
  ...(field !== '' && { field }),
  issues,
});

/** A key nobody knows is reported where it stands, not on the object around it. */
function fieldsOf(issue: z.core.$ZodIssue): string[] {
  const path = pathOf(issue.path);
  return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => join(path, key)) : [path];
}

const join = (path: string, field: string): string => {
  if (path === '' || field === '') return path + field;
  return field.startsWith('[') ? path + field : `${path}.${field}`;
};

/** `rewards[0].minFen` */
function pathOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : join(text, String(part))),
    '',
  );
}
