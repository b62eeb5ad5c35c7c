/** 填错了怎么说: whatever our own checks have against a form is told in Chinese, with the remedy. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Visitor, parseSync, type ESTree } from 'rolldown/utils';
import { describe, expect, test } from 'vitest';
import { root } from '../../../scripts/runtime.ts';
import { faultsOfProblem } from '../../../workers/pages/console/form/faults.ts';
import { specWords } from '../../../workers/pages/console/words/labs/said.ts';
import { faultWords } from '../../../workers/words/fault-words.ts';

const filesOf = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));

/** Stands for whatever a message names. */
const anything = '7';
function textOf(node: ESTree.Node | undefined): string | null {
  if (node?.type === 'Literal') return typeof node.value === 'string' ? node.value : null;
  if (node?.type !== 'TemplateLiteral') return null;
  return node.quasis.map(({ value }) => value.cooked ?? '').join(anything);
}

const checks = ['refine', 'regex', 'min', 'max', 'length'];

/** The English of a file's own checks: `invalidField(…, text)`, `.refine(…, text)`, and every `message`. */
function messagesIn(file: string): string[] {
  const found: (string | null)[] = [];
  const { program } = parseSync(file, readFileSync(join(root, file), 'utf8'));
  new Visitor({
    CallExpression: ({ callee, arguments: given }) => {
      if (callee.type === 'Identifier' && callee.name === 'invalidField') found.push(textOf(given[1]));
      if (callee.type === 'MemberExpression' && callee.property.type === 'Identifier')
        if (checks.includes(callee.property.name) && given.length > 1) found.push(textOf(given.at(-1)));
    },
    Property: ({ key, value }) => {
      if (key.type === 'Identifier' && key.name === 'message') found.push(textOf(value));
    },
    VariableDeclarator: ({ id, init }) => {
      if (id.type === 'Identifier' && id.name === 'message' && init) found.push(textOf(init));
    },
  }).visit(program);
  return found.filter((text) => text !== null && / [a-z]/.test(text)) as string[];
}

/** Put together from parts that each say what they say. */
const whole: Readonly<Record<string, string>> = {
  '7, and 7: 7, or 7':
    'coupon template T does not say what it costs the shop, and the budget counts it: draw up another, or set no budget',
};

const inForm = (text: string): string =>
  faultsOfProblem({ status: 422, code: '', field: 'f', detail: text }).get('f') ?? '';
const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text) && !text.includes('内容不符合要求');

/** What no form leads to: only a program, or a till, is told. */
const ofPrograms = [
  'give either orderNo or, where there is no number yet, cartId',
  'this system numbers 7',
  'must look like sale.completed',
  'must be left out: this deployment polls nobody',
  'has at least one sample: a body as the till sends it and the event it must become',
];
const folders: readonly (readonly [string, (text: string) => string])[] = [
  ['schema', inForm],
  ['workers/commands', inForm],
  ['workers/decide', inForm],
  ['workers/receive/erp', inForm],
  ['workers/receive/verify', inForm],
  ['workers/receive/mapping', specWords],
  ['schema/canonical', faultWords],
];

describe.each(folders)('%s', (folder, told) => {
  const files = filesOf(folder).filter((file) => folder !== 'schema' || !file.startsWith('schema/canonical'));
  const messages = new Set(files.flatMap(messagesIn));

  test('says something against what is entered', () => {
    expect(messages.size).toBeGreaterThan(2);
  });

  test('says nothing that has no Chinese', () => {
    const bare = [...messages].filter(
      (text) => !ofPrograms.includes(text) && !isChinese(told(whole[text] ?? text)),
    );
    expect(bare).toEqual([]);
  });
});
