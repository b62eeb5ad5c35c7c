/** 厂商适配: an adapter made of the few things in which one vendor differs from another. */
import type * as z from 'zod';
import type { InboxEvent } from '../../../schema/index.ts';
import type { Normalised } from '../../engine.ts';
import type { Problem } from '../../problem.ts';
import type { RawEvent } from '../intake.ts';
import { parseJson, type Tree } from '../lossless/json.ts';
import { readerOf, type Reader } from '../lossless/reader.ts';
import { charsetOf, decodeText } from '../lossless/text.ts';
import type { VerifySettings } from '../verify/index.ts';
import { ignoredType, isActedOn, toNormalised } from './canonical.ts';
import type { Adapter, Incoming, Opened, ReadBack } from './define.ts';
import { settingsOf, type CommonSettings } from './settings.ts';
import { verifyWith } from './signing.ts';

/** One event of a request. `text` is its exact JSON, where it came as that. */
export type Letter = { readonly tree: Tree; readonly text?: string };

/** What a letter is about, as far as storing it once needs; what it says is read afterwards. */
export type Reading = {
  /** Canonical where we have a word for it, else the vendor's own. */
  readonly type: string;
  /** Business id and version or status: two deliveries of one event agree in both, whatever their delivery ids. */
  readonly id: string | null;
  readonly version?: string | null;
  readonly isTest?: boolean;
  readonly understand: () => Understood;
};

export type Understood =
  | { readonly occurredAt: string | null; readonly data: unknown }
  | { readonly ignored: string }
  | { readonly parked: string };

export type Answer = { readonly body: string; readonly contentType: string };

type Needed = Pick<CommonSettings, 'zone'>;

/** By a scheme of receive/verify, with what the source adds to its usual manner. */
export const signedAs =
  (scheme: string) =>
  ({ signature, addresses }: CommonSettings): VerifySettings => ({
    scheme,
    ...(signature && { params: signature }),
    ...(addresses && { addresses }),
  });

export type Vendor<Settings extends Needed> = {
  readonly name: string;
  readonly label: string;
  readonly settings: z.ZodType<Settings>;
  readonly signing: (settings: Settings) => VerifySettings;
  /** Beyond GET and HEAD, which are answered for every vendor. */
  readonly probe?: (request: Incoming) => boolean;
  readonly open: (text: string, opened: Opened, settings: Settings) => readonly Letter[] | Problem;
  readonly read: (letter: Reader, settings: Settings) => Reading;
  readonly success: Answer;
  readonly failure?: (problem: Problem) => Answer;
  readonly readBack?: ReadBack;
};

export function vendor<Settings extends Needed>(given: Vendor<Settings>): Adapter {
  const { name, label, success, failure, readBack } = given;
  const respond = (answer: Answer, status: number): Response =>
    new Response(answer.body, { status, headers: { 'content-type': answer.contentType } });
  return {
    name,
    label,
    ...(readBack && { readBack }),
    decode: (body, headers) => decodeText(body, charsetOf(headers)),
    probe: (request) => {
      const isProbe = request.method === 'GET' || request.method === 'HEAD' || given.probe?.(request);
      return isProbe ? respond(success, 200) : null;
    },
    verify: async (request, secrets, nowSeconds, config) => {
      const settings = settingsOf(given.settings, config);
      if (!settings) return unusable;
      return await verifyWith(given.signing(settings), request, secrets, nowSeconds);
    },
    split: (text, opened) => {
      const settings = settingsOf(given.settings, opened.config);
      if (!settings) return unusable;
      const letters = given.open(text, opened, settings);
      if ('status' in letters) return letters;
      return { events: letters.map((letter) => toRaw(letter, given, settings)), isBatch: letters.length > 1 };
    },
    normalise: (row, { namespace, config }) => {
      const settings = settingsOf(given.settings, config);
      if (!settings) return { parked: `the settings of source ${row.sourceId} cannot be used; mend them and replay` };
      return normalise(row, namespace, (reader) => given.read(reader, settings), settings.zone);
    },
    acknowledge: () => respond(success, 200),
    ...(failure && {
      refuse: (problem: Problem) => {
        const response = respond(failure(problem), problem.status);
        if (problem.retryAfterSeconds !== undefined) {
          response.headers.set('retry-after', String(problem.retryAfterSeconds));
        }
        return response;
      },
    }),
    checkConfig: (config) => {
      const result = given.settings.safeParse(config ?? {});
      if (result.success) return [];
      return result.error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }));
    },
  };
}

