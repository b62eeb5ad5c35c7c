/** 原样保存: a body that no mapping can decode yet, stored whole until one can, and shown in readable form meanwhile. */
import { parseJson, type Tree } from '../../lossless/json.ts';
import { isObject, textOf } from '../lossless/tree.ts';

/** The type of bodies that arrive before there is a mapping. */
export const unmappedType = 'unmapped';
/** The key for text that is not JSON. */
const undecoded = 'undecoded';
/** The key for JSON, so that personal data in it can be masked and the rest shown. */
const unmapped = 'unmapped';
/** The key for what came beside it: a signature to be tried may stand there. */
const headersKey = 'headers';

/** Whole means to the letter, JSON included: a signature covers letters. */
export function keptWhole(
  text: string,
  headers: Readonly<Record<string, string>> = {},
): { readonly tree: Tree; readonly text: string; readonly told: string } {
  const parsed = parseJson(text);
  const isReadable = parsed.ok && parsed.repeated === null && typeof parsed.tree === 'object';
  const beside = Object.keys(headers).length > 0 ? { [headersKey]: headers } : {};
  if (!isReadable) {
    const tree = { ...beside, [undecoded]: text };
    return { tree, text: JSON.stringify(tree), told: text };
  }
  const before = JSON.stringify({ ...beside, [unmapped]: null }).replace(/null}$/, '');
  return { tree: { ...beside, [unmapped]: parsed.tree }, text: `${before}${text}}`, told: text };
}

/** The text that was stored whole; null when a mapping decoded it before storing. */
export function wholeOf(tree: Tree): string | null {
  if (!isObject(tree)) return null;
  const { [headersKey]: _, [undecoded]: text, [unmapped]: inner, ...others } = tree;
  if (Object.keys(others).length > 0) return null;
  if (typeof text === 'string') return text;
  return typeof inner === 'object' && inner !== null ? JSON.stringify(inner) : null;
}

/** What a stored body was when it came: its text, and what is known of its headers. */
export type AsItCame = {
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  /** A mapping has taken it apart before it was stored: the steps of decoding are behind it. */
  readonly isDecoded: boolean;
};

export function asItCame(body: string): AsItCame {
  const parsed = parseJson(body);
  const whole = parsed.ok ? wholeOf(parsed.tree) : null;
  if (!parsed.ok || whole === null || !isObject(parsed.tree))
    return { text: body, headers: {}, isDecoded: true };
  const { [headersKey]: kept, [undecoded]: text } = parsed.tree;
  const headers = isObject(kept)
    ? Object.fromEntries(Object.entries(kept).map(([name, value]) => [name, textOf(value) ?? '']))
    : {};
  // Quotes within a header are escaped: this key stands there once.
  const start = `"${unmapped}":`;
  const exact = typeof text === 'string' ? text : body.slice(body.indexOf(start) + start.length, -1);
  return { text: exact, headers, isDecoded: false };
}

/** Of every request, or put there by whoever passed it on; and what only opens doors. */
const usual =
  /^(host|connection|content-length|transfer-encoding|accept.*|user-agent|cookie|authorization|cf-.*|cdn-loop|x-forwarded-.*|x-real-ip|forwarded|via|expect|pragma|cache-control|sec-.*|mf-.*|origin|referer)$/;
const headersMax = 20;
const headerLengthMax = 500;

/** 请求头 that say something of this request, such as a signature in a place of its own. */
export const tellingHeaders = (headers: Headers): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...headers]
      .filter(([name, value]) => !usual.test(name) && value.length <= headerLengthMax)
      .slice(0, headersMax),
  );

export const isForm = (text: string): boolean => !/^\s*[{[]/.test(text);

/** Signed fields replace the body, because nothing else was signed. */
export const textOfFields = (fields: ReadonlyMap<string, string>, asForm: boolean): string =>
  asForm ? String(new URLSearchParams([...fields])) : JSON.stringify(Object.fromEntries(fields));
