/** 合得上的条件: a form of a campaign offers what its trigger can be asked after, and nothing that saving would refuse. */
import { lacking } from '../../../decide/predicates/define.ts';
import { predicates } from '../../../decide/predicates/index.ts';
import { triggers } from '../../../decide/triggers/index.ts';
import { without } from '../form/form.tsx';
import type { Hidden } from '../form/drawing.tsx';
import { countOf } from '../form/read.ts';
import type { Typed } from '../form/typed.ts';

const list = 'conditions';

export function unfitting(typed: Typed): Hidden {
  const chosen = typed.get('trigger');
  const trigger = triggers.find(({ kind }) => kind === chosen);
  const kinds = trigger ? predicates.filter((one) => lacking(one, trigger) !== undefined) : [];
  return { [`${list}.kind`]: kinds.map(({ kind }) => kind) };
}

/** A condition that was filled in stays, and is refused in words; one that only stood there goes. */
export function tidied(typed: Typed): Typed {
  const kinds = unfitting(typed)[`${list}.kind`] ?? [];
  let left = typed;
  for (let place = countOf(typed, list) - 1; place >= 0; place -= 1) {
    const item = `${list}[${place}]`;
    if (kinds.includes(left.get(`${item}.kind`) ?? '') && isBlank(left, item)) left = without(left, item);
  }
  return left;
}

/** Choices always say something. */
const chosenParts = ['kind', 'scope', 'measure', 'unit'];

const isBlank = (typed: Typed, item: string): boolean =>
  [...typed].every(
    ([name, value]) =>
      !name.startsWith(`${item}.`) ||
      value.trim() === '' ||
      chosenParts.includes(name.slice(item.length + 1)),
  );
