/** 写微信的 XML: what goes back in an answer, with whatever a person typed kept inside its element. */

/** A string becomes CDATA, a number plain text, a list repeats the element. */
type XmlValue = string | number | XmlFields | readonly XmlFields[];
export type XmlFields = { readonly [name: string]: XmlValue };

/** `buildXml({ xml: { ToUserName: 'o1', CreateTime: 1 } })`. A name that is not a plain word throws. */
export function buildXml(fields: XmlFields): string {
  return Object.entries(fields)
    .map(([name, value]) => buildElement(name, value))
    .join('');
}

const [start, end] = ['<![CDATA[', ']]>'];

function buildElement(name: string, value: XmlValue): string {
  if (!/^[A-Za-z_][\w.-]{0,63}$/.test(name)) throw new Error(`"${name}" is not an element name.`);
  if (typeof value === 'string') return `<${name}>${cdata(value)}</${name}>`;
  if (typeof value === 'number') return `<${name}>${value}</${name}>`;
  if (isList(value)) return value.map((one) => buildElement(name, one)).join('');
  return `<${name}>${buildXml(value)}</${name}>`;
}

const isList = (value: XmlFields | readonly XmlFields[]): value is readonly XmlFields[] =>
  Array.isArray(value);

/** `]]>` in a member's words would end the section early and let them write elements of their own. */
function cdata(text: string): string {
  // oxlint-disable-next-line no-control-regex -- XML 1.0 has no way to carry these characters.
  const legal = text.toWellFormed().replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '');
  return start + legal.replaceAll(end, `]]${end}${start}>`) + end;
}
