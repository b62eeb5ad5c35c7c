/** The few words of curl that the guide uses, for machines that have none. */
import { readFileSync, writeFileSync } from 'node:fs';

export async function curl(args: readonly string[]): Promise<string> {
  const headers = new Headers();
  let method: string | null = null;
  let file: string | null = null;
  let [url, format] = ['', ''];
  let body: Buffer | string | null = null;
  const rest = [...args];
  const next = (): string => rest.shift() ?? '';
  while (rest.length > 0) {
    const word = next();
    if (word === '-sS') continue;
    if (word === '-X') method = next();
    else if (word === '-w') format = next();
    else if (word === '-o') file = next();
    else if (word === '-d') body = next();
    else if (word === '--data-binary') body = dataOf(next());
    else if (word === '-H') {
      const [, name = '', value = ''] = /^([^:]+): ?(.*)$/.exec(next()) ?? [];
      headers.set(name, value);
    } else if (word.startsWith('-')) throw new Error(`this curl does not know ${word}`);
    else url = word;
  }
  const response = await fetch(url, {
    method: method ?? (body === null ? 'GET' : 'POST'),
    headers,
    ...(body !== null && { body }),
  });
  const said = format.replaceAll('%{http_code}', String(response.status)).replaceAll('\\n', '\n');
  if (file === null) return (await response.text()) + said;
  writeFileSync(file, Buffer.from(await response.arrayBuffer()));
  return said;
}

function dataOf(word: string): Buffer | string {
  if (!word.startsWith('@')) return word;
  return readFileSync(word === '@-' ? 0 : word.slice(1));
}
