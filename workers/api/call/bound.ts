/** 收银台的令牌: acts for its own source and in its own stores, whatever call it makes. */
import type { Token } from '../../db/shop/tokens.ts';
import type { Problem } from '../../platform/problem.ts';

/** Every part of a checked call. A source or a store is called the same in all of them. */
type Parts = { readonly params: unknown; readonly query: unknown; readonly body: unknown };

/** Null unless the call names what the token is not bound to. What it leaves out is the handler's to fill in: `sourceOf`. */
export function outside(
  { sourceId, stores }: Pick<Token, 'sourceId' | 'stores'>,
  { params, query, body }: Parts,
): Problem | null {
  for (const part of [params, query, body]) {
    const source = textAt(part, 'source');
    if (sourceId !== null && source !== null && source !== sourceId)
      return refused('source', `this token acts for ${sourceId} alone; POST /tokens makes one for another`);
    const store = textAt(part, 'store') ?? textAt(valueAt(part, 'store'), 'id');
    if (stores !== null && store !== null && !stores.some((own) => own === store))
      return refused(
        'store',
        `this token acts in ${stores.join(', ')} alone; POST /tokens makes one for others`,
      );
  }
  return null;
}

/** The system that a call speaks for. */
export const sourceOf = (
  { sourceId }: Pick<Token, 'sourceId'>,
  given: string | undefined,
): string | undefined => given ?? sourceId ?? undefined;

const valueAt = (part: unknown, key: string): unknown =>
  typeof part === 'object' && part !== null ? Reflect.get(part, key) : undefined;

const textAt = (part: unknown, key: string): string | null => {
  const value = valueAt(part, key);
  return typeof value === 'string' ? value : null;
};

export const refused = (field: string, detail: string): Problem => ({
  status: 403,
  code: 'outside_binding',
  detail: `${field}: ${detail}`,
  field,
});
