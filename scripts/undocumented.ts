/** 部署里没有的话: what the calls of the API say to readers stands in their document (`workers/api/openapi`), not in the Worker. */
import type { Plugin } from 'rolldown';
import { Visitor, type ESTree } from 'rolldown/utils';

/** What declares calls (`workers/api/call`). */
const declarations = new Set(['route', 'resource', 'fixedResource']);
/** `Told` in `workers/api/call/define.ts`: what serves a call does not see these. */
const told = new Set(['tag', 'summary', 'description', 'statuses', 'refusals']);

export const undocumented: Plugin = {
  name: 'undocumented',
  transform: {
    filter: { id: /\/(?:workers\/(?:api|commands|decide|views)|schema)\/.*\.tsx?$/ },
    handler(code, id) {
      const program = this.parse(code, { lang: id.endsWith('x') ? 'tsx' : 'ts' });
      return { code: withoutTold(code, program), map: null };
    },
  },
};

/** Every line and column stays where it is, so that a source map needs no other. */
export function withoutTold(code: string, program: ESTree.Program): string {
  let left = code;
  const blank = (start: number, end: number): void => {
    left = left.slice(0, start) + left.slice(start, end).replaceAll(/\S/g, ' ') + left.slice(end);
  };
  const blankToldIn = (given: ESTree.Node): void => {
    for (const field of fieldsOf(given))
      if (told.has(nameOf(field))) blank(field.start, afterComma(code, field.end));
  };
  new Visitor({
    CallExpression({ callee, arguments: [given], end }) {
      if (!given) return;
      if (callee.type === 'MemberExpression' && describes(callee, given)) blank(callee.object.end, end);
      if (callee.type !== 'Identifier' || !declarations.has(callee.name)) return;
      blankToldIn(given);
      // A resource says it of each of its calls.
      for (const { value } of fieldsOf(given)) blankToldIn(value);
    },
  }).visit(program);
  return left;
}

/** What a field tells readers; whatever else stands beside it stays. */
const forReaders = new Set(['description', 'example', 'examples']);

/** `.describe('in fen')` and `.meta({ description: 'in fen', examples: [800] })`. */
function describes({ property }: ESTree.MemberExpression, given: ESTree.Node): boolean {
  if (property.type !== 'Identifier') return false;
  if (property.name === 'describe') return true;
  const names = fieldsOf(given).map(nameOf);
  return property.name === 'meta' && names.length > 0 && names.every((name) => forReaders.has(name));
}

const fieldsOf = (given: ESTree.Node): ESTree.ObjectProperty[] =>
  given.type === 'ObjectExpression' ? given.properties.filter((field) => field.type === 'Property') : [];

const nameOf = ({ key }: ESTree.ObjectProperty): string => (key.type === 'Identifier' ? key.name : '');

const afterComma = (code: string, end: number): number =>
  end + (/^\s*,/.exec(code.slice(end))?.[0].length ?? 0);
