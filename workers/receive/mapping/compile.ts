/** 映射编译: turns a specification into functions once; their result is validated like every other event. */
import { defaultTimezone, linesMax } from '../../../schema/index.ts';
import { listOf, textOf } from '../lossless/tree.ts';
import { fold } from './values/convert.ts';
import { finderOf, pathName, type Scope } from './paths.ts';
import type { Maker } from './run.ts';
import type { Condition, Node } from './node.ts';
import { compileValue } from './values/value.ts';

export type Test = (scope: Scope) => boolean;

/** A mapping that loops a list inside a list inside a list costs this at most. */
const stepsMax = 100_000;

export function compileNode(node: Node, zone = defaultTimezone): Maker {
  const maker = makerOf(node, zone);
  return (scope, run) => {
    run.steps += 1;
    if (run.steps > stepsMax) {
      if (run.steps === stepsMax + 1)
        run.faults.push({ field: 'mapping', says: `takes more than ${stepsMax} steps` });
      return null;
    }
    return maker(scope, run);
  };
}

function makerOf(node: Node, zone: string): Maker {
  if ('path' in node) return compileValue(node, zone);
  if ('const' in node) return () => node.const;
  if ('object' in node) {
    const entries = Object.entries(node.object).map(
      ([key, inner]) => [key, compileNode(inner, zone)] as const,
    );
    return (scope, run) => {
      const object: Record<string, unknown> = {};
      for (const [key, make] of entries) {
        const value = make(scope, run);
        if (value !== null && value !== undefined) object[key] = value;
      }
      return Object.keys(object).length > 0 ? object : null;
    };
  }
  if ('each' in node) return compileEach(node, zone);
  if ('first_of' in node) {
    const makers = node.first_of.map((inner) => compileNode(inner, zone));
    return (scope, run) => {
      for (const make of makers) {
        const value = make(scope, run);
        if (value !== null && value !== undefined) return value;
      }
      return null;
    };
  }
  if ('concat' in node) {
    const makers = node.concat.map((inner) => compileNode(inner, zone));
    return (scope, run) => {
      const parts = makers
        .map((make) => make(scope, run))
        .filter((part) => part !== null && part !== undefined);
      return parts.length > 0 ? parts.map(String).join(node.with ?? '') : null;
    };
  }
  const test = compileConditions(node.when);
  const take = compileNode(node.take, zone);
  const otherwise = node.else && compileNode(node.else, zone);
  return (scope, run) => (test(scope) ? take(scope, run) : otherwise?.(scope, run));
}

function compileEach(node: Extract<Node, { each: unknown }>, zone: string): Maker {
  const find = finderOf(node.each);
  const test = compileConditions(node.where ?? []);
  const make = compileNode(node.map, zone);
  return (scope, run) => {
    const made: unknown[] = [];
    for (const tree of listOf(find(scope))) {
      const inner = { tree, above: scope };
      if (!test(inner)) continue;
      if (made.length === linesMax) {
        run.faults.push({ field: pathName(node.each), says: `has more than ${linesMax} elements` });
        break;
      }
      const value = make(inner, run);
      if (value !== null && value !== undefined) made.push(value);
    }
    return made;
  };
}

/** True when all conditions hold; without conditions it is always true. */
export function compileConditions(conditions: readonly Condition[]): Test {
  const tests = conditions.map(compileCondition);
  return (scope) => tests.every((test) => test(scope));
}

function compileCondition({ path, is, not, present, negative }: Condition): Test {
  const find = finderOf(path);
  if (present !== undefined) {
    return (scope) => {
      const value = find(scope);
      const isThere =
        value !== undefined &&
        value !== null &&
        value !== '' &&
        !(Array.isArray(value) && value.length === 0);
      return isThere === present;
    };
  }
  if (negative !== undefined) {
    return (scope) => /^-(?=.*[1-9])/.test(textOf(find(scope)) ?? '') === negative;
  }
  const words = new Set(
    [is ?? not ?? null].flat().map((word) => (word === null ? null : fold(String(word)))),
  );
  return (scope) => {
    const text = textOf(find(scope));
    return words.has(text === null ? null : fold(text)) === (is !== undefined);
  };
}
