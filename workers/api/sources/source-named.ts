/** The source whose namespace a call uses, as a parameter. */
import * as z from 'zod';

export const SourceName = z.string().trim().min(1).max(40).optional().meta({
  description:
    'The system in whose numbers externalId, cardNo and orderNo are given; the one registered first, unless said.',
});
