/** 页面带的文件: where a page finds its stylesheet and its scripts. */
import type { PageContext } from '../ports.ts';

export type Loaded = {
  readonly nonce: string;
  readonly style: string | null;
  readonly sources: readonly string[];
};

/** Scripts from elsewhere are named by their whole address. */
export async function loadedBy(
  { var: { nonce, fileAt } }: PageContext,
  style: string,
  scripts: readonly string[] = [],
): Promise<Loaded> {
  const [styleAt, ...sources] = await Promise.all([
    fileAt(style),
    ...scripts.map(async (name) => (name.startsWith('https://') ? name : fileAt(name))),
  ]);
  return { nonce, style: styleAt ?? null, sources: sources.filter((source) => source !== null) };
}
