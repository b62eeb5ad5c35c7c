/** 拆开合并: moves back what a merger moved, as it was noted, if it is still the survivor's. */
import type { Changes } from '../../decide/changes.ts';
import { statement, type Statement } from '../db.ts';
import { list } from '../set.ts';
import { joinedTables, movedTables } from './merge.ts';

/** Runs before the folded rows are written: of rows that both had, each one's are written anew. */
export function splitStatements(splits: Changes['splits']): Statement[] {
  if (splits.length === 0) return [];
  const froms = list(splits.map(({ from }) => from));
  const intos = list(splits.map(({ into }) => into));
  const back = ({ name, key, owner, noted }: (typeof movedTables)[number]): Statement =>
    statement(
      `UPDATE ${name} SET ${owner} = m.from_id FROM mergers AS m, json_each(m.moved, '$.keys.${noted}') AS j
       WHERE m.from_id IN (SELECT value FROM json_each(?1)) AND ${name}.${key} = j.value AND ${owner} = m.into_id`,
      froms,
    );
  const clear = (table: string): Statement =>
    statement(`DELETE FROM ${table} WHERE member_id IN (SELECT value FROM json_each(?1))`, intos);
  return [
    ...movedTables.map(back),
    ...joinedTables.map(clear),
    statement(`DELETE FROM mergers WHERE from_id IN (SELECT value FROM json_each(?1))`, froms),
  ];
}
