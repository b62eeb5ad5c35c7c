/** 别的文件: what a file is that is no table of ours, by its first bytes and its parts, never by its name. */
import type { OtherFile } from '../../../words/files/file-words.ts';
import type { Archive } from './zip.ts';

const beginnings: readonly (readonly [OtherFile, readonly number[]])[] = [
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
  ['rar', [0x52, 0x61, 0x72, 0x21]],
  ['rar', [0x37, 0x7a, 0xbc, 0xaf]],
  ['rar', [0x1f, 0x8b]],
];
const compound = [0xd0, 0xcf, 0x11, 0xe0];

export const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, place) => bytes[place] === byte);

export function otherBytes(bytes: Uint8Array): OtherFile | null {
  // An encrypted .xlsx lies in the same wrapper as an old .xls.
  if (startsWith(bytes, compound)) return holdsWide(bytes, 'EncryptedPackage') ? 'locked' : 'xls';
  return beginnings.find(([, start]) => startsWith(bytes, start))?.[0] ?? null;
}

/** Names in that wrapper are in UTF-16, in its directory. */
function holdsWide(bytes: Uint8Array, name: string): boolean {
  const text = new TextDecoder('latin1').decode(bytes);
  return text.includes(name.split('').join('\0'));
}

const headLength = 2_000;

/** Old programs write a web page, or markup, and call it .xls. */
export function otherText(text: string): OtherFile | null {
  const head = text.slice(0, headLength).trimStart();
  if (/^MIME-Version:/i.test(head)) return 'mhtml';
  if (/^[{[]\s*["{[]/.test(head)) return 'json';
  if (!head.startsWith('<')) return null;
  if (
    /urn:schemas-microsoft-com:office:spreadsheet|progid="Excel\.Sheet"/i.test(head) &&
    !/<html/i.test(head)
  )
    return 'xml2003';
  if (/<(?:!doctype\s+html|html|head|meta|body|table|style|div)\b/i.test(head)) return 'html';
  return /^<(?:\?xml|[\w:]+[\s>])/.test(head) ? 'xml' : null;
}

export const isWorkbook = (archive: Archive): boolean =>
  archive.has('[Content_Types].xml') || archive.has('xl/workbook.xml');

export function otherArchive(archive: Archive): OtherFile | null {
  if (archive.has('xl/workbook.bin')) return 'xlsb';
  if (archive.has('word/document.xml')) return 'word';
  if (archive.has('Index/Document.iwa') || archive.has('Index.zip')) return 'numbers';
  if (!archive.has('content.xml') && !archive.has('mimetype')) return null;
  return 'ods';
}
