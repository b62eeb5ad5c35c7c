/** 抽出的话: which texts of a module can be read from a file while a request is answered, and what stands in their place. */
import { isDeepStrictEqual } from 'node:util';
import { Visitor, parseSync, type ESTree } from 'rolldown/utils';

/** A sentence; the parts of one with values between them; a list or a record of texts. */
export type Said = string | readonly unknown[] | object;
/** Where a text is kept; the same text has the same number. */
export type NumberOf = (said: Said) => number;

/** Of a module, by name. */
export type Exports = Readonly<Record<string, unknown>>;

type Cut = { readonly start: number; readonly end: number; readonly text: string };

const chinese = /[\u2E80-\u9FFF]/;
/** In UTF-8: what is shorter than three characters costs less where it is. */
const bytesMin = 9;
const isWorthIt = (text: string): boolean => chinese.test(text) && Buffer.byteLength(text) >= bytesMin;

/**
 * JavaScript, of which functions say their sentences by number, and lists and records of texts are empty until they are filled.
 * `exports`: what the module exports, where that is known.
 */
export function cutWords(code: string, numberOf: NumberOf, exports: Exports = {}): string {
  const { program } = parseSync('module.js', code);
  const cuts = [...constantsIn(program, numberOf, exports), ...sentencesIn(program, numberOf)];
  if (cuts.length === 0) return code;
  return cuts
    .toSorted((one, other) => other.start - one.start)
    .reduce((left, { start, end, text }) => left.slice(0, start) + text + left.slice(end), code);
}

function constantsIn(program: ESTree.Program, numberOf: NumberOf, exports: Exports): Cut[] {
  return program.body.flatMap((statement) => {
    const isExported = statement.type === 'ExportNamedDeclaration';
    const declared = isExported ? statement.declaration : statement;
    if (declared?.type !== 'VariableDeclaration') return [];
    return declared.declarations.flatMap(({ id, init }): Cut[] => {
      if (!init || id.type !== 'Identifier') return [];
      const value = isExported && id.name in exports ? exports[id.name] : plainIn(init)?.is;
      if (!isPlain(value) || !isWorthIt(JSON.stringify(value))) return [];
      const empty = Array.isArray(value) ? '[]' : '{}';
      const { start, end } = init;
      return [{ start, end, text: `$carried(${String(numberOf(value))}, ${empty})` }];
    });
  });
}

/** Lists and records of texts alone: what the file gives back is the same. A regular expression, say, would come back as nothing. */
const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && isDeepStrictEqual(asWritten(value), value);

function asWritten(value: object): unknown {
  try {
    return JSON.parse(JSON.stringify(value));
  } catch {
    return undefined;
  }
}

/** What is written there, if it is nothing but texts, numbers, lists and records. */
function plainIn(node: ESTree.Node): { readonly is: unknown } | null {
  if (node.type === 'Literal') return 'regex' in node || 'bigint' in node ? null : { is: node.value };
  if (node.type === 'ArrayExpression') {
    const items = node.elements.map((item) => item && plainIn(item));
    return items.includes(null) ? null : { is: items.map((item) => item?.is) };
  }
  if (node.type !== 'ObjectExpression') return null;
  const entries: [string, unknown][] = [];
  for (const field of node.properties) {
    if (field.type !== 'Property' || field.computed) return null;
    const value = plainIn(field.value);
    const name = nameOf(field.key);
    if (!value || name === null) return null;
    entries.push([name, value.is]);
  }
  return { is: Object.fromEntries(entries) };
}

function nameOf(key: ESTree.Node): string | null {
  if (key.type === 'Identifier') return key.name;
  return key.type === 'Literal' && typeof key.value === 'string' ? key.value : null;
}

/** In functions alone: what a module says while it is loaded is said before anything can be read. */
function sentencesIn(program: ESTree.Program, numberOf: NumberOf): Cut[] {
  const cuts: Cut[] = [];
  const kept = new Set<ESTree.Node>();
  let depth = 0;
  const enter = (): void => void (depth += 1);
  const leave = (): void => void (depth -= 1);
  new Visitor({
    FunctionDeclaration: enter,
    'FunctionDeclaration:exit': leave,
    FunctionExpression: enter,
    'FunctionExpression:exit': leave,
    ArrowFunctionExpression: enter,
    'ArrowFunctionExpression:exit': leave,
    Property: ({ key, computed }) => void (computed || kept.add(key)),
    PropertyDefinition: ({ key, computed }) => void (computed || kept.add(key)),
    CallExpression: (call) => titlesOf(call).forEach((title) => kept.add(title)),
    TaggedTemplateExpression: ({ quasi }) => void kept.add(quasi),
    Literal(node) {
      if (depth === 0 || kept.has(node) || typeof node.value !== 'string' || !isWorthIt(node.value)) return;
      cuts.push({ start: node.start, end: node.end, text: `$said(${String(numberOf(node.value))})` });
    },
    TemplateLiteral(node) {
      if (depth > 0 && !kept.has(node)) cuts.push(...templateCuts(node, numberOf));
    },
  }).visit(program);
  return cuts;
}

/** What declares a page. Functions that make some do so while the modules are loaded. */
const declarations = new Set(['page', 'publicPage', 'screen']);
function titlesOf({ callee, arguments: [given] }: ESTree.CallExpression): ESTree.Node[] {
  if (callee.type !== 'Identifier' || !declarations.has(callee.name)) return [];
  const fields = given?.type === 'ObjectExpression' ? given.properties : [];
  return fields.flatMap((field) =>
    field.type === 'Property' && nameOf(field.key) === 'title' ? [field.value] : [],
  );
}

/** `满 ${yuan} 元` becomes `$said(7, yuan)`; what is said inside of a value is cut for itself. */
function templateCuts(
  { start, end, quasis, expressions }: ESTree.TemplateLiteral,
  numberOf: NumberOf,
): Cut[] {
  const parts = quasis.map(({ value }) => value.cooked ?? '');
  if (!isWorthIt(parts.join(''))) return [];
  const edges = [start, ...expressions.flatMap((value) => [value.start, value.end]), end];
  const last = quasis.length - 1;
  const number = String(numberOf(last === 0 ? (parts[0] ?? '') : parts));
  // In parentheses, so that a value with a comma in it stays one.
  return quasis.map((_, place) => ({
    start: edges[place * 2] ?? start,
    end: edges[place * 2 + 1] ?? end,
    text: `${place === 0 ? `$said(${number}` : ')'}${place === last ? ')' : ', ('}`,
  }));
}
