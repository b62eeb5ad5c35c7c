/** 备份文件夹: the database as SQL, what it has to hold, and on this machine the secrets it belongs to. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { count, dump, type Counted } from './dump.ts';

const Manifest = z.strictObject({
  /** RFC 3339, UTC. */
  madeAt: z.string(),
  version: z.string(),
  sqlSha256: z.string(),
  tables: z.record(z.string(), z.strictObject({ rows: z.int(), digest: z.string() })),
});
export type Manifest = z.infer<typeof Manifest>;

export const sqlIn = (folder: string): string => join(folder, 'database.sql');
export const secretsIn = (folder: string): string => join(folder, 'credentials.json');
const manifestIn = (folder: string): string => join(folder, 'manifest.json');

export class BackupError extends Error {}

/** Writes the folder, reads it back as D1 would, and only then says what it holds. */
export async function keep(
  db: DatabaseSync,
  folder: string,
  { now, version }: { now: number; version: string },
): Promise<Manifest> {
  if (existsSync(manifestIn(folder)))
    throw new BackupError(`${folder} holds a backup already: name a new folder.`);
  await mkdir(folder, { recursive: true });
  const file = await open(sqlIn(folder), 'w', 0o600);
  for (const statement of dump(db)) await file.write(`${statement}\n`);
  await file.close();
  const tables = count(db);
  mustEqual(tables, await readBack(folder));
  const manifest = {
    madeAt: new Date(now).toISOString(),
    version,
    sqlSha256: await digestOf(sqlIn(folder)),
    tables,
  };
  writeFileSync(manifestIn(folder), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
  return manifest;
}

/** Refuses a folder that was cut short or changed. */
export async function readBackup(folder: string): Promise<Manifest> {
  if (!existsSync(manifestIn(folder)))
    throw new BackupError(`${folder} holds no whole backup: manifest.json is missing.`);
  const manifest = Manifest.safeParse(JSON.parse(readFileSync(manifestIn(folder), 'utf8')));
  if (!manifest.success) throw new BackupError(`manifest.json of ${folder} is not one of ours.`);
  if ((await digestOf(sqlIn(folder))) !== manifest.data.sqlSha256)
    throw new BackupError(`database.sql of ${folder} is not the file that was written: take another copy.`);
  return manifest.data;
}

/** In one step: whoever looks meanwhile sees nothing of it. */
export async function load(folder: string, db: DatabaseSync): Promise<void> {
  db.exec('BEGIN');
  for await (const statement of createInterface(createReadStream(sqlIn(folder)))) db.exec(statement);
  db.exec('COMMIT');
}

/** As D1 exports it: a statement may take several lines, so that the file is run whole. */
export const loadSql = (db: DatabaseSync, path: string): void => db.exec(readFileSync(path, 'utf8'));

/** Names the first table in which the two are not the same. */
export function mustEqual(expected: Counted, found: Counted): void {
  for (const [name, { rows, digest }] of Object.entries(expected)) {
    const other = found[name];
    if (other?.rows !== rows)
      throw new BackupError(`${name}: ${rows} rows were kept, ${other?.rows ?? 0} are there.`);
    if (other.digest !== digest) throw new BackupError(`${name}: the rows are not those that were kept.`);
  }
}

async function readBack(folder: string): Promise<Counted> {
  const path = join(folder, 'being-checked.sqlite');
  const copy = new DatabaseSync(path);
  try {
    await load(folder, copy);
    return count(copy);
  } finally {
    copy.close();
    rmSync(path);
  }
}

async function digestOf(path: string): Promise<string> {
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(path)) digest.update(chunk as Buffer);
  return digest.digest('hex');
}
