/** 怎么接: what somebody does in the system itself, step by step, and how they see that it works. */
import type { FC } from 'hono/jsx';
import { readSettings } from '../../../db/shop/settings.ts';
import { Sheet } from '../kit/parts.tsx';
import type { Visit } from '../kit/visit.ts';
import { connectWords, systemWords } from '../words/systems.ts';

/** Systems call from outside: by the address that members use, where the shop has one. */
export async function originOf({ db, context }: Visit): Promise<string> {
  const { publicUrl } = await readSettings(db);
  return new URL(publicUrl ?? context.req.url).origin;
}

export const Address: FC<{ address: string }> = ({ address }) => (
  <div class="field">
    <label for="address">{connectWords.address}</label>
    <span class="help">{connectWords.addressHelp}</span>
    <input id="address" value={address} readonly />
    {address.endsWith('****') && <p class="help">{connectWords.addressHidden}</p>}
  </div>
);

/** Shown once: it is nowhere to be read again. */
export const Once: FC<{ system: string; secret: string | null; address: string }> = ({
  system,
  secret,
  address,
}) => (
  <Sheet title="现在抄下来">
    <p>离开这一页就看不到了；丢了可以换一个。</p>
    {secret !== null && (
      <div class="field">
        <label for="secret">密钥</label>
        <input id="secret" value={secret} readonly />
      </div>
    )}
    {!systemWords[system]?.isFetched && <Address address={address} />}
  </Sheet>
);

export const HowTo: FC<{ system: string; isTried?: boolean }> = ({ system, isTried = false }) => (
  <>
    <Sheet title={connectWords.title}>
      <Numbered steps={systemWords[system]?.steps ?? []} />
    </Sheet>
    {isTried && (
      <Sheet title={connectWords.tryTitle}>
        <Numbered steps={connectWords.trySteps} />
      </Sheet>
    )}
  </>
);

export const Numbered: FC<{ steps: readonly string[] }> = ({ steps }) => (
  <ol class="steps">
    {steps.map((step, place) => (
      <li>
        <div>
          {place + 1}. {step}
        </div>
      </li>
    ))}
  </ol>
);
