/** 人员 in the database: few rows, read by their id, their WeChat account, or all at once. */
import { people, type Person, type PersonId } from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Statement } from '../db.ts';
import { decodeAll, selectList, upsertSet } from '../set.ts';

/** A chain of a hundred stores has fewer; the page shows them all. */
export const peopleMax = 1_000;

const select = `SELECT ${selectList(people, 't')} FROM people AS t`;

/** Those who left come last. */
export async function listPeople(db: Db): Promise<Person[]> {
  const results = await db.batch([
    statement(`${select} ORDER BY t.ended_at IS NOT NULL, t.created_at, t.id LIMIT ${peopleMax}`),
  ]);
  return decodeAll(people, rowsAt(results, 0));
}

export async function readPerson(db: Db, id: PersonId): Promise<Person | null> {
  const results = await db.batch([statement(`${select} WHERE t.id = ?1`, id)]);
  return decodeAll(people, rowsAt(results, 0))[0] ?? null;
}

/** Whoever works here now and has this WeChat account. */
export async function personByOpenid(db: Db, openid: string): Promise<Person | null> {
  const results = await db.batch([
    statement(`${select} WHERE t.openid = ?1 AND t.ended_at IS NULL ORDER BY t.created_at LIMIT 1`, openid),
  ]);
  return decodeAll(people, rowsAt(results, 0))[0] ?? null;
}

export async function hasOwner(db: Db): Promise<boolean> {
  const results = await db.batch([
    statement(`SELECT 1 FROM people WHERE role = 'owner' AND ended_at IS NULL LIMIT 1`),
  ]);
  return rowsAt(results, 0).length > 0;
}

/** One account lets in one person. */
export const dropOpenid = (openid: string, except: PersonId): Statement =>
  statement(`UPDATE people SET openid = NULL WHERE openid = ?1 AND id <> ?2`, openid, except);

export const putPerson = (person: Person): Statement => upsertSet(people, [person]);

/** Refuses the batch when nobody would be left who may do everything. Comes after the change. */
export const anOwnerStays = (): Statement =>
  statement(
    `INSERT INTO guards (name) SELECT 'owner' WHERE NOT EXISTS
       (SELECT 1 FROM people WHERE role = 'owner' AND ended_at IS NULL)`,
  );
