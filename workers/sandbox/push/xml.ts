/**
 * 推送的 XML: written and read as WeChat's own servers do, element names to the letter.
 *
 * Of its own, and not Huike's reader: what one of them gets wrong, the other notices.
 */

export type Fields = { readonly [name: string]: Value };
type Value = string | number | bigint | Fields | readonly Fields[];

/** Text is wrapped in CDATA, numbers stand bare, a list repeats its element. */
export function writeXml(fields: Fields): string {
  let text = '';
  for (const [name, value] of Object.entries(fields)) {
    const each: readonly Value[] = isList(value) ? value : [value];
    for (const one of each) text += `<${name}>${contentOf(one)}</${name}>`;
  }
  return text;
}

function contentOf(value: Value): string {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  // What a person typed goes out as they typed it, also when it holds `]]>`: WeChat cuts no section in two.
  if (typeof value === 'string') return `<![CDATA[${value}]]>`;
  return isList(value) ? '' : writeXml(value);
}

const isList = (value: Value): value is readonly Fields[] => Array.isArray(value);

export type Node = { readonly name: string; readonly text: string; readonly children: readonly Node[] };

const depthMax = 8;
const token = /<!\[CDATA\[([\s\S]*?)\]\]>|<\/([A-Za-z]\w*)>|<([A-Za-z]\w*)>|([^<]+)/gy;

/** The `<xml>` element, or null for anything that is not whole: no attributes, comments or declarations. */
export function readXml(source: string): Node | null {
  const root = { name: '', text: '', children: [] as Node[] };
  const path = [root];
  let end = 0;
  for (const [whole, section, closed, opened, plain] of source.trim().matchAll(token)) {
    end += whole.length;
    const here = path.at(-1);
    if (here === undefined) return null;
    if (section !== undefined) here.text += section;
    else if (plain !== undefined) here.text += decode(plain.trim());
    else if (opened !== undefined) {
      const child = { name: opened, text: '', children: [] };
      here.children.push(child);
      if (path.push(child) > depthMax) return null;
    } else if (path.length < 2 || path.pop()?.name !== closed) return null;
  }
  const [only, second] = root.children;
  const isWhole = end === source.trim().length && path.length === 1 && root.text === '';
  return isWhole && only?.name === 'xml' && second === undefined ? only : null;
}

export const childOf = (node: Node | null, name: string): Node | null =>
  node?.children.find((child) => child.name === name) ?? null;

/** Empty when there is no such element. */
export const textOf = (node: Node | null, name: string): string => childOf(node, name)?.text ?? '';

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const decode = (text: string): string =>
  text.replaceAll(/&(\w+);/g, (whole, name: string) => entities[name] ?? whole);
