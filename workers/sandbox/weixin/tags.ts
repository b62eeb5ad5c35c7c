/** 用户标签: a hundred for an account, twenty for a person, fifty people in one call. */
import * as z from 'zod';
import { followersOf } from '../state/people.ts';
import type { Call } from './endpoint.ts';
import { done, refusal } from './errors.ts';

const tagsMax = 100;
const tagsPerPersonMax = 20;
const openidsMax = 50;
const nameBytesMax = 30;
/** WeChat keeps the first hundred numbers for itself. */
const firstTagId = 100;

export async function createTag({ here: { db }, body }: Call): Promise<Response> {
  const parsed = z.object({ tag: z.object({ name: z.string().min(1) }) }).safeParse(body);
  if (!parsed.success) return refusal(47001);
  const { name } = parsed.data.tag;
  if (new TextEncoder().encode(name).length > nameBytesMax) return refusal(45158);
  const tags = await allTags(db);
  if (tags.some((tag) => tag.name === name)) return refusal(45157);
  if (tags.length >= tagsMax) return refusal(45056);
  const id = Math.max(firstTagId - 1, ...tags.map((tag) => tag.id)) + 1;
  const { meta } = await db.prepare('INSERT OR IGNORE INTO tags VALUES (?, ?)').bind(id, name).run();
  return meta.changes > 0 ? Response.json({ tag: { id, name } }) : refusal(45157);
}

export async function getTags({ here: { db } }: Call): Promise<Response> {
  const { results } = await db
    .prepare(
      'SELECT id, name, (SELECT count(*) FROM tagged WHERE tag_id = id) AS count FROM tags ORDER BY id',
    )
    .all();
  return Response.json({ tags: results });
}

const Batch = z.object({ openid_list: z.array(z.string()).min(1), tagid: z.int() });

export async function tagPeople({ here: { db }, body }: Call): Promise<Response> {
  const parsed = Batch.safeParse(body);
  if (!parsed.success) return refusal(47001);
  const { openid_list: openids, tagid } = parsed.data;
  if (openids.length > openidsMax) return refusal(40032);
  if (!(await allTags(db)).some(({ id }) => id === tagid)) return refusal(45159);
  const followers = await followersOf(db, openids);
  if (followers.length < new Set(openids).size) return refusal(40003);
  const held = await Promise.all(openids.map((openid) => tagsOf(db, openid)));
  if (held.some((tags) => tags.length >= tagsPerPersonMax && !tags.includes(tagid))) return refusal(45059);
  const tag = db.prepare('INSERT OR IGNORE INTO tagged VALUES (?, ?)');
  await db.batch(openids.map((openid) => tag.bind(openid, tagid)));
  return done();
}

export async function untagPeople({ here: { db }, body }: Call): Promise<Response> {
  const parsed = Batch.safeParse(body);
  if (!parsed.success) return refusal(47001);
  const { openid_list: openids, tagid } = parsed.data;
  if (openids.length > openidsMax) return refusal(40032);
  const untag = db.prepare('DELETE FROM tagged WHERE openid = ? AND tag_id = ?');
  await db.batch(openids.map((openid) => untag.bind(openid, tagid)));
  return done();
}

async function allTags(db: D1Database): Promise<readonly { id: number; name: string }[]> {
  const { results } = await db.prepare('SELECT id, name FROM tags').all<{ id: number; name: string }>();
  return results;
}

export async function tagsOf(db: D1Database, openid: string): Promise<readonly number[]> {
  const { results } = await db
    .prepare('SELECT tag_id FROM tagged WHERE openid = ? ORDER BY tag_id')
    .bind(openid)
    .all<{ tag_id: number }>();
  return results.map(({ tag_id: id }) => id);
}

/** Null when there is no such tag. */
export async function openidsTagged(db: D1Database, tagId: number): Promise<readonly string[] | null> {
  if (!(await allTags(db)).some(({ id }) => id === tagId)) return null;
  const { results } = await db
    .prepare('SELECT openid FROM tagged WHERE tag_id = ?')
    .bind(tagId)
    .all<{ openid: string }>();
  return results.map(({ openid }) => openid);
}
