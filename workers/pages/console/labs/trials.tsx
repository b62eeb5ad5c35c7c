/** 试出来的: which ways of signing fit, each with a button that takes it over, and what came nearest with the reason why not. */
import type { FC } from 'hono/jsx';
import type { SignatureTrial } from '../../../commands/sources/lab-ports.ts';
import { Sheet, Table } from '../kit/parts.tsx';
import { labWords, schemeNames, whyNames } from '../words/labs/labs.ts';
import type { AskedScheme } from './schemes.ts';

const missesShown = 8;
const matchesShown = 5;

type Props = { readonly trials: readonly SignatureTrial[]; readonly takes: (scheme: AskedScheme) => boolean };

export const Trials: FC<Props> = ({ trials, takes }) => {
  const matches = trials.filter(({ matches: fits }) => fits).slice(0, matchesShown);
  // A hundred variants of one way say one thing.
  const unlike = new Map(
    trials.filter(({ matches: fits }) => !fits).map((one) => [`${one.scheme} ${one.why}`, one] as const),
  );
  const misses = [...unlike.values()].slice(0, missesShown);
  return (
    <div id="result">
      <Sheet title={matches.length > 0 ? labWords.found : labWords.foundNone}>
        {matches.length === 0 && <p>{labWords.foundNoneHelp}</p>}
        {matches.map((trial) => (
          <Match trial={trial} takes={takes(trial)} />
        ))}
      </Sheet>
      {matches.length === 0 && (
        <Sheet title={labWords.misses}>
          <Table
            caption={labWords.misses}
            rows={misses}
            empty=""
            columns={[
              { label: labWords.scheme, show: nameOf },
              { label: labWords.why, show: ({ why }) => whyNames[why] ?? why },
            ]}
          />
        </Sheet>
      )}
    </div>
  );
};

const nameOf = ({ scheme }: SignatureTrial): string => schemeNames[scheme] ?? scheme;

const Match: FC<{ trial: SignatureTrial; takes: boolean }> = ({ trial, takes }) => {
  const { scheme, params, secretFault } = trial;
  return (
    <div class="item">
      <p>
        <b>{nameOf(trial)}</b>
      </p>
      {params && (
        <p>
          <code>{JSON.stringify(params)}</code>
        </p>
      )}
      {secretFault !== null && <p class="problem">{labWords.secretFault}</p>}
      {takes ? (
        <p class="buttons">
          <button class="first" name="take" value={JSON.stringify({ scheme, params })}>
            {labWords.use}
          </button>
        </p>
      ) : (
        <p class="help">{labWords.cannotUse}</p>
      )}
    </div>
  );
};
