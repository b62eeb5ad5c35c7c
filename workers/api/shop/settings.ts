/** 设置 and 我是谁. */
import * as z from 'zod';
import { MerchantSettings, tokenScopes } from '../../../schema/index.ts';
import { patchSettings, replaceSettings } from '../../commands/shop/settings.ts';
import { readSettings } from '../../db/shop/settings.ts';
import { namedAnswer, namedBody, ok, route } from '../call/define.ts';
import { At, instantOrNull } from '../call/shapes.ts';

const SettingsAnswer = namedAnswer('Settings', MerchantSettings);
const common = { tag: 'Settings', statuses: [200] } as const;

const get = route({
  ...common,
  method: 'GET',
  path: '/settings',
  summary: 'The merchant’s settings',
  description: 'All of them, those that were never changed as they come.',
  scope: 'admin',
  answer: SettingsAnswer,
  handle: async ({ deps }) => ok(await readSettings(deps.db)),
});

const put = route({
  ...common,
  method: 'PUT',
  path: '/settings',
  summary: 'Replace the merchant’s settings',
  description:
    'All of them at once: what is left out returns to its default, so send back what `GET /settings` answered. `PATCH /settings` changes one and leaves the others.',
  scope: 'admin',
  body: namedBody('SettingsInput', MerchantSettings),
  answer: SettingsAnswer,
  handle: async ({ deps, body }) => ok(await replaceSettings(deps.db, body)),
});

const patch = route({
  ...common,
  method: 'PATCH',
  path: '/settings',
  summary: 'Change some of the merchant’s settings',
  description:
    'A JSON merge patch (RFC 7396): what is left out stays as it is, lists are replaced, and null returns a field to its default. Of two changes of one part at the same moment the later one stands.',
  scope: 'admin',
  body: z.record(z.string(), z.unknown()),
  documentedBody: namedBody('SettingsPatch', MerchantSettings.partial()),
  answer: SettingsAnswer,
  handle: async ({ deps, body }) => {
    const changed = await patchSettings(deps.db, body);
    return 'code' in changed ? changed : ok(changed);
  },
});

const whoami = route({
  ...common,
  method: 'GET',
  path: '/whoami',
  summary: 'Whose token this is, and what it may do',
  description:
    'For a till that wants to know whether its token is good, and for which system and stores it acts.',
  scope: 'pos',
  answer: namedAnswer(
    'Caller',
    z.strictObject({
      name: z.string(),
      scopes: z.array(z.enum(tokenScopes)),
      source: z.string().nullable().meta({ description: 'The only system it acts for.' }),
      stores: z.array(z.string()).nullable().meta({ description: 'The only stores it acts in.' }),
      expiresAt: At.nullable(),
    }),
  ),
  handle: async ({ token: { name, scopes, sourceId, stores, expiresAt } }) =>
    ok({
      name,
      scopes: [...scopes],
      source: sourceId,
      stores: stores && [...stores],
      expiresAt: instantOrNull(expiresAt),
    }),
});

export const settingsRoutes = [get, put, patch, whoami];
