/** The secrets of a local run: made once, at random, and kept beside the state they belong to. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const sourceId = 'till';

export type Credentials = {
  readonly apiToken: string;
  readonly erpSecret: string;
  readonly seed: string;
  readonly wechat: {
    readonly appId: string;
    readonly appSecret: string;
    readonly token: string;
    readonly encodingAESKey: string;
    readonly originalId: string;
  };
};

const hex = (bytes: number): string => randomBytes(bytes).toString('hex');

export const newApiToken = (): string => `hk_${randomBytes(24).toString('base64url')}`;

export function readCredentials(stateDir: string): Credentials {
  const path = join(stateDir, 'credentials.json');
  // Written by this function and nobody else.
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as Credentials;
  const made: Credentials = {
    apiToken: newApiToken(),
    erpSecret: `whsec_${randomBytes(32).toString('base64')}`,
    seed: hex(32),
    wechat: {
      appId: `wx${hex(8)}`,
      appSecret: hex(16),
      token: hex(8),
      // 43 letters and digits, as the WeChat console makes them: usually not canonical base64.
      encodingAESKey: randomBytes(64)
        .toString('base64')
        .replaceAll(/[^A-Za-z0-9]/g, 'x')
        .slice(0, 43),
      originalId: `gh_${hex(6)}`,
    },
  };
  writeFileSync(path, JSON.stringify(made, null, 2), { mode: 0o600 });
  return made;
}
