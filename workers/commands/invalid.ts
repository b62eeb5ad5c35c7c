/** 填错了: a problem that names each wrong field. */
import type * as z from 'zod';
import type { Problem } from '../platform/problem.ts';

const issuesMax = 50;

export function invalid(error: z.ZodError, prefix = ''): Problem {
  const issues = error.issues
    .slice(0, issuesMax)
    .flatMap((issue) =>
      fieldsOf(issue).map((field) => ({ field: join(prefix, field), message: messageOf(issue) })),
    );
  const [first] = issues;
  return refuse(first?.field ?? '', first?.message ?? 'not as described', issues);
}

/** One fault that only the database or another field can show. */
export const invalidField = (field: string, message: string): Problem =>
  refuse(field, message, [{ field, message }]);

/** All faults that only an adapter or another part of the deployment can show. */
export function invalidFields(
  problems: readonly { readonly path: string; readonly message: string }[],
  prefix = '',
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

/** An unknown key is reported under its own path, not under its object. */
function fieldsOf(issue: z.core.$ZodIssue): string[] {
  const path = pathOf(issue.path);
  return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => join(path, key)) : [path];
}

/** A name that somebody chose: its own check says what is wrong with it. */
const messageOf = (issue: z.core.$ZodIssue): string =>
  (issue.code === 'invalid_key' ? issue.issues[0]?.message : undefined) ?? issue.message;

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
