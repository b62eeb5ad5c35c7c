/** 取值转换: one value of a payload by its path, in our unit. */
import { isUnreadPhone } from '../../../decide/plain/phones.ts';
import type { Tree } from '../../../lossless/json.ts';
import { textOf } from '../../lossless/tree.ts';
import {
  fenOfYuan,
  toBool,
  toDate,
  toFen,
  toId,
  toInstant,
  toMilli,
  toPhone,
  toQuantity,
  toText,
  wordFor,
  type Converted,
} from './convert.ts';
import { decimalText, timesMilli } from './decimal.ts';
import { finderOf, pathName, type Scope } from '../paths.ts';
import type { Maker } from '../run.ts';
import type { ValueNode } from '../node.ts';

export function compileValue(node: ValueNode, sourceZone: string): Maker {
  const find = finderOf(node.path);
  const name = pathName(node.path);
  const convert = converterOf(node, sourceZone);
  const none = new Set(node.none);
  return (scope, run) => {
    const found = find(scope);
    const text = none.size > 0 || node.as === 'phone' ? textOf(found) : null;
    const isNone = text !== null && none.has(text);
    const converted = convert(isNone ? undefined : found, scope);
    if (!converted.ok) {
      run.faults.push({ field: name, says: converted.why });
      return null;
    }
    if (node.as === 'phone' && converted.value === null && !isNone && isUnreadPhone(text))
      run.unreadPhones.push(name);
    const value = converted.value ?? node.default;
    if ((value === undefined || value === null) && node.required)
      run.faults.push({ field: name, says: 'is required and not there' });
    return value;
  };
}

type Convert = (tree: Tree | undefined, scope: Scope) => Converted<string | number | boolean>;

function converterOf(node: ValueNode, sourceZone: string): Convert {
  const { as = 'string', tz: zone = sourceZone, format, scale, sign, rounding } = node;
  const options = { scale, sign, rounding };
  switch (as) {
    case 'string':
      return (tree) => toText(tree);
    case 'id':
      return toId;
    case 'fen':
      return (tree) => toFen(tree, options);
    case 'yuan':
      return (tree) => fenOfYuan(tree, options);
    case 'qty': {
      const { times } = node;
      return times === undefined ? (tree) => toQuantity(tree, options) : multiplied(node, times);
    }
    case 'bool':
      return toBool;
    case 'datetime':
      return (tree) => toInstant(tree, zone, format);
    case 'date':
      return (tree) => toDate(tree, zone, format);
    case 'phone':
      return toPhone;
    case 'enum':
      return enumOf(node);
    default:
      return as satisfies never;
  }
}

/** 大单位: twelve boxes of six bottles are 72 bottles. */
function multiplied({ scale, sign, rounding }: ValueNode, times: NonNullable<ValueNode['times']>): Convert {
  const find = finderOf(times);
  return (tree, scope) => {
    const quantity = toMilli(tree, { scale, sign, rounding });
    const factor = toMilli(find(scope), {});
    if (!quantity.ok || quantity.value === null) return quantity;
    if (!factor.ok) return factor;
    return { ok: true, value: decimalText(timesMilli(quantity.value, factor.value ?? 1000), 3) };
  };
}

function enumOf({ values = {}, default: fallback }: ValueNode): Convert {
  return (tree) => {
    const text = toText(tree);
    if (!text.ok || text.value === null) return text;
    const word = wordFor(text.value, values);
    if (word !== null) return { ok: true, value: word };
    if (fallback !== undefined) return { ok: true, value: null };
    return { ok: false, why: `"${text.value}" is none of the values that were listed` };
  };
}
