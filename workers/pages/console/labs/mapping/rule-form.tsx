/** 一条规则的表: which documents it is for, and for each field of ours where it stands in what the till sends. */
import type { FC } from 'hono/jsx';
import { canonicalTypes } from '../../../../../schema/index.ts';
import type { Faults } from '../../form/faults.ts';
import { Select } from '../../form/select.tsx';
import type { Typed } from '../../form/typed.ts';
import { typeName } from '../../words/events.ts';
import { labWords, testNames } from '../../words/labs/labs.ts';
import { fieldsOfType, type EventField } from './fields.ts';
import { LeafField, options, wordsOf, type Drawing } from './leaf.tsx';
import { elementAt, pathsIn, type Found } from './paths.ts';
import { beside, ignored, textIn, tests, usualType, whenMax } from './rule.ts';

export const RuleForm: FC<{ typed: Typed; faults: Faults; tree: unknown; above: readonly Found[] }> = ({
  typed,
  faults,
  tree,
  above,
}) => {
  const type = textIn(typed, 'type') || usualType;
  const found = [...pathsIn(tree), ...above];
  const drawing = { type, typed, faults, tree, found, listId: 'paths' };
  const types = [...canonicalTypes.filter((one) => one !== 'ping'), ignored];
  return (
    <>
      <div class="field">
        <label for="type">{labWords.kind}</label>
        <span class="withunit">
          <Select
            name="type"
            value={type}
            options={types.map((value) => ({
              value,
              label: value === ignored ? labWords.ignores : typeName(value),
            }))}
            isRedrawing
          />
          <button class="plain" name="act" value="look" data-redraw>
            {labWords.kindRedraw}
          </button>
        </span>
      </div>
      <When drawing={drawing} />
      <p class="help">{labWords.fieldsHelp}</p>
      <Paths id={drawing.listId} found={found} />
      {type !== ignored && <LeafField field={timeField} drawing={drawing} />}
      <All fields={[...fieldsOfType(type), idField(type)]} drawing={drawing} />
    </>
  );
};

const part = { isRequired: true, values: [], inner: [] };
const timeField: EventField = { ...part, name: beside.at, kind: 'moment' };
const idField = (type: string): EventField => ({
  ...part,
  name: beside.id,
  kind: 'id',
  isRequired: type === ignored,
});

const Paths: FC<{ id: string; found: readonly Found[] }> = ({ id, found }) => (
  <datalist id={id}>
    {found.map(({ path, value }) => (
      <option value={path}>{value}</option>
    ))}
  </datalist>
);

const When: FC<{ drawing: Drawing }> = ({ drawing: { typed, listId } }) => {
  const filled = Array.from({ length: whenMax }, (_, place) => String(place)).filter(
    (place) => place === '0' || textIn(typed, `w:${Number(place) - 1}`) !== '',
  );
  return (
    <fieldset class="card">
      <legend>{labWords.when}</legend>
      <span class="help">{labWords.whenHelp}</span>
      {filled.map((place) => (
        <div class="field line">
          <input
            name={`w:${place}`}
            value={textIn(typed, `w:${place}`)}
            list={listId}
            aria-label={labWords.at}
            autocomplete="off"
          />
          <Select
            name={`o:${place}`}
            value={textIn(typed, `o:${place}`) || 'is'}
            options={options(testNames, [...tests])}
          />
          <input name={`v:${place}`} value={typed.get(`v:${place}`) ?? ''} aria-label={labWords.theirs} />
        </div>
      ))}
    </fieldset>
  );
};

/** What is seldom needed stands folded behind, unless something stands there or is wrong. */
const All: FC<{ fields: readonly EventField[]; drawing: Drawing }> = ({ fields, drawing }) => {
  const isRare = ({ name, isRequired }: EventField): boolean =>
    !isRequired && wordsOf(drawing.type, name).isRare === true;
  const rare = fields.filter(isRare);
  const isOpen = rare.some(({ name }) =>
    [...drawing.typed].some(([key, value]) => value !== '' && `${key}.`.startsWith(`f:${name}.`)),
  );
  return (
    <>
      {fields
        .filter((one) => !isRare(one))
        .map((field) => (
          <OneField field={field} drawing={drawing} />
        ))}
      {rare.length > 0 && (
        <details class="field" open={isOpen}>
          <summary>更多栏目</summary>
          {rare.map((field) => (
            <OneField field={field} drawing={drawing} />
          ))}
        </details>
      )}
    </>
  );
};

const OneField: FC<{ field: EventField; drawing: Drawing }> = ({ field, drawing }) => {
  const { name, kind, inner } = field;
  if (kind !== 'object' && kind !== 'list') return <LeafField field={field} drawing={drawing} />;
  const { label, help } = wordsOf(drawing.type, name);
  const path = textIn(drawing.typed, `f:${name}`);
  const tree = kind === 'list' && path !== '' ? elementAt(drawing.tree, path) : undefined;
  const within =
    kind === 'list' ? { ...drawing, tree, found: pathsIn(tree ?? {}), listId: `paths-${name}` } : drawing;
  return (
    <fieldset class="card">
      <legend>{label}</legend>
      {kind === 'list' ? (
        <>
          <LeafField field={field} drawing={drawing} />
          <Paths id={within.listId} found={within.found} />
        </>
      ) : (
        help !== undefined && <span class="help">{help}</span>
      )}
      <All fields={inner} drawing={within} />
    </fieldset>
  );
};
