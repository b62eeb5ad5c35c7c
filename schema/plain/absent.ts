/** 没有给: the ways in which programs say that they give nothing; an event without it says the same. */

/** Also what only looks blank: .NET pads with spaces, and a copied blank may hold marks that nobody sees. */
const blank = /^[\s\p{Cf}\p{DI}]*$/u;

/**
 * The same value without what is not given: `null` (C#, Java, Go), `""` (forms), `{}`, `[]` (PHP, for an object without fields), and
 * anybody whose `id` is one of these. What is required and not given is refused by whoever requires it.
 */
export function withoutAbsent(value: unknown): unknown {
  if (Array.isArray(value)) return withoutAbsentElements(value);
  if (typeof value !== 'object' || value === null) return value;
  let kept: Record<string, unknown> | null = null;
  for (const [key, inner] of Object.entries(value)) {
    const given = withoutAbsent(inner);
    if (given === inner && !isAbsent(given)) continue;
    // Most events have nothing to leave out, and are not copied.
    kept ??= { ...value };
    if (isAbsent(given) || isNobody(inner)) delete kept[key];
    else kept[key] = given;
  }
  return kept ?? value;
}

/** An element without fields stays: a line that says nothing is a fault of its sender, and costs the sale if it is passed over. */
function withoutAbsentElements(list: readonly unknown[]): readonly unknown[] {
  const given = list.filter((inner) => !isNothing(inner) && !isNobody(inner)).map(withoutAbsent);
  return given.length === list.length && given.every((inner, place) => inner === list[place]) ? list : given;
}

const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === 'string' && blank.test(value));

const isAbsent = (value: unknown): boolean =>
  isNothing(value) || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);

/** `{"id":"","name":"小王"}`: whoever is named by id has none. */
const isNobody = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'id' in value && isAbsent(value.id);
