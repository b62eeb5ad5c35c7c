/** 保存前检查: whether a source can be polled with its settings, and how to fix it if not. */
import * as z from 'zod';
import { refuseAddress } from './address.ts';
import { pollers, pollingOf } from '../index.ts';
import { secretsWrittenOut } from './secret.ts';

type Problem = { readonly path: string; readonly message: string };
type Secret = { readonly form: 'text' | 'named' | 'address'; readonly names: readonly string[] };

export const pollChecks = (allowPrivate: boolean) => ({
  check: async (poll: unknown, secret: Secret): Promise<readonly Problem[]> =>
    checkPoll(poll, secret, allowPrivate),
  settings: pollSettings,
});

function checkPoll(poll: unknown, secret: Secret, allowPrivate: boolean): readonly Problem[] {
  const polling = pollingOf(poll);
  if ('faults' in polling) return polling.faults.split('; ').map(toProblem);
  return [
    ...addressProblems(poll, allowPrivate),
    ...['headers', 'fields'].flatMap((place) =>
      secretsWrittenOut(Reflect.get(Object(poll), place)).map((name) => ({
        path: `${place}.${name}`,
        message:
          'looks like a secret, and settings can be read: write {secret} here, and give it as the secret',
      })),
    ),
    ...(polling.usesSecret ? secretProblems(secret, polling.secretName) : []),
  ];
}

/** `path: message`, as a poller words it. */
function toProblem(fault: string): Problem {
  const [, path = '', message = fault] = /^([\w.]*): (.*)$/s.exec(fault) ?? [];
  return { path, message };
}

/** Every setting that is a URL will be requested. */
const addressProblems = (poll: unknown, allowPrivate: boolean): Problem[] =>
  Object.entries(Object(poll) as object).flatMap(([path, value]: [string, unknown]) => {
    if (typeof value !== 'string' || !/^https?:/i.test(value)) return [];
    const message = refuseAddress(value, allowPrivate);
    return message === null ? [] : [{ path, message }];
  });

function secretProblems({ form, names }: Secret, name: string | null): Problem[] {
  const elsewhere = 'register the polled system as another source in the same namespace';
  if (form === 'address') {
    return [
      { path: '', message: `signs with a secret, and this source has none but its address; ${elsewhere}` },
    ];
  }
  if (form === 'text' || (name !== null && names.includes(name))) return [];
  return [
    { path: '', message: `signs with one secret, and this source has ${names.join(', ')}; ${elsewhere}` },
  ];
}

const pollSettings = (): Readonly<Record<string, unknown>> => ({
  oneOf: pollers.map(({ settings }) => z.toJSONSchema(settings, { io: 'input', unrepresentable: 'any' })),
});
