/** 套餐模板: what the office sells, set over the API. */
import * as z from 'zod';
import { PackageTemplateInput } from '../../../schema/index.ts';
import { packageTemplates } from '../../commands/definitions/package-templates.ts';
import { resource } from '../call/resource.ts';
import { At, instant } from '../call/shapes.ts';

export const packageTemplateRoutes = resource({
  definition: packageTemplates,
  path: '/package-templates',
  tag: 'Packages',
  name: 'PackageTemplate',
  answer: PackageTemplateInput.extend({ id: z.string(), createdAt: At }),
  view: ({ id, definition, createdAt }) => ({ ...definition, id, createdAt: instant(createdAt) }),
  create: {
    summary: 'Define a package that is sold at the counter (套餐、次卡)',
    description: 'An item of unitPriceFen 0 is a gift: nothing is taken off a refund for it.',
  },
  list: {
    summary: 'Packages that the office defined, newest first',
    description: 'Those that are not sold any more are among them; a till’s own packages are not.',
  },
  change: {
    summary: 'Change a package, or stop selling it',
    description: 'A JSON merge patch (RFC 7396). What was sold before stays as it was sold.',
    body: PackageTemplateInput.partial(),
  },
});
