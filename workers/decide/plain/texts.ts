/** 话术变量: puts values into a merchant's own text; a text with a missing value is never sent. */
import type { ReplyVariable } from '../../../schema/index.ts';

export type Variables = Readonly<Partial<Record<ReplyVariable, string>>>;

export type Rendered =
  | { readonly text: string }
  /** The variables without a value. */
  | { readonly missing: readonly string[] };

export function render(template: string, variables: Variables): Rendered {
  const missing = new Set<string>();
  const values: Readonly<Record<string, string | undefined>> = variables;
  const text = template.replaceAll(/\{([^{}]*)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined || value === '') missing.add(name);
    return value ?? '';
  });
  return missing.size > 0 ? { missing: [...missing] } : { text };
}
