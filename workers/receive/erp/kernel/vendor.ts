/** 厂商适配: builds an adapter from the few things in which vendors differ. */
import type * as z from 'zod';
import type { Problem } from '../../../platform/problem.ts';
import { readerOf, type Reader } from '../../lossless/reader.ts';
import { charsetOf, decodeText } from '../../lossless/text.ts';
import type { VerifySettings } from '../../verify/index.ts';
import { checkSettings } from './check-settings.ts';
import type { Adapter, Incoming, Opened, ReadBack } from '../define.ts';
import { numbersOf } from './numbers.ts';
import { toRaw, type Letter } from './letters.ts';
import { normalise, type VendorDocument } from './document.ts';
import { settingsOf, type CommonSettings } from './settings.ts';
import { verifyWith } from './signing.ts';

export type Answer = { readonly body: string; readonly contentType: string };

type Needed = Pick<CommonSettings, 'zone'>;

/** A scheme of receive/verify, with the parameters that the source sets. */
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
  /** The schemes that the settings may choose, the usual one first; null when they may choose any. */
  readonly schemes?: readonly string[] | null;
  /** By default the vendor's console issues the secret. */
  readonly issuesSecret?: boolean;
  /** Beyond GET and HEAD, which are answered for every vendor. */
  readonly probe?: (request: Incoming) => boolean;
  readonly open: (text: string, opened: Opened, settings: Settings) => readonly Letter[] | Problem;
  readonly read: (letter: Reader, settings: Settings) => VendorDocument;
  readonly success: Answer;
  readonly failure?: (problem: Problem) => Answer;
  readonly readBack?: ReadBack;
};

export function vendor<Settings extends Needed>(given: Vendor<Settings>): Adapter {
  const { name, label, settings: schema, issuesSecret = true, success, failure, readBack } = given;
  const signing: Adapter['signing'] = (config) => {
    const settings = settingsOf(schema, config);
    return settings && given.signing(settings);
  };
  const usual = signing(null);
  const respond = (answer: Answer, status: number): Response =>
    new Response(answer.body, { status, headers: { 'content-type': answer.contentType } });
  return {
    name,
    label,
    settings: schema,
    signing,
    schemes: given.schemes === undefined ? usual && [usual.scheme] : given.schemes,
    issuesSecret,
    ...(readBack && { readBack }),
    decode: (body, headers) => decodeText(body, charsetOf(headers)),
    probe: (request) => {
      const isProbe = request.method === 'GET' || request.method === 'HEAD' || given.probe?.(request);
      return isProbe ? respond(success, 200) : null;
    },
    verify: async (request, secrets, nowSeconds, config) => {
      const settings = signing(config);
      return settings ? await verifyWith(settings, request, secrets, nowSeconds) : unusable;
    },
    split: (text, opened) => {
      const settings = settingsOf(schema, opened.config);
      if (!settings) return unusable;
      const letters = given.open(text, opened, settings);
      if ('status' in letters) return letters;
      if (letters.length > lettersMax) return tooMany;
      const read = ({ tree }: Letter): VendorDocument =>
        given.read(readerOf(tree, { zone: settings.zone }), settings);
      return {
        events: letters.map((letter) => toRaw(letter, read(letter), name)),
        isBatch: letters.length > 1,
      };
    },
    normalise: (row, { namespace, config }) => {
      const settings = settingsOf(schema, config);
      if (!settings) return { parked: { code: 'SOURCE_UNUSABLE', sourceId: row.sourceId } };
      const numbers = numbersOf({ id: row.sourceId, namespace, config });
      return normalise(row, numbers, (reader) => given.read(reader, settings), settings.zone);
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
    checkConfig: (config) => checkSettings(schema, config, given.signing),
  };
}

const unusable: Problem = {
  status: 503,
  code: 'source_not_ready',
  detail: 'the settings of this source cannot be used; nothing can be read',
  retryAfterSeconds: 60,
};

const lettersMax = 500;
const tooMany: Problem = {
  status: 413,
  code: 'too_large',
  detail: `a push holds at most ${lettersMax} documents; send the rest in another`,
};
