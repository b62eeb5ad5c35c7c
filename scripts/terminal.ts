/** The terminal that somebody sits at: questions, and answers that are not shown. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

export const isTerminal = (): boolean => process.stdin.isTTY && process.stdout.isTTY;

export async function ask(question: string, how: 'shown' | 'hidden'): Promise<string> {
  if (how === 'shown') return asked(process.stdout, question);
  process.stdout.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const answer = await asked(nowhere, '');
  process.stdout.write('\n');
  return answer;
}

async function asked(output: NodeJS.WritableStream, question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  // Ctrl+C means the whole script, not this question.
  lines.once('SIGINT', () => process.exit(130));
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}
