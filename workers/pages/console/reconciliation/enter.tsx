/** 填一天的合计: where the till reports nothing, somebody copies its day; the answer is what differs. */
import * as z from 'zod';
import { DayTotals, StoreTotals, type Store } from '../../../../schema/index.ts';
import { invalidField } from '../../../commands/invalid.ts';
import { reconcileDay, saidMeanwhile } from '../../../commands/sources/reconcile-day.ts';
import { readReconciliation } from '../../../db/sources/reconciliation.ts';
import { readSource } from '../../../db/sources/registered-sources.ts';
import { listStores } from '../../../db/shop/stores.ts';
import { addDays } from '../../../decide/plain/dates.ts';
import {
  checkForm,
  isRedrawn,
  openForm,
  redrawn,
  refusedForm,
  without,
  type FormSpec,
} from '../form/form.tsx';
import { countOf } from '../form/read.ts';
import { day } from '../kit/format.ts';
import { reckoning } from '../kit/nav.ts';
import { asked } from '../kit/parts.tsx';
import { record } from '../kit/record.ts';
import { NotFound } from '../kit/refusals.tsx';
import { screen, type Answered } from '../kit/screen.ts';
import { maySeeStore, type Visit } from '../kit/visit.ts';
import { dayTotalsWords } from '../words/money/reconciliation.ts';
import { pastedTotals } from './pasted.ts';
import { backToDays, dayPath, reconciliationPath } from './sums.ts';

const rowsMax = 200;
const pastedMax = 40_000;

export const DayEntered = z.strictObject({
  dayOn: z.iso.date(),
  stores: z.array(StoreTotals).max(rowsMax),
  pasted: z.string().max(pastedMax).optional(),
});

/** A row for each store is laid out only where there are few. */
const storesLaidOut = 20;

const storesFor = async ({ db, person }: Visit): Promise<Store[]> =>
  (await listStores(db)).filter(({ id }) => maySeeStore(person, id));

const specOf = (visit: Visit, stores: readonly Store[]): FormSpec<z.infer<typeof DayEntered>> => ({
  schema: DayEntered,
  words: dayTotalsWords,
  choices: { 'stores.id': stores.map(({ id, name }) => ({ value: id, label: name })) },
  action: `${dayPath(visit.id)}/enter`,
  token: visit.token,
  label: '保存并比对',
});

/** What was laid out and left empty says nothing. */
function withoutEmpty(form: URLSearchParams): URLSearchParams {
  let left = form;
  for (let place = countOf(form, 'stores') - 1; place >= 0; place -= 1) {
    const own = `stores[${place}]`;
    const typed = [...form].some(
      ([name, value]) => name.startsWith(`${own}.`) && name !== `${own}.id` && value.trim() !== '',
    );
    if (!typed) left = without(left, own);
  }
  return left;
}

export const enterScreen = screen({
  path: `${reconciliationPath}/:id/enter`,
  title: '填一天的合计',
  who: reckoning,
  get: async (visit) => {
    const { db, id, query, now } = visit;
    const source = await readSource(db, id);
    if (!source) return NotFound('这个来源', backToDays);
    const stores = await storesFor(visit);
    const on = query.get('on');
    const before = on === null ? null : await readReconciliation(db, id, on);
    const said = before?.said.stores.filter((store) => maySeeStore(visit.person, store.id));
    const laidOut = stores.slice(0, storesLaidOut).map((store) => ({ id: store.id }));
    const value = { dayOn: before?.date ?? addDays(day(now), -1), stores: said ?? laidOut };
    return { ...openForm(specOf(visit, stores), value), title: `${source.name}：填一天的合计` };
  },
  post: entered,
});

async function entered(visit: Visit, form: URLSearchParams): Promise<Answered> {
  const { db, id, now, person, context } = visit;
  const stores = await storesFor(visit);
  const spec = specOf(visit, stores);
  if (isRedrawn(form)) return redrawn(spec, form);
  const checked = checkForm(spec, withoutEmpty(form));
  if ('again' in checked) return checked.again;
  const { dayOn: date, pasted, stores: typed } = checked.input;
  const read = pastedTotals(pasted ?? '', stores);
  if ('code' in read) return refusedForm(spec, form, read);
  const before = await readReconciliation(db, id, date);
  // What stands of stores that are not hers stays; of her own, only what she says now.
  const others = before?.said.stores.filter((store) => !maySeeStore(person, store.id)) ?? [];
  const own = [...typed, ...read].filter((store) => maySeeStore(person, store.id));
  const said = DayTotals.safeParse({ stores: [...others, ...own] });
  const fault = own.length === 0 ? 'says nothing of any store' : said.error?.issues[0]?.message;
  if (!said.success || fault !== undefined)
    return refusedForm(spec, form, invalidField('stores', fault ?? ''));
  const compared = await reconcileDay(db, { id, date, said: said.data, before }, now);
  // Two managers at once: what the other said of her stores is read again, and kept.
  if (compared === saidMeanwhile) return entered(visit, form);
  if ('code' in compared)
    return refusedForm(spec, form, invalidField('dayOn', compared.issues?.[0]?.message ?? ''));
  const subject = `${id} ${date}`;
  await record(visit, { act: 'day.totals', subject, before: before?.said ?? null, after: said.data });
  return context.redirect(asked(dayPath(id), { on: date }), 303);
}
