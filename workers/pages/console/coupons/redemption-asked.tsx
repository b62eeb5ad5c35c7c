/** 找核销记录: which days, store, coupon and colleague somebody asks for, read from the address and asked for by a form. */
import type { FC } from 'hono/jsx';
import { defaultTimezone, type Store, type StoreId } from '../../../../schema/index.ts';
import type { RedemptionFilter } from '../../../db/coupons/redemptions.ts';
import { addDays, atHour, localDate } from '../../../decide/plain/dates.ts';
import type { Choices } from '../form/words.ts';
import { storesOf, type Visit } from '../kit/visit.ts';
import { redemptionsPath } from './paths.ts';

/** As many as a table of days and stores is still read. */
export const daysMax = 92;
/** What is shown unasked: a week. */
const daysShown = 7;

/** 随小票: what nobody did by hand; no colleague is called so. */
export const byReceipt = '-';

export type Asked = {
  readonly from: string;
  /** Included. */
  readonly to: string;
  readonly store: string | null;
  readonly template: string | null;
  readonly by: string | null;
};

const isDay = (text: string | null): text is string =>
  text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && Number.isFinite(Date.parse(text));
const soonerOf = (one: string, other: string): string => (one < other ? one : other);

/** Days the wrong way round are one day; more than the bound end where it does. */
export function askedIn({ query, now }: Visit): Asked {
  const text = (name: string): string | null => query.get(name)?.trim().slice(0, 128) || null;
  const [first, last] = [text('from'), text('to')];
  const today = localDate(now, defaultTimezone);
  const from = isDay(first) ? first : addDays(isDay(last) ? last : today, 1 - daysShown);
  const end = soonerOf(isDay(last) ? last : today, addDays(from, daysMax - 1));
  return {
    from,
    to: end < from ? from : end,
    store: text('store'),
    template: text('template'),
    by: text('by'),
  };
}

/** A store that is not hers leaves nothing to see. */
export function filterOf({ person }: Visit, { from, to, store, template, by }: Asked): RedemptionFilter {
  const own = storesOf(person);
  const named = store === null ? null : [store as StoreId];
  return {
    from: atHour(from, 0, defaultTimezone),
    to: atHour(addDays(to, 1), 0, defaultTimezone),
    stores: named === null ? own : own === null ? named : named.filter((id) => own.includes(id)),
    templateId: template,
    by: by === null ? undefined : by === byReceipt ? null : by,
  };
}

export const asQuery = (asking: Asked): URLSearchParams =>
  new URLSearchParams(
    Object.entries(asking).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])),
  );

type Given = {
  readonly asking: Asked;
  readonly stores: readonly Pick<Store, 'id' | 'name'>[];
  readonly templates: NonNullable<Choices[string]>;
  /** Who did any of what is counted. */
  readonly people: readonly (string | null)[];
};

export const Filters: FC<Given> = ({ asking, stores, templates, people }) => (
  <form class="filters" method="get" action={redemptionsPath}>
    <div class="field">
      <label for="from">从哪天</label>
      <input id="from" name="from" type="date" value={asking.from} />
    </div>
    <div class="field">
      <label for="to">到哪天</label>
      <input id="to" name="to" type="date" value={asking.to} />
    </div>
    <Select
      name="store"
      label="门店"
      all="全部门店"
      chosen={asking.store}
      options={stores.map(({ id, name }) => ({ value: id, label: name }))}
    />
    <Select name="template" label="券" all="全部券" chosen={asking.template} options={templates} />
    <Select
      name="by"
      label="经手"
      all="全部"
      chosen={asking.by}
      options={people.map((by) => ({ value: by ?? byReceipt, label: by ?? '收银机，随小票' }))}
    />
    <button class="first">查找</button>
  </form>
);

type Options = NonNullable<Choices[string]>;
type SelectProps = {
  readonly name: string;
  readonly label: string;
  readonly all: string;
  readonly chosen: string | null;
  readonly options: Options;
};

/** What is asked for stays chosen, also where it is none of these. */
const Select: FC<SelectProps> = ({ name, label, all, chosen, options }) => (
  <div class="field">
    <label for={name}>{label}</label>
    <select id={name} name={name}>
      <option value="">{all}</option>
      {chosen !== null && !options.some(({ value }) => value === chosen) && (
        <option value={chosen} selected>
          {chosen}
        </option>
      )}
      {options.map((one) => (
        <option value={one.value} selected={one.value === chosen}>
          {one.label}
        </option>
      ))}
    </select>
  </div>
);
