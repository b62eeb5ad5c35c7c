/** 画表单: each field by its kind, with its label, help, unit and fault. Lists grow and shapes change without a script, too. */
import type { Child, FC } from 'hono/jsx';
import type { Field, Group, OneOf, Pairs, Several } from './field.ts';
import { Fault, wordsOf, wrongAt, type Drawing, type Props } from './drawing.tsx';
import { LeafField, Redraw } from './leaf.tsx';
import { PickField } from './pick.tsx';
import { Select, wrongness } from './select.tsx';
import { at, choiceName, countName, countOf, isAbsent, lastOf } from './read.ts';
import { actName } from './typed.ts';

export function drawField(field: Field, drawing: Drawing, path = ''): Child {
  if (field.is === 'group') return <GroupField field={field} drawing={drawing} path={path} />;
  if (field.is === 'several') return <SeveralField field={field} drawing={drawing} path={path} />;
  if (field.is === 'one-of') return <OneOfField field={field} drawing={drawing} path={path} />;
  if (field.is === 'pairs') return <PairsField field={field} drawing={drawing} path={path} />;
  if (field.picks && drawing.goods)
    return <PickField field={field} drawing={drawing} path={path} goods={drawing.goods} />;
  return <LeafField field={field} drawing={drawing} path={path} />;
}

/** Fields that are seldom needed stand folded behind the others, unless something is wrong there. */
function drawAll(fields: readonly Field[], drawing: Drawing, path: string): Child {
  const drawn = (some: readonly Field[]): Child =>
    some
      .filter((one) => !isAbsent(one, drawing.typed, path))
      .map((one) => drawField(one, drawing, at(path, lastOf(one.name))));
  const rare = fields.filter((one) => wordsOf(drawing, one).isRare);
  const usual = fields.filter((one) => !rare.includes(one));
  const isWrong = [...drawing.faults.keys()].some((fault) =>
    rare.some((one) => fault.startsWith(at(path, lastOf(one.name)))),
  );
  return (
    <>
      {drawn(usual)}
      {rare.length > 0 && (
        <details class="field" open={isWrong}>
          <summary>更多设置</summary>
          {drawn(rare)}
        </details>
      )}
    </>
  );
}

const GroupField: FC<Props<Group>> = ({ field, drawing, path }) => {
  if (path === '' || path.endsWith(']')) return <>{drawAll(field.fields, drawing, path)}</>;
  const { label, help } = wordsOf(drawing, field);
  return (
    <fieldset class="card">
      <legend>{label}</legend>
      {help !== undefined && <span class="help">{help}</span>}
      {drawAll(field.fields, drawing, path)}
    </fieldset>
  );
};

const SeveralField: FC<Props<Several>> = ({ field, drawing, path }) => {
  const { label, help, one = label } = wordsOf(drawing, field);
  const rows = countOf(drawing.typed, path);
  return (
    <fieldset class="card">
      <legend>{label}</legend>
      {help !== undefined && <span class="help">{help}</span>}
      <Fault drawing={drawing} path={path} />
      <input type="hidden" name={countName(path)} value={String(rows)} />
      {Array.from({ length: rows }, (_, place) => (
        <div class="item">
          {drawField(field.item, drawing, `${path}[${place}]`)}
          <button class="plain" name={actName} value={`drop:${path}[${place}]`} formnovalidate>
            去掉这个{one}
          </button>
        </div>
      ))}
      {rows < field.max && (
        <p class="buttons">
          <button name={actName} value={`add:${path}`} formnovalidate>
            加一个{one}
          </button>
        </p>
      )}
    </fieldset>
  );
};

const PairsField: FC<Props<Pairs>> = ({ field, drawing, path }) => {
  const { label, help, one = label } = wordsOf(drawing, field);
  const rows = countOf(drawing.typed, path);
  const names = drawing.choices[`${field.name}~name`];
  const { label: named, help: howNamed } = drawing.words[`${field.name}.~name`] ?? { label: one };
  return (
    <fieldset class="card">
      <legend>{label}</legend>
      {help !== undefined && <span class="help">{help}</span>}
      <Fault drawing={drawing} path={path} />
      <input type="hidden" name={countName(path)} value={String(rows)} />
      {Array.from({ length: rows }, (_, place) => {
        const own = `${path}[${place}]`;
        const name = `${own}~name`;
        const wrongIn = field.item.is === 'group' ? wrongAt(drawing, own) : undefined;
        return (
          <div class="item">
            <div class="field">
              <label for={name}>{named}</label>
              {howNamed !== undefined && <span class="help">{howNamed}</span>}
              {names ? (
                <span class="withunit">
                  <Select
                    name={name}
                    value={drawing.typed.get(name) ?? ''}
                    options={names}
                    isOpen
                    isRedrawing
                    wrongAt={wrongIn}
                  />
                  <Redraw />
                </span>
              ) : (
                <input
                  id={name}
                  name={name}
                  value={drawing.typed.get(name) ?? ''}
                  maxlength={128}
                  {...wrongness(wrongIn)}
                />
              )}
              {field.item.is === 'group' && <Fault drawing={drawing} path={own} />}
            </div>
            {drawField(field.item, drawing, own)}
            <button class="plain" name={actName} value={`drop:${own}`} formnovalidate>
              去掉
            </button>
          </div>
        );
      })}
      <p class="buttons">
        <button name={actName} value={`add:${path}`} formnovalidate>
          加一个{one}
        </button>
      </p>
    </fieldset>
  );
};

const OneOfField: FC<Props<OneOf>> = ({ field, drawing, path }) => {
  const tagWords = drawing.words[at(field.name, field.tag ?? '~shape')] ?? wordsOf(drawing, field);
  const { label, help, values = {} } = tagWords;
  const name = choiceName(field, path);
  const chosen = drawing.typed.get(name) ?? field.options[0]?.value ?? '';
  const option = field.options.find(({ value }) => value === chosen) ?? field.options[0];
  const hidden = drawing.hides?.[at(field.name, field.tag ?? '~shape')] ?? [];
  // What was chosen before stays to be seen.
  const offered = field.options.filter(({ value }) => value === chosen || !hidden.includes(value));
  const inner = (
    <>
      <div class="field">
        <label for={name}>{label}</label>
        {help !== undefined && <span class="help">{help}</span>}
        <span class="withunit">
          <Select
            name={name}
            value={chosen}
            options={offered.map(({ value }) => ({ value, label: values[value] ?? value }))}
            isRedrawing
            wrongAt={wrongAt(drawing, ...(path === '' ? [name] : [path, name]))}
          />
          <Redraw />
        </span>
        {/* What is wrong with the whole form stands above it. */}
        {path !== '' && <Fault drawing={drawing} path={path} />}
        {/* What is wrong with the choice itself. */}
        {name !== path && <Fault drawing={drawing} path={name} />}
      </div>
      {option && drawAll(option.fields, drawing, path)}
    </>
  );
  return path === '' || path.endsWith(']') ? inner : <fieldset class="card">{inner}</fieldset>;
};
