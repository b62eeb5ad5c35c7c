/** 兑换品: what points are exchanged for, set over the API. */
import * as z from 'zod';
import { ExchangeItemInput } from '../../../schema/index.ts';
import { exchangeItems } from '../../commands/definitions/exchange-items.ts';
import { resource } from '../call/resource.ts';
import { At, instant } from '../call/shapes.ts';

export const exchangeItemRoutes = resource({
  definition: exchangeItems,
  path: '/exchange-items',
  tag: 'Points',
  name: 'ExchangeItem',
  answer: ExchangeItemInput.extend({
    id: z.string(),
    exchanged: z.int().meta({ description: 'How many were exchanged; those that were undone do not count.' }),
    createdAt: At,
  }),
  view: ({ id, definition, exchanged, createdAt }) => ({
    ...definition,
    id,
    exchanged,
    createdAt: instant(createdAt),
  }),
  create: {
    summary: 'Put something into the points shop (积分商城)',
    description:
      'Goods and whatever else is handed over in a store are a coupon of the kind gift. The limits of its template hold besides those given here.',
  },
  list: {
    summary: 'What stands in the points shop, newest first',
    description:
      'Those that are switched off or over included; what one member may take is GET /members/{id}/exchange-items.',
  },
  change: {
    summary: 'Change an item, or take it from the shelf',
    description:
      'A JSON merge patch (RFC 7396). Exchanges that were made stay as they are; the stock cannot be less than they took.',
    body: ExchangeItemInput.partial(),
    conflicts: ['limit_below_used'],
  },
});
