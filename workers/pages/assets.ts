/** 静态文件的名字: scripts are served beside the Worker under names that change with their content; pages ask here for the name. */
import * as z from 'zod';

/** Null where the deployment has no such file. */
export type AssetPath = (name: string) => Promise<string | null>;

const Names = z.record(z.string(), z.string().startsWith('/assets/'));
/** Only the path counts: the request never leaves the deployment. */
const namesUrl = 'https://assets.invalid/assets/names.json';

/** Read once in an isolate: a new deployment is a new isolate. */
export function assetPaths(read: (url: string) => Promise<Response>): AssetPath {
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