const unusable: Problem = {
  status: 503,
  code: 'source_not_ready',
  detail: 'the settings of this source cannot be used; nothing can be read',
  retryAfterSeconds: 60,
};

const typeLengthMax = 64;
const senderIdLengthMax = 200;

function toRaw<Settings extends Needed>(
  { tree, text }: Letter,
  { name, read }: Vendor<Settings>,
  settings: Settings,
): RawEvent {
  const body = text ?? JSON.stringify(tree);
  const reading = read(readerOf(tree, { zone: settings.zone }), settings);
  const type = ownType(reading.type, name);
  // Without an id there is only the content to tell two of them apart.
  const id = reading.id ?? `?${checksum(body)}`;
  const parts = [reading.isTest ? 'test' : null, type, id, reading.version].filter((part) => part !== null && part !== undefined);
  return { senderId: parts.join(':').slice(0, senderIdLengthMax), type, body };
}

/** A word of the vendor's is told apart from ours by the vendor's name. */
function ownType(type: string, vendorName: string): string {
  const plain = type.toLowerCase().replaceAll(/[^a-z0-9_.]+/g, '_');
  return (isCanonical(type) ? type : `${vendorName}.${plain || 'unknown'}`).slice(0, typeLengthMax);
}

const isCanonical = (type: string): boolean => isActedOn(type) || type.startsWith('stored_value.');

/** 53 bits of a text; good enough to name what has no name. */
function checksum(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let place = 0; place < text.length; place += 1) {
    const code = text.charCodeAt(place);
    high = Math.imul(high ^ code, 2_654_435_761);
    low = Math.imul(low ^ code, 1_597_334_677);
  }
  return (4_294_967_296 * (2_097_151 & low) + (high >>> 0)).toString(36);
}

export function normalise(
  row: InboxEvent,
  namespace: string,
  read: (reader: Reader) => Reading,
  zone: string,
): Normalised {
  const parsed = parseJson(row.body);
  if (!parsed.ok) return { parked: `the stored body cannot be read: ${parsed.why}` };
  if (parsed.repeated !== null) {
    return { parked: `"${parsed.repeated}" stands twice with different values; nobody can say which one is meant` };
  }
  const reader = readerOf(parsed.tree, { zone });
  const reading = read(reader);
  if (reading.isTest) return { ignored: 'a test event: stored, never processed' };
  const understood = reading.understand();
  if ('ignored' in understood || 'parked' in understood) return understood;
  if (reader.faults.length > 0) return { parked: reader.faults.slice(0, 5).join('; ') };
  if (!isActedOn(reading.type)) return ignoredType(reading.type);
  const { occurredAt, data } = understood;
  return toNormalised(row, namespace, withoutNulls({ type: reading.type, occurredAt, data }));
}

/** "Nothing given" is an absent property in a canonical event. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, inner]) => inner !== null && inner !== undefined);
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutNulls(inner)]));
}

export const malformed = (detail: string): Problem => ({ status: 400, code: 'malformed', detail });

/** A body that is one JSON document, kept exactly as it came. */
export function openJson(text: string): readonly Letter[] | Problem {
  const parsed = parseJson(text);
  if (!parsed.ok) return malformed(`the body cannot be read: ${parsed.why}`);
  if (typeof parsed.tree !== 'object' || parsed.tree === null) return malformed('the body is not an object');
  return [{ tree: parsed.tree, text }];
}
