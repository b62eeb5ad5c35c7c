/** 限度: how large a mapping may be, checked before it is walked. */

const depthMax = 16;
const partsMax = 4_000;
/** Each level of a mapping is two of JSON: `{"object": {"lines": …}}`. */
const jsonDepthMax = depthMax * 2 + 8;

/** Why a specification is too large; null when it is not. */
export function tooMuch(spec: unknown): string | null {
  let parts = 0;
  const walk = (value: unknown, depth: number): string | null => {
    parts += 1;
    if (depth > jsonDepthMax) return `is nested deeper than ${depthMax} levels`;
    if (parts > partsMax) return `has more than ${partsMax} parts`;
    if (typeof value !== 'object' || value === null) return null;
    if (Object.hasOwn(value, '__proto__')) return 'has a key called __proto__';
    for (const inner of Object.values(value)) {
      const why = walk(inner, depth + 1);
      if (why !== null) return why;
    }
    return null;
  };
  return walk(spec, 0);
}
