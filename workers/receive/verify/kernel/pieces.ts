/** A digest over pieces in a fixed order: secret, body, and single values between them (有赞, 微盟, 银豹, 客如云, …). */
import * as z from 'zod';
import { hexBytes, toHex, type Part } from './bytes.ts';
import { decodeAnyChinese, readJsonText } from './content.ts';
import { refuse, type Secret, type SignedRequest, type Trust, type Verification } from '../define.ts';
import { digest, hashes, isAnyDigest } from './digest.ts';
import { fieldFormats, isWritten } from './fields.ts';
import { isFresh, momentUnits, secondsOf, ToleranceSeconds } from './moment.ts';
import { nameOf, Place, readerOf, type Reader } from './places.ts';
import { freeText, named, type SecretForm } from './secret-forms.ts';

const Piece = z.union(
  [
    /** `squeezed-body` is the body with its white space taken out, which the digest does not cover. */
    z.enum(['body', 'squeezed-body']),
    z.strictObject({ text: z.string().max(256) }),
    /** The value of that name; a secret of one value needs none. */
    z.strictObject({ secret: z.string().max(64) }),
    z.strictObject({
      at: Place,
      /** Strict enough that it cannot run into the piece after it. */
      as: z.enum(fieldFormats),
      moment: z.enum(momentUnits).optional(),
    }),
  ],
  'is "body", "squeezed-body", {"text": …}, {"secret": …}, or {"at": …, "as": …}',
);
type Piece = z.infer<typeof Piece>;

export const PiecesParams = z
  .strictObject({
    hash: z.enum(hashes),
    /** A second digest, of the hex of the first. */
    rehash: z.enum(hashes).optional(),
    signature: Place,
    pieces: z.array(Piece).min(2).max(16),
    /** What the body must be once the digest is right: strict JSON where it could be carried on, else any text. */
    content: z.enum(['json', 'any']),
    /** Checks the covered timestamp, if there is one. */
    toleranceSeconds: ToleranceSeconds.optional(),
  })
  .refine(({ pieces }) => pieces.some((piece) => typeof piece === 'object' && 'secret' in piece), {
    message: 'one of the pieces is the secret',
  });
export type PiecesParams = z.infer<typeof PiecesParams>;

const lettersMax = 128;

export async function verifyPieces(
  request: SignedRequest,
  secrets: readonly Secret[],
  nowSeconds: number,
  params: PiecesParams,
): Promise<Verification> {
  const usable = secrets.map((secret) => secretReader(secret, params.pieces)).filter((read) => read !== null);
  if (usable.length === 0) return refuse('no-secret');
  const reader = readerOf(request);
  const offered = reader.at(params.signature);
  if (!offered) return refuse('missing');
  const code = offered.length > lettersMax ? null : hexBytes(offered);
  if (code === null) return refuse('malformed');
  const fault = valuesFault(reader, nowSeconds, params);
  if (fault !== null) return refuse(fault);

  const body = params.pieces.includes('squeezed-body') ? squeeze(request.body) : request.body;
  const candidates = usable.map((read) => params.pieces.map((piece) => partOf(piece, body, reader, read)));
  const isGenuine =
    params.rehash === undefined
      ? await isAnyDigest(params.hash, code, candidates)
      : await isAnyDigest(
          params.rehash,
          code,
          await Promise.all(candidates.map((parts) => hexDigest(params, parts))),
        );
  return isGenuine ? readContent(body, reader, params) : refuse('mismatch');
}

const hexDigest = async ({ hash }: PiecesParams, parts: readonly Part[]): Promise<readonly Part[]> => [
  toHex(await digest(hash, parts)),
];

const secretNames = (pieces: readonly Piece[]): string[] =>
  pieces.flatMap((piece) => (typeof piece === 'object' && 'secret' in piece ? [piece.secret] : []));

/** One value, or all that the pieces name. */
export function piecesSecret({ pieces }: PiecesParams): SecretForm {
  const names = [...new Set(secretNames(pieces))];
  return names.length === 1 ? freeText : named(...names);
}

type SecretReader = (name: string) => string;

/** Null for a secret that lacks a value; a plain secret serves when a single value is needed. */
function secretReader(secret: Secret, pieces: readonly Piece[]): SecretReader | null {
  const names = secretNames(pieces);
  const isSingle = new Set(names).size === 1;
  const read: SecretReader = (name) => {
    if (typeof secret === 'string') return isSingle ? secret : '';
    return Object.hasOwn(secret, name) ? (secret[name] ?? '') : '';
  };
  return names.every((name) => read(name) !== '') ? read : null;
}

function valuesFault(
  reader: Reader,
  nowSeconds: number,
  { pieces, toleranceSeconds }: PiecesParams,
): 'missing' | 'malformed' | 'stale' | null {
  for (const piece of pieces) {
    if (typeof piece !== 'object' || !('at' in piece)) continue;
    const value = reader.at(piece.at);
    if (value === null) return 'missing';
    if (!isWritten(value, piece.as)) return 'malformed';
    if (piece.moment === undefined || toleranceSeconds === undefined) continue;
    const seconds = secondsOf(value, piece.moment);
    if (seconds === null) return 'malformed';
    if (!isFresh(seconds, nowSeconds, toleranceSeconds)) return 'stale';
  }
  return null;
}

function partOf(piece: Piece, body: Uint8Array, reader: Reader, read: SecretReader): Part {
  if (typeof piece === 'string') return body;
  if ('text' in piece) return piece.text;
  return 'secret' in piece ? read(piece.secret) : (reader.at(piece.at) ?? '');
}

const isSpace = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
const squeeze = (body: Uint8Array): Uint8Array => body.filter((byte) => !isSpace(byte));

/** Returns only what the digest covers: the text of a covered body, otherwise the covered values. */
function readContent(body: Uint8Array, reader: Reader, params: PiecesParams): Verification {
  const trust = trustIn(params);
  const fields = new Map<string, string>();
  for (const piece of params.pieces) {
    if (typeof piece === 'object' && 'at' in piece) fields.set(nameOf(piece.at), reader.at(piece.at) ?? '');
  }
  if (!params.pieces.some((piece) => typeof piece === 'string')) return { ok: true, trust, fields };
  const text = params.content === 'json' ? readJsonText(body) : decodeAnyChinese(body);
  if (text === null) return refuse('content');
  return fields.size === 0 ? { ok: true, trust, text } : { ok: true, trust, text, fields };
}

/** A digest that does not end with the secret can be extended by anybody, unless it is hashed again. */
function trustIn({ pieces, rehash }: PiecesParams): Trust {
  const last = pieces.at(-1);
  const endsInSecret = typeof last === 'object' && 'secret' in last;
  return pieces.includes('body') && (endsInSecret || rehash !== undefined) ? 'signed' : 'weak';
}
