/** 密钥脱敏: a sender's credentials are never shown on a screen or in a curl command. */
import { digitsOf } from '../lossless/exact.ts';
import { maskWritten, type Masking } from './mask-written.ts';

const secretKey =
  /^(x[_-])?(sign|sign_?v?\d+|sign(ature)?|msg_?signature|event_?sign|[\w-]*secret|[\w-]*password|passwd|((access|refresh|api|app|auth)[_-]?)?token|(app|api|access|private|auth|encoding_?aes)[_-]?key)$/i;

/** Deeper than any till nests; values below are not shown. */
const depthMax = 40;

/** The same value, key for key, without secrets. */
export function maskSecrets(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return depth > depthMax ? '…' : inText(value, depth);
  if (typeof value !== 'object' || value === null || digitsOf(value) !== null) return value;
  if (depth > depthMax) return '…';
  if (Array.isArray(value)) return value.map((item) => maskSecrets(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) => [
      key,
      secretKey.test(key) && inner !== null && inner !== '' ? '****' : maskSecrets(inner, depth + 1),
    ]),
  );
}

const inText = (text: string, depth: number): string => maskWritten(text, secretsIn(depth)) ?? text;

/** Secrets among the fields of a text. */
export const secretsIn = (depth: number): Masking => ({
  tree: (value) => maskSecrets(value, depth + 1),
  field: (name, value) => {
    if (secretKey.test(name) && value !== '') return '****';
    return depth > depthMax ? '…' : inText(value, depth + 1);
  },
  isMasked: (name) => secretKey.test(name),
});
