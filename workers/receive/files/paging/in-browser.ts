/** 浏览器里读文件: the same reader as the server's, and the pages to send; nothing in here needs a server. */
import type { ImportKind, ImportPage } from '../../../../schema/index.ts';
import { headingOf } from '../columns.ts';
import { layouts } from '../layouts.ts';
import { readSheet } from '../sheets/read-sheet.ts';
import type { SheetFault } from '../sheets/sheet.ts';
import { pagesOf } from './pages.ts';

export { joined } from './joined.ts';
export { compared, refused } from './shown.ts';

export type Paged = { readonly pages: readonly ImportPage[]; readonly notes: readonly string[] };

/** `zone` is the source's, by whose clock its times are read. */
export async function readPages(
  kind: ImportKind,
  bytes: Uint8Array<ArrayBuffer>,
  zone: string,
): Promise<Paged | SheetFault> {
  const layout = layouts[kind];
  const sheet = await readSheet(bytes, headingOf(layout));
  return 'fault' in sheet ? sheet : { pages: pagesOf(layout, sheet, zone), notes: sheet.notes };
}
