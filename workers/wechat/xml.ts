/**
 * 微信的 XML: reads the small dialect of callbacks; build-xml.ts writes it.
 *
 * Elements, text, CDATA and the five named entities; attributes are skipped. Anything beginning with `<!` other
 * than CDATA is refused (no DOCTYPE, no ENTITY, no comment), and so is what is too long, too deep or of too many elements.
 * What a person wrote stands in CDATA as they typed it, `]]>` and all, so it reaches to the last closing of its element.
 * Source: developers.weixin.qq.com/doc/service/guide/product/message, the samples of each message.
 */

export { buildXml, type XmlFields } from './build-xml.ts';

const charactersMax = 1_048_576;
const depthMax = 10;
/** The longest lists of a message have some tens. */
const elementsMax = 1_000;

export type XmlElement = {
  readonly name: string;
  /** Verbatim from CDATA, trimmed where it was plain; empty when there are children. */
  readonly text: string;
  readonly children: readonly XmlElement[];
};

export type Parsed =
  | { readonly ok: true; readonly root: XmlElement }
  | { readonly ok: false; readonly why: string };

/** The root element (`<xml>` by custom). `why` is English and quotes nothing of the content. */
export function parseXml(source: string): Parsed {
  if (source.length > charactersMax) return refuse(`longer than ${charactersMax} characters`);
  const top = open('');
  const path: Draft[] = [top];
  let at = 0;
  let elements = 0;
  while (at < source.length) {
    const here = path.at(-1);
    if (here === undefined) return refuse('closes more than it opens');
    const next = source.startsWith('<', at) ? readMarkup(source, at, here) : readText(source, at);
    if (typeof next === 'string') return refuse(next);
    at = next.end;
    switch (next.kind) {
      case 'skip':
        break;
      case 'text':
        here.text += next.text;
        break;
      case 'open': {
        elements += 1;
        if (elements > elementsMax) return refuse(`more than ${elementsMax} elements`);
        const child = open(next.name);
        here.children.push(child);
        if (!next.empty) path.push(child);
        if (path.length - 1 > depthMax) return refuse(`deeper than ${depthMax}`);
        break;
      }
      case 'close':
        if (here.name !== next.name) return refuse('an element closes another');
        if (here.text !== '' && here.children.length > 0) return refuse('text beside elements');
        path.pop();
        break;
      default:
        return next satisfies never;
    }
  }
  const [root, second] = top.children;
  if (path.length !== 1) return refuse('an element is not closed');
  if (root === undefined || second !== undefined || top.text !== '') return refuse('not exactly one root');
  return { ok: true, root };
}

/**
 * The text of the first child of that name, or null. The exact name wins; failing that, letter case is ignored,
 * because WeChat writes `OpenID` and `openid` for the same thing.
 */
export function textOf(element: XmlElement, name: string): string | null {
  return childOf(element, name)?.text ?? null;
}

/** The first child of that name, found as `textOf` finds it. */
export function childOf(element: XmlElement, name: string): XmlElement | null {
  const folded = name.toLowerCase();
  const exact = element.children.find((child) => child.name === name);
  return exact ?? element.children.find((child) => child.name.toLowerCase() === folded) ?? null;
}

type Draft = { name: string; text: string; children: Draft[] };
type Markup =
  | { kind: 'skip'; end: number }
  | { kind: 'text'; text: string; end: number }
  | { kind: 'open'; name: string; empty: boolean; end: number }
  | { kind: 'close'; name: string; end: number };

const open = (name: string): Draft => ({ name, text: '', children: [] });
const refuse = (why: string): Parsed => ({ ok: false, why });

const cdataStart = '<![CDATA[';
const cdataEnd = ']]>';
const openTag = /<([A-Za-z_][\w.-]{0,63})((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
const closeTag = /<\/([A-Za-z_][\w.-]{0,63})\s*>/y;

/**
 * Elements whose text a person chose: words, what a voice was understood as, a shared link, a place, a code they scanned.
 * Each stands once in a message, and behind it comes nothing that a person wrote, but for a link's title and description.
 */
const byPeople: ReadonlySet<string> = new Set([
  'Content',
  'Recognition',
  'Title',
  'Description',
  'Url',
  'Label',
  'Poiname',
  'ScanResult',
]);

/** What starts at a `<`, or the reason to refuse it. */
function readMarkup(source: string, at: number, here: Draft): Markup | string {
  if (source.startsWith(cdataStart, at)) {
    const from = at + cdataStart.length;
    const end = endOfCdata(source, from, here);
    if (end < 0) return 'CDATA is not closed';
    return { kind: 'text', text: source.slice(from, end), end: end + cdataEnd.length };
  }
  if (source.startsWith('<?xml', at) && source.slice(0, at).trim() === '') {
    const end = source.indexOf('?>', at);
    return end < 0 ? 'the declaration is not closed' : { kind: 'skip', end: end + 2 };
  }
  openTag.lastIndex = at;
  const [opened, openName, , slash] = openTag.exec(source) ?? [];
  if (opened !== undefined && openName !== undefined) {
    return { kind: 'open', name: openName, empty: slash === '/', end: at + opened.length };
  }
  closeTag.lastIndex = at;
  const [closed, closeName] = closeTag.exec(source) ?? [];
  if (closed !== undefined && closeName !== undefined) {
    return { kind: 'close', name: closeName, end: at + closed.length };
  }
  return source.startsWith('<!', at) ? 'a declaration or comment' : 'a malformed tag';
}

function endOfCdata(source: string, from: number, here: Draft): number {
  const first = source.indexOf(cdataEnd, from);
  if (!byPeople.has(here.name) || here.text !== '') return first;
  const last = source.lastIndexOf(`${cdataEnd}</${here.name}>`);
  return last < from ? first : last;
}

const named: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

function readText(source: string, at: number): Markup | string {
  const next = source.indexOf('<', at);
  const end = next < 0 ? source.length : next;
  const raw = source
    .slice(at, end)
    .replace(/^\uFEFF/, '')
    .trim();
  const text = withoutEntities(raw);
  return text === null ? 'an unknown entity' : { kind: 'text', text, end };
}

const entity = /&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(\w{1,8}));|&/g;

/** Null at the first entity that is none: the rest need not be looked at. */
function withoutEntities(raw: string): string | null {
  let text = '';
  let from = 0;
  for (const { 0: written, 1: decimal, 2: hex, 3: name, index } of raw.matchAll(entity)) {
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    const character = name === undefined ? characterOf(code) : named.get(name);
    if (character === undefined) return null;
    text += raw.slice(from, index) + character;
    from = index + written.length;
  }
  // Two halves of a character are the character; one alone is no text.
  return (text + raw.slice(from)).toWellFormed();
}

const characterOf = (code: number): string | undefined =>
  code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : undefined;
