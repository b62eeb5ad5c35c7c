/** 标记: XML as it is unpacked, tag by tag: each character is looked at once, however its elements are (not) closed. */
import { unescapeXml } from './xml-text.ts';
import { TooLarge } from './zip.ts';

/** Names come without their prefix. An empty element is opened and closed. */
export type Markup = {
  readonly open: (name: string, attributes: string) => void;
  /** Not unescaped yet, unless it `isPlain`. */
  readonly text: (text: string, isPlain: boolean) => void;
  readonly close: (name: string) => void;
};

/** A tag, a comment or the text between two: longer than any cell. */
const tokenLengthMax = 500_000;

/** Reads pieces until `isDone`; what is cut in two is kept for the next piece. What ends before all is closed that was opened has lost its end. */
export async function scan(
  pieces: AsyncIterable<string>,
  markup: Markup,
  isDone: () => boolean = () => false,
): Promise<void> {
  let rest = '';
  let depth = 0;
  const counted: Markup = {
    text: markup.text,
    open: (name, attributes) => {
      depth += 1;
      markup.open(name, attributes);
    },
    close: (name) => {
      depth -= 1;
      markup.close(name);
    },
  };
  for await (const piece of pieces) {
    rest = scanned(rest + piece, counted, isDone);
    if (isDone()) return;
    if (rest.length > tokenLengthMax) throw new TooLarge('a part of the markup does not end');
  }
  if (depth !== 0 || rest.includes('<')) throw new TypeError('the markup is cut off');
}

/** What is not finished yet is returned. */
function scanned(source: string, markup: Markup, isDone: () => boolean): string {
  let place = 0;
  while (!isDone()) {
    const start = source.indexOf('<', place);
    if (start < 0) break;
    if (start > place) markup.text(source.slice(place, start), false);
    place = start;
    const end = source.startsWith('<!', start)
      ? declared(source, start, markup)
      : tagged(source, start, markup);
    if (end < 0) break;
    place = end;
  }
  return source.slice(place);
}

function declared(source: string, start: number, markup: Markup): number {
  // Which it is shows after nine characters.
  if (source.length < start + cdata.length) return -1;
  const [isComment, isText] = [source.startsWith('<!--', start), source.startsWith(cdata, start)];
  // Entities that grow to gigabytes can be declared only here.
  if (!isComment && !isText) throw new TypeError('the markup declares a type of its own');
  const mark = isComment ? '-->' : ']]>';
  const end = source.indexOf(mark, start + 4);
  if (end < 0) return -1;
  if (isText) markup.text(source.slice(start + cdata.length, end), true);
  return end + mark.length;
}
const cdata = '<![CDATA[';

function tagged(source: string, start: number, markup: Markup): number {
  const end = tagEnd(source, start + 1);
  if (end < 0) return -1;
  const first = source.charCodeAt(start + 1);
  if (first === slash) markup.close(localName(source.slice(start + 2, end).trimEnd()));
  else if (first !== question) {
    const isEmpty = source.charCodeAt(end - 1) === slash;
    const tag = source.slice(start + 1, isEmpty ? end - 1 : end);
    const space = tag.search(/\s/);
    const name = localName(space < 0 ? tag : tag.slice(0, space));
    markup.open(name, space < 0 ? '' : tag.slice(space));
    if (isEmpty) markup.close(name);
  }
  return end + 1;
}

const [slash, question, greater, double, single] = ['/', '?', '>', '"', "'"].map((one) => one.charCodeAt(0));

/** A value in quotes may hold `>`, as the format `[>100]0` does. */
function tagEnd(source: string, start: number): number {
  let quote: number | undefined;
  for (let place = start; place < source.length; place += 1) {
    const code = source.charCodeAt(place);
    if (quote !== undefined) {
      if (code === quote) quote = undefined;
    } else if (code === greater) return place;
    else if (code === double || code === single) quote = code;
  }
  return -1;
}

const localName = (name: string): string => {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
};

const shapes = new Map<string, RegExp>();

/** The value of `name`, whatever its prefix. */
export function attribute(attributes: string, name: string): string | null {
  const quick = attributes.indexOf(` ${name}="`);
  if (quick >= 0) {
    const start = quick + name.length + 3;
    return unescapeXml(attributes.slice(start, attributes.indexOf('"', start)));
  }
  let shape = shapes.get(name);
  if (!shape)
    shapes.set(
      name,
      (shape = new RegExp(`\\s(?:\\w{1,40}:)?${name}\\s{0,20}=\\s{0,20}(?:"([^"]*)"|'([^']*)')`)),
    );
  const [, quoted, apostrophed] = shape.exec(attributes) ?? [];
  const value = quoted ?? apostrophed;
  return value === undefined ? null : unescapeXml(value);
}
