/** 域名验证文件: files that WeChat and WeCom look for at the root of the domain to verify it. */
import { readSettings } from '../db/shop/settings.ts';
import { publicPage } from './page.ts';

/** As hono matches it; MerchantSettings admits no other names. */
export const domainFilePath = '/:file{(?:MP|WW)_verify_[A-Za-z0-9]+\\.txt}';

export const domainFile = publicPage({
  path: domainFilePath,
  get: async ({ deps, context }) => {
    const { domainFiles } = await readSettings(deps.engine.db);
    const name = context.req.param('file') ?? '';
    const content = Object.hasOwn(domainFiles, name) ? domainFiles[name] : undefined;
    return content === undefined ? context.text('not here\n', 404) : context.text(content);
  },
});
