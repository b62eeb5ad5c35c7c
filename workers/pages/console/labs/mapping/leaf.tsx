/** 一栏: where a field of ours stands in what the till sends, what is found there now, and how the till writes it. */
import type { FC, PropsWithChildren } from 'hono/jsx';
import type { Faults } from '../../form/faults.ts';
import { Select } from '../../form/select.tsx';
import type { Typed } from '../../form/typed.ts';
import type { FieldWords } from '../../form/words.ts';
import { eventFieldWords } from '../../words/labs/fields.ts';
import { labWords, unitNames } from '../../words/labs/labs.ts';
import type { EventField } from './fields.ts';
import type { Found } from './paths.ts';
import { textIn } from './rule.ts';

/** Of an event's own, of its name, or of what it is called within whatever holds it. */
export const wordsOf = (type: string, name: string): FieldWords => {
  const last = name.slice(name.lastIndexOf('.') + 1);
  const words = eventFieldWords;
  return words[`${type}:${name}`] ?? words[name] ?? words[last] ?? { label: name };
};

export type Drawing = {
  readonly type: string;
  readonly typed: Typed;
  readonly faults: Faults;
  /** What paths begin at: the payload, or one element of its list. */
  readonly tree: unknown;
  readonly found: readonly Found[];
  /** The list of suggestions that belongs to it. */
  readonly listId: string;
};

export const options = (names: Readonly<Record<string, string>>, only = Object.keys(names)) =>
  only.map((value) => ({ value, label: names[value] ?? value }));

export const LeafField: FC<{ field: EventField; drawing: Drawing }> = ({ field, drawing }) => {
  const { name, isRequired } = field;
  const { typed, faults, found, listId, type } = drawing;
  const { label, help } = wordsOf(type, name);
  const path = textIn(typed, `f:${name}`);
  const fault = faults.get(name);
  const now = found.find((one) => one.path === path)?.value;
  return (
    <div class={fault === undefined ? 'field' : 'field bad'}>
      <label for={`f:${name}`}>
        {label}
        {isRequired && <small> {labWords.must}</small>}
      </label>
      {help !== undefined && <span class="help">{help}</span>}
      <span class="withunit">
        <input
          id={`f:${name}`}
          name={`f:${name}`}
          value={path}
          list={listId}
          maxlength={200}
          autocomplete="off"
        />
        <Unit field={field} drawing={drawing} />
      </span>
      {now !== undefined && (
        <span class="help">
          {labWords.now}
          <b>{now}</b>
        </span>
      )}
      {fault !== undefined && <p class="problem">{fault}</p>}
      {path !== '' && <More field={field} drawing={drawing} />}
    </div>
  );
};

const unitsOf: Readonly<Record<string, readonly string[]>> = {
  fen: ['yuan', 'fen', 'yuan:abs', 'fen:abs', 'yuan:negate', 'fen:negate'],
  qty: ['qty', 'qty:abs'],
};

const Unit: FC<{ field: EventField; drawing: Drawing }> = ({ field: { name, kind }, drawing: { typed } }) => {
  const units = unitsOf[kind];
  if (!units) return <></>;
  const value = textIn(typed, `u:${name}`) || (units[0] ?? '');
  return <Select name={`u:${name}`} value={value} options={options(unitNames, [...units])} />;
};

/** What is asked of a field once it is found: the till's words for ours, nobody's number, how many a carton holds. */
const More: FC<{ field: EventField; drawing: Drawing }> = ({ field, drawing: { typed, type, listId } }) => {
  const { name, kind } = field;
  if (kind === 'enum') return <Theirs field={field} typed={typed} names={wordsOf(type, name).values ?? {}} />;
  if (kind === 'qty') return <Text name={`t:${name}`} label={labWords.times} typed={typed} list={listId} />;
  const isNumberOfMember = /(^|\.)(cardNo|externalId)$/.test(name);
  return isNumberOfMember ? (
    <Text name={`n:${name}`} label={labWords.none} help={labWords.noneHelp} typed={typed} />
  ) : (
    <></>
  );
};

const Theirs: FC<{ field: EventField; typed: Typed; names: Readonly<Record<string, string>> }> = ({
  field: { name, values },
  typed,
  names,
}) =>
  textIn(typed, `f:${name}`).startsWith('=') ? (
    <></>
  ) : (
    <fieldset class="card">
      <legend>{labWords.theirs}</legend>
      <span class="help">{labWords.theirsHelp}</span>
      {values.map((value) => (
        <Text name={`e:${name}:${value}`} label={names[value] ?? value} typed={typed} />
      ))}
      <div class="field">
        <label for={`d:${name}`}>{labWords.fallback}</label>
        <Select
          name={`d:${name}`}
          value={textIn(typed, `d:${name}`)}
          options={options(names, [...values])}
          isOpen
        />
      </div>
    </fieldset>
  );

export const Text: FC<
  PropsWithChildren<{ name: string; label: string; help?: string; typed: Typed; list?: string }>
> = ({ name, label, help, typed, list }) => (
  <div class="field">
    <label for={name}>{label}</label>
    {help !== undefined && <span class="help">{help}</span>}
    <input
      id={name}
      name={name}
      value={typed.get(name) ?? ''}
      list={list}
      maxlength={500}
      autocomplete="off"
    />
  </div>
);
