/** 标签库和标签规则, as decisions read them. */
import type { TagDictionary, TagRule, TagRuleInput } from '../../../schema/index.ts';

export type CompiledRule = Omit<TagRuleInput, 'enabled'> & {
  /** The rule and its revision: what was counted for another one says nothing of this. */
  readonly key: string;
};

export type CompiledTags = {
  /** Of a tag that stands alone in its dictionary: the others there. */
  readonly rivals: ReadonlyMap<string, readonly string[]>;
  /** Those in force. */
  readonly rules: readonly CompiledRule[];
};

/** A tag that is in two dictionaries belongs to the older one. */
export function compileTags(dictionaries: readonly TagDictionary[], rules: readonly TagRule[]): CompiledTags {
  const rivals = new Map<string, readonly string[]>();
  const seen = new Set<string>();
  for (const { definition } of dictionaries.filter((one) => one.definition.enabled)) {
    const own = definition.tags.filter((tag) => !seen.has(tag));
    for (const tag of own) {
      seen.add(tag);
      if (definition.single) {
        const others = own.filter((one) => one !== tag);
        rivals.set(tag, others);
      }
    }
  }
  return {
    rivals,
    rules: rules
      .filter(({ definition }) => definition.enabled)
      .map(({ id, rev, definition }) => ({ ...definition, key: `${id}.${rev}` })),
  };
}
