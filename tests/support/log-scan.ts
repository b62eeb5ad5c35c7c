/** 日志检查: every line that anything logs during the tests is read here; one that tells a secret or a person fails its file. */
import { afterAll } from 'vitest';

/** What must never stand in a log line, and what to call it. Logs are English: whatever is Chinese came from a person. */
const forbidden: readonly (readonly [string, RegExp])[] = [
  ['a phone number', /(?<!\d)1[3-9]\d{9}(?!\d)/],
  ['an openid', /(?<![\w-])o[\w-]{27}(?![\w-])/],
  ['a webhook secret', /whsec_/],
  ['a token of the API', /(?<!\w)hk_\w/],
  ['a query string', /\?[\w-]+=|&[\w-]+=/],
  [
    'a token or a signature',
    /(access_token|refresh_token|msg_signature|signature|secret|authorization|cookie)=/i,
  ],
  ['a bearer', /bearer[ _]/i],
  ['words of a person', /\p{Script=Han}/u],
];

/** The reasons why a line may not be logged; none when it may. */
export const leaksIn = (line: string): string[] =>
  forbidden.filter(([, shape]) => shape.test(line)).map(([what]) => what);

const found: string[] = [];
let scanned = 0;

/** Reads the log lines out of any text: ours begin with their event. */
export function scan(text: string): void {
  for (const line of text.split('\n')) {
    if (!/(?:^|\s)event=\w/.test(line)) continue;
    scanned += 1;
    const leaks = leaksIn(line.slice(line.indexOf('event=')));
    if (leaks.length > 0) found.push(`${leaks.join(', ')}: ${line}`);
  }
}

export const linesScanned = (): number => scanned;

let isWatching = false;

/** In every test file: what is logged here, and what the Workers started here print. */
export function watchLogs(): void {
  afterAll(() => {
    const leaks = found.splice(0);
    if (leaks.length > 0) throw new Error(`log lines that must not be: ${leaks.join('\n')}`);
  });
  // Files that share a worker share its console.
  if (isWatching) return;
  isWatching = true;
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    const print = console[level].bind(console);
    console[level] = (...words: unknown[]): void => {
      scan(words.map(String).join(' '));
      print(...words);
    };
  }
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream);
    stream.write = ((chunk: string | Uint8Array, ...rest: never[]): boolean => {
      scan(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'));
      return write(chunk, ...rest);
    }) as typeof stream.write;
  }
}
