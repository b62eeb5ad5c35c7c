/** 部署里没有的话: what is left out of the Worker is what a call's declaration tells readers, and nothing that is answered. */
import { parseSync } from 'rolldown/utils';
import { expect, test } from 'vitest';
import { withoutTold } from '../scripts/undocumented.ts';

const left = (code: string): string => withoutTold(code, parseSync('x.ts', code).program);
const spaceless = (code: string): string => left(code).replaceAll(/\s/g, '');

test.each([
  [
    'what a call says',
    `route({ summary: 'List', method: 'GET', description: \`one
    two\`, refusals: { 404: ['gone'] } })`,
    `route({method:'GET',})`,
  ],
  [
    'what a resource says of each of its calls',
    `resource({ get: { summary: 'Read' }, path })`,
    `resource({get:{},path})`,
  ],
  ['what a value says', `z.int().describe('in fen').min(1)`, `z.int().min(1)`],
  ['what a field says', `z.int().meta({ description: 'in fen' }).optional()`, `z.int().optional()`],
  ['what it shows', `z.int().meta({ description: 'in fen', examples: [800] })`, `z.int()`],
])('%s is left out', (_, code, expected) => {
  expect(spaceless(code)).toBe(expected);
});

test.each([
  ['a description that is answered', `route({ handle: () => ok({ description: 'Spring', tag: 'new' }) })`],
  ['a description in data', `const menu = { description: 'Spring', summary: 'Sale' }`],
  ['a name beside the description', `z.int().meta({ id: 'Fen', description: 'in fen' })`],
])('%s stays', (_, code) => {
  expect(left(code)).toBe(code);
});

test('every line and column stays where it is', () => {
  const code = `route({\n  summary: '会员列表 😀',\n  method: 'GET',\n});\nfail();`;
  expect(left(code)).toHaveLength(code.length);
  expect(left(code).split('\n')[4]).toBe('fail();');
  expect(left(code).indexOf('method')).toBe(code.indexOf('method'));
});
