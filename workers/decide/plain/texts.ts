/** 话术: a merchant's text with its variables filled in, and words of a person that stay words wherever they are shown. */
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

/**
 * 原话: WeChat and WeCom make links of `<a href>`, of `data-miniprogram-…` and of `weixin://`. What one person wrote and another
 * reads must not become one: the signs that make markup are shown at full width.
 */
export const asWords = (text: string): string =>
  text
    .replaceAll('<', '＜')
    .replaceAll('>', '＞')
    .replaceAll(/&(?=#?\w{1,8};)/g, '＆')
    .replaceAll(/(weixin|wxwork):(?=\/)/gi, '$1：');
