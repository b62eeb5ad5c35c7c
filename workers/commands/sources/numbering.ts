/**
 * 单号规则 of a source: it holds for a whole namespace. Whoever learns late that numbers begin again says so late: what is kept stays
 * findable under a finer rule (`decide/sales/numbers/former-numbers.ts`), but not under a coarser one.
 */
import type { Source } from '../../../schema/index.ts';
import type { Db } from '../../db/db.ts';
import { readNeighbours } from '../../db/sources/registered-sources.ts';
import { isFiner, numberingOf } from '../../decide/plain/numbering.ts';
import type { Problem } from '../../platform/problem.ts';

type Asked = Pick<Source, 'id' | 'namespace' | 'config'>;

/** Of a source that is known, those that share its namespace follow. */
export async function checkNumbering(
  db: Db,
  { id, namespace, config }: Asked,
  before: Source | null,
): Promise<Problem | null> {
  const numbering = numberingOf(config);
  const was = before && numberingOf(before.config);
  if (was === numbering) return null;
  const { sharing, isNumbered } = await readNeighbours(db, id, namespace);
  if (was !== null) return isNumbered && !isFiner(numbering, was) ? fixed(keptAs(was)) : null;
  const other = sharing.find((source) => numberingOf(source.config) !== numbering);
  return other
    ? fixed(
        `${other.id}, which shares the namespace ${namespace}, has ${numberingOf(other.config)}; give both the same`,
      )
    : null;
}

const keptAs = (was: string): string =>
  `what was received so far is kept as ${was}: only a finer rule may follow it; for a coarser one register another source with a namespace of its own`;

const fixed = (detail: string): Problem => ({
  status: 409,
  code: 'numbering_is_fixed',
  detail,
  field: 'config.numbering',
});
