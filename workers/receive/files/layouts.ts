/** The layouts of all kinds of files: all that a browser needs of them. */
import type { ImportKind } from '../../../schema/index.ts';
import type { Layout } from './layout.ts';
import { members } from './members.ts';
import { products } from './products.ts';
import { salesLayout } from './sales/layout.ts';

export const layouts: Readonly<Record<ImportKind, Layout>> = { sales: salesLayout, members, products };
