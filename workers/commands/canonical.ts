/** The canonical shapes of the webhook, for commands that take the same data, so that the two cannot drift apart. */
import * as z from 'zod';
import { ToldEvent, withoutAbsent } from '../../schema/index.ts';

type Option = (typeof ToldEvent.options)[number];
type OptionOf<Type> = Extract<Option, { shape: { type: { value: Type } } }>;

/** The option of that type: its name is what the schema tells them apart by. */
function optionOf<Type extends Option['shape']['type']['value']>(type: Type): OptionOf<Type> {
  const found = ToldEvent.options.find((option) => option.shape.type.value === type);
  if (!found) throw new Error(`no canonical event is called ${type}`);
  return found as OptionOf<Type>;
}

/** `data` of `sale.completed`. */
export const SaleData = optionOf('sale.completed').shape.data;
/** `data` of `member.created`. */
export const MemberProfile = optionOf('member.created').shape.data.out;
/** `data` of `product.upserted`. */
export const ProductData = optionOf('product.upserted').shape.data.out;

/** A body with parts of an event in it: what is not given may be said as tills say it. */
export const told = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(withoutAbsent, schema);
