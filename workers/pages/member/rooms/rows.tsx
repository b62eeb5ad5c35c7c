/** 明细: the rows that a number of hers is the sum of: why, when, how much, and what there was afterwards. */
import type { Child, FC } from 'hono/jsx';
import type { MemberId } from '../../../../schema/index.ts';
import type { Db } from '../../../db/db.ts';
import { readCauseNames } from '../../../db/profile/cause-names.ts';
import { namedCauseWords, partsOf, type CauseNames } from '../../../words/causes.ts';
import { homePath, purchaseAt, transferPath } from '../../paths.ts';
import { momentOf } from '../../words.ts';

export const rowsShownMax = 20;

type ShownRow = {
  readonly at: number;
  readonly why: Child;
  /** What it leads to, beside its moment. */
  readonly more?: Child;
  readonly moved: string;
  readonly after: string;
};

type RowsProps = {
  readonly title: string;
  readonly rows: readonly ShownRow[];
  readonly now: number;
  readonly empty: string;
  /** The address of what is older; null at the end. */
  readonly next: string | null;
};

export const Rows: FC<RowsProps> = ({ title, rows, now, empty, next }) => (
  <section aria-labelledby="rows">
    <h2 id="rows">{title}</h2>
    {rows.length === 0 && <p class="empty">{empty}</p>}
    <ul class="rows">
      {rows.map(({ at, why, more, moved, after }) => (
        <li>
          <p>
            {why}
            <small>
              {momentOf(at, now)} {more}
            </small>
          </p>
          <p>
            <strong>{moved}</strong>
            <small>{after}</small>
          </p>
        </li>
      ))}
    </ul>
    {next !== null && (
      <p class="leave">
        <a href={next}>更早的</a>
      </p>
    )}
  </section>
);

export const BackHome: FC = () => (
  <p class="leave">
    <a href={homePath}>回会员中心</a>
  </p>
);

/** What stands behind these rows, by the names of receipts and campaigns. */
export async function namesOf(
  db: Db,
  memberId: MemberId,
  rows: readonly { readonly cause: string }[],
): Promise<CauseNames> {
  const parts = rows.map(({ cause }) => partsOf(cause));
  const known = <Id,>(id: Id | null): Id[] => (id === null ? [] : [id]);
  return readCauseNames(db, memberId, {
    saleIds: parts.flatMap(({ saleId }) => known(saleId)),
    campaignIds: parts.flatMap(({ campaignId }) => known(campaignId)),
  });
}

/** A receipt of hers opens, and so does a transfer. */
export function whyOf(cause: string, names: CauseNames): { readonly why: Child; readonly more: Child } {
  const { saleId, outBillNo } = partsOf(cause);
  const why = namedCauseWords(cause, names);
  const orderNo = names.orders.get(saleId ?? '');
  const more =
    saleId !== null && orderNo !== undefined ? <a href={purchaseAt(saleId)}>单号 {orderNo}</a> : null;
  return { why: outBillNo === null ? why : <a href={transferPath(outBillNo)}>{why}</a>, more };
}
