/** The lines of wrangler.toml that a script fills in; comments and everything else stay as they are. */

/** What stands for "nothing yet" in the file as it is shipped. */
const shipped: ReadonlySet<string> = new Set([
  '',
  '0',
  'none',
  '00000000-0000-0000-0000-000000000000',
  'https://api.weixin.qq.com',
  'https://qyapi.weixin.qq.com',
  'https://api.mch.weixin.qq.com',
]);

const lineOf = (name: string): RegExp => new RegExp(`^${name} = "([^"\\n]*)"$`, 'm');

/** Null when nobody has filled it in. */
export function readVar(text: string, name: string): string | null {
  const [, value] = lineOf(name).exec(text) ?? [];
  if (value === undefined) throw new Error(`wrangler.toml has no line for ${name}`);
  return shipped.has(value) ? null : value;
}

export function writeVar(text: string, name: string, value: string): string {
  if (!lineOf(name).test(text)) throw new Error(`wrangler.toml has no line for ${name}`);
  // Nothing a console shows needs escaping, and a quote would end the word.
  if (/["\\\p{Cc}]/u.test(value)) throw new Error(`${name} cannot hold a quote, a backslash or a line end`);
  return text.replace(lineOf(name), () => `${name} = "${value}"`);
}
