/** 字段词典: what a field means and what a value of it looks like. A name means the same everywhere in this house. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type FieldWords = {
  /** One plain sentence: the unit, bounds that the schema does not hold, what null means. */
  readonly says: string;
  /** Not needed for a choice, a flag, or an object whose own fields have one. */
  readonly example?: Json;
};

/**
 * By the name of the field; where one name has several meanings, by the name of what holds it and its own: `children.name` is the name in
 * each of `children`, `CampaignInput.from` a field of that body, `stores.id` the `{id}` behind `/stores`, `events.code` the query
 * parameter of `/events`.
 */
export type FieldDictionary = Readonly<Record<string, FieldWords>>;
