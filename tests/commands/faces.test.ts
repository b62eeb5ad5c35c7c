/** 三个面: the API and the pages ask commands; none of them decides or loads a world by itself. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const workers = join(import.meta.dirname, '../../workers');

/** What only commands and the stages that carry events may use. */
const behind = /from '[^']*(?:engine\/(?:process|reading)|decide\/(?:decide|fold|needs)|db\/world\/\w+)\.ts'/;

const decidingBy = (source: string): string | null => behind.exec(source)?.[0] ?? null;

const filesOf = (face: string): string[] =>
  readdirSync(join(workers, face), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${face}/${name}`);

test('nothing in the API and the pages decides an event, or loads a world for one', () => {
  const files = [...filesOf('api'), ...filesOf('pages')];
  expect(files.length).toBeGreaterThan(80);
  const deciding = files.filter((file) => decidingBy(readFileSync(join(workers, file), 'utf8')) !== null);
  expect(deciding).toEqual([]);
});

test('a handler that decides is found', () => {
  expect(decidingBy(`import { processGroup } from '../../engine/process.ts';`)).not.toBeNull();
  expect(decidingBy(`import { run } from '../../commands/run.ts';`)).toBeNull();
});
