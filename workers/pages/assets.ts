/** 静态文件的名字: scripts are served beside the Worker under names that change with their content; pages ask here for the name. */
import * as z from 'zod';
import { edition, fill } from '../platform/carried-words.ts';

/** Null where the deployment has no such file. */
export type AssetPath = (name: string) => Promise<string | null>;

const Words = z.object({ edition: z.string(), said: z.array(z.unknown()) });
const Names = z.record(z.string(), z.string().startsWith('/assets/'));
/** Only the path counts: the request never leaves the deployment. */
const origin = 'https://assets.invalid';
const namesUrl = `${origin}/assets/names.json`;
const wordsUrl = `${origin}/assets/words.json`;

/** Read once in an isolate: a new deployment is a new isolate. */
function assetPaths(read: (url: string) => Promise<Response>): AssetPath {
  let known: Promise<z.infer<typeof Names>> | null = null;
  const load = async (): Promise<z.infer<typeof Names>> => {
    const response = await read(namesUrl);
    return response.ok ? Names.parse(await response.json()) : {};
  };
  return async (name) => {
    known ??= load();
    try {
      return (await known)[name] ?? null;
    } catch (error) {
      known = null;
      throw error;
    }
  };
}

/** What stands beside the Worker, for its pages. */
export const besideUs = (read: (url: string) => Promise<Response>) => ({
  asset: assetPaths(read),
  words: carriedWords(read),
});

/** Reads what pages say, once in an isolate. A page that cannot be worded is not drawn. */
function carriedWords(read: (url: string) => Promise<Response>): () => Promise<void> {
  let isFilled = edition === null;
  return async () => {
    if (isFilled) return;
    const response = await read(wordsUrl);
    if (!response.ok) throw new Error(`the words beside the Worker: ${String(response.status)}`);
    fill(Words.parse(await response.json()));
    isFilled = true;
  };
}
