/** 填错了怎么说: whatever our own checks have against a form is told in Chinese, with the remedy. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Visitor, parseSync, type ESTree } from 'rolldown/utils';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { root } from '../../../scripts/runtime.ts';
import { faultsOf, faultsOfProblem } from '../../../workers/pages/console/form/faults.ts';
import { specWords } from '../../../workers/pages/console/words/labs/said.ts';
import { Reason } from '../../../workers/pages/console/stored/carried.ts';
import { faultWords } from '../../../workers/words/fault-words.ts';

const filesOf = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name));

/** Stands for whatever a message names. */
const anything = '7';
function textsOf(node: ESTree.Node | undefined): string[] {
  if (node?.type === 'ConditionalExpression') return [node.consequent, node.alternate].flatMap(textsOf);
  if (node?.type === 'Literal') return typeof node.value === 'string' ? [node.value] : [];
  if (node?.type !== 'TemplateLiteral') return [];
  return [node.quasis.map(({ value }) => value.cooked ?? '').join(anything)];
}

const checks = ['refine', 'regex', 'min', 'max', 'length'];

/** The English of a file’s own checks: `invalidField(…, text)`, `.refine(…, text)`, and every `message` or `error`. */
function messagesIn(file: string): string[] {
  const found: string[] = [];
  const { program } = parseSync(file, readFileSync(join(root, file), 'utf8'));
  new Visitor({
    CallExpression: ({ callee, arguments: given }) => {
      if (callee.type === 'Identifier' && callee.name === 'invalidField') found.push(...textsOf(given[1]));
      if (callee.type === 'MemberExpression' && callee.property.type === 'Identifier')
        if (checks.includes(callee.property.name) && given.length > 1) found.push(...textsOf(given.at(-1)));
    },
    Property: ({ key, value }) => {
      if (key.type === 'Identifier' && ['message', 'error'].includes(key.name)) found.push(...textsOf(value));
    },
    VariableDeclarator: ({ id, init }) => {
      if (id.type === 'Identifier' && id.name === 'message' && init) found.push(...textsOf(init));
    },
  }).visit(program);
  return found.filter((text) => / [a-z]/.test(text) && !/\p{Script=Han}/u.test(text.slice(0, 12)));
}

/** Put together from parts that each say what they say. */
const whole: Readonly<Record<string, string>> = {
  '7, and 7: 7, or 7':
    'coupon template T does not say what it costs the shop, and the budget counts it: draw up another, or set no budget',
};

/** As a command says it, with the place in front; as a schema does of a value, and of its shape. */
const waysIntoAForm = (text: string): string[] => {
  const ofShapes = [z.string().refine(() => false, text), z.string().regex(/^$/, text)];
  return [
    ...faultsOfProblem({ status: 422, code: '', field: 'f', detail: `config.f[0].g: ${text}` }).values(),
    ...ofShapes.flatMap((shape) => {
      const { error } = shape.safeParse('x');
      return error ? [...faultsOf(error).values()] : [];
    }),
  ];
};
const says = /\p{Script=Han}/u;
const saysNothing = /内容不符合要求|这一项填得不对|格式不对，请照例子填/;
const isSaid = (texts: readonly string[]): boolean =>
  texts.length > 0 && texts.every((text) => says.test(text) && !saysNothing.test(text));

/** What no form leads to: only a program, or a till, is told. */
const ofPrograms = [
  'give either orderNo or, where there is no number yet, cartId',
  'this system numbers 7',
  'must look like sale.completed',
  'must be left out: this deployment polls nobody',
  'has at least one sample: a body as the till sends it and the event it must become',
];
const folders: readonly (readonly [string, (text: string) => readonly string[]])[] = [
  ['schema', waysIntoAForm],
  ['workers/commands', waysIntoAForm],
  ['workers/decide', waysIntoAForm],
  ['workers/pages/console', waysIntoAForm],
  ['workers/schedule/poll', waysIntoAForm],
  ['workers/receive/erp', waysIntoAForm],
  ['workers/receive/verify', waysIntoAForm],
  ['workers/receive/mapping', (text) => [specWords(text)]],
  ['schema/canonical', (text) => [faultWords(text)]],
];

describe.each(folders)('%s', (folder, told) => {
  const files = filesOf(folder).filter((file) => folder !== 'schema' || !file.startsWith('schema/canonical'));
  const messages = new Set(files.flatMap(messagesIn));

  test('says something against what is entered', () => {
    expect(messages.size).toBeGreaterThan(0);
  });

  test('says nothing that has no Chinese', () => {
    const bare = [...messages].filter(
      (text) => !ofPrograms.includes(text) && !isSaid(told(whole[text] ?? text)),
    );
    expect(bare).toEqual([]);
  });
});

test('a reason that is left out is asked for, and one of a single character is too short', () => {
  const saidOf = (reason: string): string | undefined => {
    const { error } = z.object({ reason: Reason }).safeParse({ reason }, { reportInput: true });
    return error && faultsOf(error).get('reason');
  };
  expect([saidOf(''), saidOf('错'), saidOf('错了')]).toEqual([
    '这一项要填。',
    '太短了，至少 2 个字。',
    undefined,
  ]);
});
