/** The canonical shapes of the webhook, for commands that take the same data, so that the two cannot drift apart. */
import { CanonicalEvent } from '../../schema/index.ts';

const [saleCompleted, , , memberCreated] = CanonicalEvent.options;
const productUpserted = CanonicalEvent.options[7];

/** `data` of `sale.completed`. */
export const SaleData = saleCompleted.shape.data;
/** `data` of `member.created`. */
export const MemberProfile = memberCreated.shape.data.out;
/** `data` of `product.upserted`. */
export const ProductData = productUpserted.shape.data.out;
