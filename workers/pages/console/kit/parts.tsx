/** 部件: what pages are made of: sheets, facts, figures, lists, states, and forms of one button. */
import type { Child, FC, PropsWithChildren } from 'hono/jsx';
import { tokenField } from '../../posted.tsx';

export const Sheet: FC<PropsWithChildren<{ title?: string; note?: string }>> = ({
  title,
  note,
  children,
}) => (
  <section class="sheet">
    {title !== undefined && (
      <h2>
        {title}
        {note !== undefined && <small>{note}</small>}
      </h2>
    )}
    {children}
  </section>
);

export type Tone = 'plain' | 'good' | 'wait' | 'stop';

export const Mark: FC<PropsWithChildren<{ tone?: Tone }>> = ({ tone = 'plain', children }) => (
  <span class={`mark ${tone}`}>{children}</span>
);

export type Fact = readonly [label: string, value: Child];

/** What is not known is left out by whoever lists the facts, not shown as a dash. */
export const Facts: FC<{ facts: readonly Fact[] }> = ({ facts }) => (
  <dl class="facts">
    {facts.map(([label, value]) => (
      <div>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

export type Figure = {
  readonly label: string;
  readonly value: string;
  readonly unit?: string;
  readonly href?: string;
};

export const Figures: FC<{ figures: readonly Figure[] }> = ({ figures }) => (
  <dl class="figures">
    {figures.map(({ label, value, unit, href }) => (
      <div class="figure">
        <dt>{href === undefined ? label : <a href={href}>{label}</a>}</dt>
        <dd>
          <span class="whole">{value}</span>
          {unit !== undefined && ' '}
          {unit !== undefined && <small>{unit}</small>}
        </dd>
      </div>
    ))}
  </dl>
);

export type Column<Row> = {
  readonly label: string;
  readonly show: (row: Row) => Child;
  /** Figures stand to the right, under each other. */
  readonly isNumber?: boolean;
};

type TableProps<Row> = {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** What to do first, when there is nothing yet. */
  readonly empty: Child;
  /** The address of the page behind this one; null at the end. */
  readonly next?: string | null;
};

/** A date, a phone, a word: never broken in two beside a long name. */
const shortMax = 16;
const isShort = (shown: Child): boolean => typeof shown === 'string' && shown.length <= shortMax;

/** On a phone each row becomes a card, its labels beside the values. */
export function Table<Row>({ caption, columns, rows, empty, next = null }: TableProps<Row>) {
  if (rows.length === 0 && next === null) return <div class="empty">{empty}</div>;
  return (
    <>
      <div class="scroll">
        <table class="cards">
          <caption>{caption}</caption>
          <thead>
            <tr>
              {columns.map(({ label, isNumber }) => (
                <th scope="col" class={isNumber ? 'num' : ''}>
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr>
                {columns.map(({ label, show, isNumber }) => {
                  const shown = show(row);
                  return (
                    <td data-label={label} class={isNumber ? 'num' : isShort(shown) ? 'whole' : ''}>
                      {shown}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {next !== null && (
        <p class="pager">
          <span>{rows.length === 0 ? '这一段里没有找到，后面还有。' : ''}</span>
          <a class="button" href={next}>
            下一页
          </a>
        </p>
      )}
    </>
  );
}

type ActProps = {
  readonly action: string;
  readonly token: string;
  readonly label: string;
  readonly tone?: 'first' | 'stop' | 'plain' | '';
  readonly fields?: Readonly<Record<string, string>>;
};

/** Text as a machine wrote it; a keyboard can scroll it, too. */
export const Raw: FC<PropsWithChildren<{ label: string }>> = ({ label, children }) => (
  <pre tabindex={0} role="region" aria-label={label}>
    {children}
  </pre>
);

/** One button that does one thing. */
export const Act: FC<ActProps> = ({ action, token, label, tone = '', fields = {} }) => (
  <form class="inline" method="post" action={action}>
    <input type="hidden" name={tokenField} value={token} />
    {Object.entries(fields).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    <button class={tone}>{label}</button>
  </form>
);

type ConfirmProps = {
  readonly action: string;
  readonly token: string;
  /** What will happen, in numbers. */
  readonly what: Child;
  readonly label: string;
  readonly back: string;
  readonly fields?: Readonly<Record<string, string>>;
};

/** Asked again before something that cannot be undone. */
export const Confirm: FC<ConfirmProps> = ({ action, token, what, label, back, fields = {} }) => (
  <form class="sheet sorry" method="post" action={action}>
    <input type="hidden" name={tokenField} value={token} />
    <input type="hidden" name="sure" value="yes" />
    {Object.entries(fields).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    <div>{what}</div>
    <p class="buttons">
      <button class="stop">{label}</button>
      <a class="button" href={back}>
        先不
      </a>
    </p>
  </form>
);

export const isSure = (form: URLSearchParams): boolean => form.get('sure') === 'yes';

/** The address of this page with other questions; an empty one is left out. */
export function asked(path: string, questions: Readonly<Record<string, string | null | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(questions)) if (value) query.set(name, value);
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}
