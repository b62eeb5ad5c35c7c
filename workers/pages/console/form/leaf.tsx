/** 画一栏: a field that holds one value, or a few words of it, with its label, help, unit and fault. */
import type { FC } from 'hono/jsx';
import { Fault, wordsOf, wrongAt, type Drawing, type Props } from './drawing.tsx';
import type { Leaf } from './field.ts';
import { isMoney, lastOf } from './read.ts';
import { actName } from './typed.ts';
import { OneOfThem, Select, wrongness } from './select.tsx';
import type { FieldWords } from './words.ts';

const figures = ['whole', 'decimal', 'measured', 'money', 'discount', 'percent'];
const isFigure = ({ is }: Leaf): boolean => figures.includes(is);

export const LeafField: FC<Props<Leaf>> = ({ field, drawing, path }) => {
  const words = wordsOf(drawing, field);
  const fault = drawing.faults.get(path);
  const isShort = isFigure(field) || field.is === 'moment' || field.is === 'day';
  const kind = `field${isShort ? ' short' : ''}${fault === undefined ? '' : ' bad'}`;
  const { label, help, unit = unitOf(field, drawing, path) } = words;
  if (field.is === 'tick') {
    return (
      <div class={kind}>
        <label class="tick">
          <input
            type="checkbox"
            name={path}
            value="yes"
            checked={drawing.typed.get(path) === 'yes'}
            {...wrongness(wrongAt(drawing, path))}
          />
          {label}
        </label>
        {help !== undefined && <span class="help">{help}</span>}
        <Fault drawing={drawing} path={path} />
      </div>
    );
  }
  const boxes = field.is === 'choices' || field.is === 'words' ? boxesOf(field, drawing, words) : null;
  if (boxes) return <Boxes field={field} drawing={drawing} path={path} words={words} options={boxes} />;
  return (
    <div class={kind}>
      <label for={path}>
        {label}
        {!field.isRequired && field.fallback === undefined && <small> 选填</small>}
      </label>
      {help !== undefined && <span class="help">{help}</span>}
      <span class="withunit">
        <Control field={field} drawing={drawing} path={path} words={words} />
        {unit !== undefined && <span>{unit}</span>}
        {(field.isRedrawing || words.redraws) && <Redraw />}
      </span>
      <Fault drawing={drawing} path={path} />
    </div>
  );
};

/** Without a script: shows the fields that belong to another choice. */
export const Redraw: FC = () => (
  <button class="plain" name={actName} value="shape" formnovalidate data-redraw>
    换成这一种
  </button>
);

function unitOf({ is }: Leaf, { typed }: Drawing, path: string): string | undefined {
  if (is === 'discount') return '折';
  if (is === 'percent') return '%';
  if (is === 'measured') return isMoney(typed, path) ? '元' : '件';
  return is === 'money' ? '元' : undefined;
}

type Options = readonly { readonly value: string; readonly label: string }[];

/** What may be ticked: the kinds that the schema names, or what is in the shop. */
function boxesOf(field: Leaf, { choices }: Drawing, { values = {} }: FieldWords): Options | null {
  if (field.is === 'choices') return field.choices.map((value) => ({ value, label: values[value] ?? value }));
  const options = choices[field.name] ?? choices[lastOf(field.name)] ?? null;
  const { instead } = field;
  if (!options || instead === undefined) return options;
  return [{ value: instead, label: values[instead] ?? instead }, ...options];
}

/** Where names stand beside it, those that belong to the name of its row: a message of its own kind has things of its own to say. */
function optionsOf(field: Leaf, { choices, typed }: Drawing, path: string): Options | undefined {
  const row = /^[^\]]*\]/.exec(path)?.[0] ?? '';
  const named = choices[`${field.name}@${typed.get(`${row}~name`) ?? ''}`];
  return named ?? choices[field.name] ?? choices[lastOf(field.name)];
}

const Boxes: FC<Props<Leaf> & { words: FieldWords; options: Options }> = ({
  field,
  drawing,
  path,
  words,
  options,
}) => {
  const { label, help } = words;
  const fault = drawing.faults.get(path);
  const ticked = new Set(drawing.typed.getAll(path).flatMap((one) => one.split('\n')));
  return (
    <fieldset
      class={fault === undefined ? 'field' : 'field bad'}
      aria-describedby={wrongness(wrongAt(drawing, path))['aria-describedby']}
    >
      <legend>{label}</legend>
      {help !== undefined && <span class="help">{help}</span>}
      {options.length === 0 && <p class="help">还没有可以选的。</p>}
      <div class="checks">
        {options.map(({ value, label: said }) => (
          <label class="tick">
            <input type="checkbox" name={path} value={value} checked={ticked.has(value)} />
            {said}
          </label>
        ))}
      </div>
      {field.is === 'words' && <input type="hidden" name={path} value="" />}
      <Fault drawing={drawing} path={path} />
    </fieldset>
  );
};

const Control: FC<Props<Leaf> & { words: FieldWords }> = ({ field, drawing, path, words }) => {
  const value = drawing.typed.get(path) ?? '';
  const wrong = wrongAt(drawing, path);
  const common = { id: path, name: path, ...wrongness(wrong) };
  const options = optionsOf(field, drawing, path);
  if (options)
    return (
      <OneOfThem name={path} value={value} options={options} isAsked={field.isRequired} wrongAt={wrong} />
    );
  if (field.is === 'maybe') {
    const { yes = '是', no = '否' } = words.values ?? {};
    return (
      <Select
        name={path}
        value={value}
        options={[
          { value: 'yes', label: yes },
          { value: 'no', label: no },
        ]}
        isOpen
        wrongAt={wrong}
      />
    );
  }
  if (field.is === 'choice') {
    const named = field.choices.map((one) => ({ value: one, label: words.values?.[one] ?? one }));
    return (
      <Select
        name={path}
        value={value}
        options={named}
        isOpen={field.isNullable}
        isRedrawing={field.isRedrawing === true || wordsOf(drawing, field).redraws === true}
        wrongAt={wrong}
      />
    );
  }
  if (field.is === 'long' || field.is === 'words')
    return (
      <textarea {...common} rows={field.is === 'words' ? 2 : 3} maxlength={field.max ?? undefined}>
        {value}
      </textarea>
    );
  const type = field.is === 'moment' ? 'datetime-local' : field.is === 'day' ? 'date' : 'text';
  return (
    <input
      {...common}
      type={type}
      value={value}
      inputmode={isFigure(field) ? 'decimal' : undefined}
      maxlength={field.max ?? undefined}
      autocomplete="off"
    />
  );
};
