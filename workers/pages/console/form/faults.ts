/** 填错了怎么说: a fault of a form in the merchant's words, at its field, with the remedy. */
import type * as z from 'zod';
import type { Problem } from '../../../platform/problem.ts';
import { yuanFigure } from '../../../decide/plain/yuan.ts';
import { customFaults, faultShapes } from '../words/faults/checks.ts';
import { problemWords } from '../words/faults/problems.ts';
import { faultWords } from '../../../words/fault-words.ts';
import type { Field } from './field.ts';
import { at, countOf, lastOf } from './read.ts';
import type { Typed } from './typed.ts';

export type Faults = ReadonlyMap<string, string>;

/** `rewards[0].minFen` */
export const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`,
    '',
  );

/** One for each field: the first is enough to put it right. */
export function faultsOf(
  { issues }: z.ZodError,
  at: (path: readonly PropertyKey[]) => string = pathOf,
): Faults {
  const found = new Map<string, string>();
  for (const issue of issues) {
    const path = at(issue.path);
    if (!found.has(path)) found.set(path, wordsFor(issue, path));
  }
  return found;
}

const figure = (path: string, bound: number): string => {
  if (path.endsWith('Fen')) return `${yuanFigure(bound)} 元`;
  if (path.endsWith('payBps')) return `${bound / 1000} 折`;
  return path.endsWith('Bps') ? `${bound / 100}%` : String(bound);
};

function wordsFor(issue: z.core.$ZodIssue, path: string): string {
  if (issue.code === 'too_small') return tooSmall(issue, path);
  if (issue.code === 'too_big') return tooBig(issue, path);
  if (issue.code === 'invalid_type') {
    if (isNothing(issue.input)) return '这一项要填。';
    const isNumber = issue.expected === 'number' || issue.expected === 'int';
    return isNumber ? '请填数字，比如 10。' : wrong;
  }
  // A name that the merchant chose: what is wrong with it says its own check.
  if (issue.code === 'invalid_key') return issue.issues[0] ? wordsFor(issue.issues[0], path) : wrong;
  if (issue.code === 'invalid_value' || issue.code === 'invalid_union')
    return faultSaid(issue.message) ?? '请选一项。';
  if (issue.code === 'invalid_format')
    return issue.format === 'url'
      ? '请填以 https:// 开头的网址。'
      : (faultSaid(issue.message) ?? '格式不对，请照例子填。');
  return faultSaid(issue.message) ?? wrong;
}

/** Without the place that stands in front of it. */
const bare = (message: string): string => message.replace(/^[\w.[\]]+: /, '');
const faultSaid = (message: string): string | undefined => customFaults[message] ?? shaped(message);

function shaped(message: string): string | undefined {
  const [shape, words] = faultShapes.find(([one]) => one.test(message)) ?? [];
  const named = shape?.exec(message) ?? [];
  return words?.replaceAll(/\$(\d)/g, (_, place: string) => named[Number(place)] ?? '');
}

const wrong = '这一项填得不对，请检查。';
const isNothing = (input: unknown): boolean => input === undefined || input === null || input === '';

function tooBig({ origin, maximum }: z.core.$ZodIssueTooBig, path: string): string {
  if (origin === 'string') return `太长了，最多 ${Number(maximum)} 个字。`;
  if (origin === 'array') return `太多了，最多 ${Number(maximum)} 个。`;
  return `太大了，最大是 ${figure(path, Number(maximum))}。`;
}

function tooSmall(issue: z.core.$ZodIssueTooSmall, path: string): string {
  if (issue.origin === 'string')
    return isNothing(issue.input) ? '这一项要填。' : `太短了，至少 ${Number(issue.minimum)} 个字。`;
  if (issue.origin === 'array') return `至少要有 ${Number(issue.minimum)} 个。`;
  return `太小了，最小是 ${figure(path, Number(issue.minimum))}。`;
}

/** What a command refused: at its field, or above the form. */
export function faultsOfProblem({ code, field, issues, detail, numbers }: Problem): Faults {
  const said = (message: string): string => {
    const text = bare(message);
    const ofCode = problemWords[code]?.(numbers ?? {});
    return customFaults[text] ?? ofCode ?? shaped(text) ?? inGeneral(text) ?? unknownFault;
  };
  if (issues && issues.length > 0) return new Map(issues.map((issue) => [issue.field, said(issue.message)]));
  return new Map([[field ?? '', said(detail)]]);
}

/** What every value is measured by, such as how long it may be. */
function inGeneral(text: string): string | undefined {
  const words = faultWords(text);
  return words === text ? undefined : `${words}。`;
}

const unknownFault = '没有存上：内容不符合要求。请检查后再试；还是不行，把这一页拍下来发给装系统的人。';

/** Where in the form a fault is shown: a value stands in a row of its own, whatever the merchant called it. */
export const placeIn =
  (field: Field, typed: Typed) =>
  (path: readonly PropertyKey[]): string =>
    placed(field, typed, path, '') ?? pathOf(path);

function placed(
  field: Field,
  typed: Typed,
  [part, ...rest]: readonly PropertyKey[],
  path: string,
): string | null {
  if (part === undefined) return path;
  if (field.is === 'several') return placed(field.item, typed, rest, `${path}[${String(part)}]`);
  if (field.is === 'pairs') {
    const rows = Array.from({ length: countOf(typed, path) }, (_, place) => `${path}[${place}]`);
    const own = rows.find((row) => typed.get(`${row}~name`)?.trim() === part);
    return own === undefined ? null : placed(field.item, typed, rest, own);
  }
  if (field.is !== 'group' && field.is !== 'one-of') return null;
  const fields = field.is === 'group' ? field.fields : field.options.flatMap((option) => option.fields);
  const inner = fields.find(({ name }) => lastOf(name) === part);
  return inner ? placed(inner, typed, rest, at(path, String(part))) : null;
}
