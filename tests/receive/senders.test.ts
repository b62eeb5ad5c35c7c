/** 数据来源: whatever a vendor sends in our fixtures could have been registered, and is verified as registering says. */
import { describe, expect, test } from 'vitest';
import { adapterNamed, adapters } from '../../workers/receive/erp/index.ts';
import { senders } from '../../workers/receive/senders.ts';
import { schemes } from '../../workers/receive/verify/index.ts';
import { parseSecret } from '../../workers/receive/verify/kernel/secrets.ts';
import { fixturesOf } from '../support/erp/fixtures.ts';
import { signers } from '../support/erp/signers.ts';

describe.each(adapters.map(({ name }) => name))('%s', (adapter) => {
  test.each(fixturesOf(adapter).map((fixture) => [fixture.name, fixture] as const))(
    'its %s comes from a source that may be registered',
    (_, { scheme, config }) => {
      const sender = { adapter, config };
      expect(senders.check(sender, null)).toEqual([]);
      expect(senders.verifier(sender)).toMatchObject({ scheme });
      const listed = adapterNamed(adapter)?.schemes;
      if (listed) expect(listed).toContain(scheme);
      const form = senders.verifier(sender)?.secret;
      // The fixtures sign as Stripe with a secret that is not one of Stripe's; the other digests are not handed in.
      if (scheme !== 'stripe' && form?.form !== 'address')
        expect(senders.secretFault(sender, signers[scheme]?.stored ?? '')).toBeNull();
    },
  );

  test('a secret that is made for it is one that it takes', async () => {
    const sender = { adapter, config: fixturesOf(adapter)[0]?.config ?? null };
    const made = await senders.newSecret(sender);
    const form = senders.verifier(sender)?.secret;
    expect(made === null).toBe(form?.madeBy === 'sender');
    if (made && form?.form === 'text') expect(senders.secretFault(sender, made.stored)).toBeNull();
    expect(made?.stored === made?.shown).toBe(form?.form !== 'address');
  });

  test('it answers a good push, a forged one and a probe, and says so beforehand', async () => {
    const conduct = await senders.conduct({ adapter, config: fixturesOf(adapter)[0]?.config ?? null });
    expect(conduct.acknowledgement.status).toBeLessThan(300);
    expect(conduct.refusal).toMatchObject({ status: 401, body: expect.not.stringMatching(/^ok$|success/i) });
    if (conduct.probe) expect(conduct.probe.status).toBe(200);
  });
});

test('a secret made for any scheme can be read back as that scheme needs it', () => {
  for (const { name, secretForm } of schemes) {
    const form = secretForm({});
    if (form?.form !== 'text' || !form.make) continue;
    const made = form.make();
    expect([name, parseSecret(made), form.fits(made)]).toEqual([name, made, true]);
    expect(form.make()).not.toBe(made);
  }
});
