/** The kinds of files that can be imported. A new one is its file, its line here and its test. */
import type { ImportKind } from '../../../schema/index.ts';
import type { FileKind } from './kind.ts';
import { members } from './members.ts';
import { products } from './products.ts';
import { sales } from './sales/sales.ts';

export const fileKinds: Readonly<Record<ImportKind, FileKind>> = { sales, members, products };
