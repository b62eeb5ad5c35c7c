/** 单号规则 of a source: what is kept under a number stays findable under it, so the rule holds for a whole namespace and from the first sale on. */
import type { Source } from '../../../schema/index.ts';
import type { Db } from '../../db/db.ts';
import { readNeighbours } from '../../db/sources/registered-sources.ts';
import { numberingOf } from '../../decide/plain/numbering.ts';
import type { Problem } from '../../platform/problem.ts';

type Asked = Pick<Source, 'id' | 'namespace' | 'config'>;

export async function checkNumbering(
  db: Db,
  { id, namespace, config }: Asked,
  before: Source | null,
): Promise<Problem | null> {
  const numbering = numberingOf(config);
  const was = before && numberingOf(before.config);
  if (was === numbering) return null;
  const { sharing, isNumbered } = await readNeighbours(db, id, namespace);
  const other = sharing.find((source) => numberingOf(source.config) !== numbering);
  if (other)
    return differs(`${other.id}, which shares the namespace ${namespace}, has ${numberingOf(other.config)}`);
  if (was === null || !isNumbered) return null;
  return differs(
    `what was received so far is kept as ${was}; register another source with a namespace of its own`,
  );
}

const differs = (detail: string): Problem => ({
  status: 409,
  code: 'numbering_is_fixed',
  detail,
  field: 'config.numbering',
});
