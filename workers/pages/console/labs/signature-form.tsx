/** 试签名的表: the request, the secret, and below them what was found. */
import type { FC, PropsWithChildren } from 'hono/jsx';
import { tokenField } from '../../posted.tsx';
import { signaturePath } from '../access/source-paths.ts';
import type { Typed } from '../form/typed.ts';
import { Raw, Sheet } from '../kit/parts.tsx';
import type { Visit } from '../kit/visit.ts';
import { maskBody } from '../../../views/mask.ts';
import { labWords } from '../words/labs/labs.ts';
import type { Faulty } from './request.ts';
import { Which, type Tried } from './tried.tsx';

type Props = PropsWithChildren<{
  readonly visit: Visit;
  readonly tried: Tried;
  readonly typed: Typed;
  readonly faults: Faulty;
  /** Whether it can be told to let everything in that knows its address. */
  readonly mayOpen: boolean;
}>;

export const SignatureForm: FC<Props> = ({ visit, tried, typed, faults, mayOpen, children }) => (
  <form method="post" action={`${signaturePath(visit.id)}#result`} novalidate>
    <input type="hidden" name={tokenField} value={visit.token} />
    <button class="unseen" tabindex={-1} aria-hidden="true">
      {labWords.try}
    </button>
    <Sheet title={labWords.which}>
      <Which tried={tried} now={visit.now} />
      {faults.has('payload') && <p class="problem">{faults.get('payload')}</p>}
      {tried.event && <Came tried={tried} />}
      {mayOpen && (
        <>
          <p class="help">{labWords.notKept}</p>
          <p class="buttons">
            <button name="take" value="url-token">
              {labWords.open}
            </button>
          </p>
        </>
      )}
    </Sheet>
    <Sheet title={labWords.secret}>
      <Field name="secret" label={labWords.secret} help={labWords.secretHelp} faults={faults}>
        <input
          id="secret"
          name="secret"
          value={typed.get('secret') ?? ''}
          autocomplete="off"
          maxlength={4000}
        />
      </Field>
      <Field name="headers" label={labWords.headers} help={labWords.headersHelp} faults={faults}>
        <textarea id="headers" name="headers" rows={3} maxlength={8000}>
          {typed.get('headers') ?? ''}
        </textarea>
      </Field>
      <Field name="url" label={labWords.url} help={labWords.urlHelp} faults={faults}>
        <input id="url" name="url" value={typed.get('url') ?? ''} maxlength={2000} />
      </Field>
      <p class="buttons">
        <button class="first">{labWords.try}</button>
      </p>
    </Sheet>
    {children}
  </form>
);

const Field: FC<PropsWithChildren<{ name: string; label: string; help: string; faults: Faulty }>> = ({
  name,
  label,
  help,
  faults,
  children,
}) => (
  <div class={faults.has(name) ? 'field bad' : 'field'}>
    <label for={name}>{label}</label>
    <span class="help">{help}</span>
    {children}
    {faults.has(name) && <p class="problem">{faults.get(name)}</p>}
  </div>
);

/** As it came, without what is personal and what opens doors. */
const Came: FC<{ tried: Tried }> = ({ tried: { event, text, headers } }) => (
  <details class="field">
    <summary>{labWords.payload}</summary>
    <Raw label={labWords.payload}>
      {maskBody(JSON.stringify(headers), '')}
      {'\n\n'}
      {maskBody(text, event?.type ?? '')}
    </Raw>
  </details>
);
