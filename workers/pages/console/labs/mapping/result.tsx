/** 读成了什么: the event that a mapping makes, in our words, and what is missing of it. */
import type { FC } from 'hono/jsx';
import type { MappingAnswer, MappingTrial } from '../../../../commands/sources/lab-ports.ts';
import { yuanText } from '../../../../decide/plain/yuan.ts';
import { maskSubject, maskText } from '../../../../views/mask.ts';
import type { Faults } from '../../form/faults.ts';
import type { Typed } from '../../form/typed.ts';
import { Facts, Sheet, type Fact } from '../../kit/parts.tsx';
import { typeName } from '../../words/events.ts';
import { labWords } from '../../words/labs/labs.ts';
import { specWords } from '../../words/labs/said.ts';
import { wordsOf } from './leaf.tsx';
import { beside, ignored, textIn } from './rule.ts';
import { fieldsOfType, type EventField } from './fields.ts';

export type Lack = {
  /** Of ours; null where the till's own name is all that is known. */
  readonly name: string | null;
  readonly label: string;
  readonly says: string;
};

const withoutNumbers = (path: string): string => path.replaceAll(/\.\d+(?=\.|$)/g, '');

/** By field, where one is meant. */
function lackOf(line: string, type: string): Lack {
  const [, path = '', why = line] = /^([^:\s]+): (.*)$/s.exec(line) ?? [];
  const says = maskText(specWords(why));
  if (path === '' || path === 'data') return { name: null, label: '', says };
  const ours =
    path === 'occurredAt' ? beside.at : path === 'id' ? beside.id : (/^data\.(.+)$/.exec(path)?.[1] ?? null);
  const name = ours === null ? null : withoutNumbers(ours);
  return { name, label: name === null ? path : wordsOf(type, name).label, says };
}

/** What a mapping that cannot be used says, at the field that is meant: `events.0.data.object.lines.map.object.sku.path`. */
const problemLack = ({ path, message }: { path: string; message: string }, type: string): Lack => {
  const [, , part = '', ...rest] = path.split('.');
  const names = rest.filter((one) => !['object', 'map', 'each', 'path', 'as'].includes(one)).join('.');
  const name = part === 'data' ? names : part === 'occurredAt' ? beside.at : part === 'id' ? beside.id : null;
  return { name, label: name === null ? path : wordsOf(type, name).label, says: specWords(message) };
};

/** Of the rule that is shown: what nobody has said yet, and what the lab found besides. */
export function lacksOf(answer: MappingAnswer | null, type: string, typed: Typed | null): readonly Lack[] {
  const unsaid = (typed ? needed(type) : [])
    .filter((name) => textIn(typed ?? noTyped, `f:${name}`) === '')
    .map((name): Lack => ({ name, label: wordsOf(type, name).label, says: labWords.unsaid }));
  const found = foundIn(answer, type);
  if (unsaid.length === 0) return found;
  // What holds it is not there because it is not there.
  const isNew = ({ name }: Lack): boolean =>
    name !== null && !unsaid.some((one) => `${one.name}.`.startsWith(`${name}.`) || name === beside.id);
  return [...unsaid, ...found.filter(isNew)];
}
const noTyped = new URLSearchParams();

const needed = (type: string): readonly string[] =>
  type === ignored ? [] : [beside.at, ...leaves(fieldsOfType(type)).map(({ name }) => name)];
const leaves = (fields: readonly EventField[]): readonly EventField[] =>
  fields.flatMap((field) =>
    field.isRequired ? [...(field.kind === 'object' ? [] : [field]), ...leaves(field.inner)] : [],
  );

function foundIn(answer: MappingAnswer | null, type: string): readonly Lack[] {
  if (!answer) return [];
  if ('problems' in answer) return answer.problems.map((one) => problemLack(one, type));
  const [first] = answer.events;
  return first?.outcome === 'parked' ? first.missing.map((line) => lackOf(line, type)) : [];
}

export const faultsIn = (lacks: readonly Lack[]): Faults =>
  new Map(lacks.flatMap(({ name, says }) => (name === null ? [] : [[name, says] as const])).toReversed());

const Result: FC<{ answer: MappingAnswer; lacks: readonly Lack[] }> = ({ answer, lacks }) => {
  if ('problems' in answer) return <Lacks lacks={lacks} />;
  const { unreadable, events } = answer;
  if (unreadable !== null)
    return (
      <p class="note stop">
        {labWords.unreadable}
        {specWords(unreadable)}
      </p>
    );
  const [first] = events;
  return (
    <>
      {events.length > 1 && (
        <p>
          {labWords.more} {events.length} 张，下面是第一张。
        </p>
      )}
      {first && <One trial={first} lacks={lacks} />}
    </>
  );
};

const One: FC<{ trial: MappingTrial; lacks: readonly Lack[] }> = ({
  trial: { outcome, type, event },
  lacks,
}) => (
  <>
    {outcome === 'event' && <p class="note good">{labWords.fits}</p>}
    {outcome === 'ignored' && <p class="note">{labWords.ignores}</p>}
    {outcome === 'parked' && <Lacks lacks={lacks} />}
    <Facts facts={factsOf(maskSubject(event, type), type)} />
  </>
);

const Lacks: FC<{ lacks: readonly Lack[] }> = ({ lacks }) => (
  <div class="note stop" role="alert">
    {labWords.lacks}
    <ul class="changes">
      {[...new Set(lacks.map(({ label, says }) => (label === '' ? says : `${label}：${says}`)))].map(
        (line) => (
          <li>{line}</li>
        ),
      )}
    </ul>
  </div>
);

/** Every value under the name of its field, lines by their number. */
function factsOf(event: unknown, type: string): readonly Fact[] {
  const facts: Fact[] = [];
  const walk = (value: unknown, path: string, before: string): void => {
    if (Array.isArray(value)) {
      const { label } = wordsOf(type, withoutNumbers(path));
      for (const [place, one] of value.entries()) walk(one, `${path}.${place}`, `${label} ${place + 1} · `);
    } else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value))
        walk(inner, path === '' ? key : `${path}.${key}`, before);
    else facts.push([before + wordsOf(type, withoutNumbers(path)).label, shown(type, path, value)]);
  };
  const { occurredAt, data } = (event ?? {}) as { readonly occurredAt?: unknown; readonly data?: unknown };
  if (event !== null) facts.push([labWords.kind, typeName(type)]);
  if (occurredAt !== undefined) walk(occurredAt, beside.at, '');
  walk(data ?? {}, '', '');
  return facts;
}

function shown(type: string, path: string, value: unknown): string {
  if (path.endsWith('Fen')) return yuanText(Number(value));
  const text = String(value);
  if (path === beside.at) return text.replace('T', ' ').replace(/\+08:00$/, '');
  return wordsOf(type, withoutNumbers(path)).values?.[text] ?? text;
}

export const ResultSheet: FC<{ answer: MappingAnswer | null; lacks: readonly Lack[] }> = ({
  answer,
  lacks,
}) => (
  <div id="result">
    <Sheet title={labWords.result} note={labWords.resultHelp}>
      {answer ? <Result answer={answer} lacks={lacks} /> : <p>{labWords.nothing}</p>}
    </Sheet>
  </div>
);
