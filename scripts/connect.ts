/** 接入问答: asks for what is missing of each part the merchant wants, and says where it is found; nothing that is there is touched. */
import { randomBytes } from 'node:crypto';
import { parts } from './parts/index.ts';
import type { Part, Setting } from './parts/define.ts';

export type Desk = {
  /** Null where nobody sits at a terminal: then everything is only explained. */
  readonly ask: ((question: string, how: 'shown' | 'hidden') => Promise<string>) | null;
  readonly say: (line: string) => void;
  /** Null when there is no such file. */
  readonly readFile: (path: string) => string | null;
  readonly vars: {
    /** Null when it still is as wrangler.toml was shipped. */
    readonly get: (name: string) => string | null;
    readonly set: (name: string, value: string) => void;
  };
  readonly secrets: {
    readonly has: (name: string) => boolean;
    readonly put: (name: string, value: string) => void;
  };
};

type Prompt = NonNullable<Desk['ask']>;

const triesMax = 3;
const yes = /^(y|yes|是|要)$/i;

/** Answers how many parts are not complete. */
export async function connectParts(desk: Desk): Promise<number> {
  let open = 0;
  for (const part of parts) {
    if (missingOf(part, desk).length === 0) {
      desk.say(`${part.name}：已填好`);
      continue;
    }
    const isWanted = await isAskedFor(part, desk);
    if (isWanted && desk.ask) await connectPart(part, desk, desk.ask);
    const missing = missingOf(part, desk);
    if (missing.length === 0) continue;
    open += 1;
    // Who has just said no does not want to be told how.
    if (desk.ask && !isWanted) desk.say(`${part.name}：还没有接入`);
    else explain(part, missing, desk);
  }
  return open;
}

async function isAskedFor({ question }: Part, { ask, say }: Desk): Promise<boolean> {
  if (!ask) return false;
  say('');
  return yes.test((await ask(`${question} [y/N] `, 'shown')).trim());
}

const isThere = ({ name, kind }: Setting, { vars, secrets }: Desk): boolean =>
  kind === 'public' ? vars.get(name) !== null : secrets.has(name);

const missingOf = ({ settings }: Part, desk: Desk): readonly Setting[] =>
  settings.filter((setting) => setting.isOptional !== true && !isThere(setting, desk));

async function connectPart({ settings }: Part, desk: Desk, ask: Prompt): Promise<void> {
  for (const setting of settings) {
    if (isThere(setting, desk)) continue;
    if (setting.kind === 'made') makeSecret(setting, desk);
    else await enter(setting, desk, ask);
  }
}

/** Shown this once, because it has to be copied; stored first, so that nothing is copied that is not in force. */
function makeSecret({ name, label, where }: Setting, { secrets, say }: Desk): void {
  const value = randomBytes(32).toString('hex');
  secrets.put(name, value);
  say(`${label} ${name}（${where}，只显示这一次）：\n  ${value}`);
}

async function enter(setting: Setting, desk: Desk, ask: Prompt): Promise<void> {
  const { name, label, where, kind, shape } = setting;
  desk.say(`${label}：${where}`);
  for (let tries = 0; tries < triesMax; tries += 1) {
    const value = await typedValue(setting, desk, ask);
    if (value === '') return desk.say('  先跳过');
    if (value !== null && (setting.isRight?.(value) ?? true)) {
      if (kind === 'public') desk.vars.set(name, value);
      else desk.secrets.put(name, value);
      return desk.say(`  ${name} 已保存`);
    }
    desk.say(value === null ? '  找不到这个文件' : `  不对：应为${shape ?? '一行文字'}`);
  }
  desk.say('  先跳过');
}

/** '' leaves it for another time; null is a file that is not there. */
async function typedValue(
  { name, kind, typed = 'value' }: Setting,
  { readFile }: Desk,
  ask: Prompt,
): Promise<string | null> {
  if (typed === 'value') return (await ask(`  ${name} = `, kind === 'secret' ? 'hidden' : 'shown')).trim();
  const number = typed === 'numbered-file' ? (await ask('  公钥ID = ', 'shown')).trim() : null;
  if (number === '') return '';
  const path = (await ask('  文件路径 = ', 'shown')).trim();
  if (path === '') return '';
  const text = readFile(path)?.trim() ?? null;
  return text === null || number === null ? text : JSON.stringify({ [number]: text });
}

function explain({ name }: Part, missing: readonly Setting[], { say }: Desk): void {
  say(`${name}：还没有接入，缺`);
  for (const { name: setting, label, where, kind } of missing) {
    say(`  ${setting}（${label}：${where}）${kind === 'public' ? '，写在 wrangler.toml' : ''}`);
  }
}
