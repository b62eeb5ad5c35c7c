/** 改映射的表: which one is tried, how it is taken apart, what each field means, and what comes of it. */
import type { FC } from 'hono/jsx';
import type { MappingAnswer } from '../../../../commands/sources/lab-ports.ts';
import { maskSecrets } from '../../../../views/mask-secrets.ts';
import { maskValue } from '../../../../views/mask.ts';
import { tokenField } from '../../../posted.tsx';
import { mappingPath } from '../../access/source-paths.ts';
import { Raw, Sheet } from '../../kit/parts.tsx';
import type { Visit } from '../../kit/visit.ts';
import { labWords } from '../../words/labs/labs.ts';
import type { Draft } from './draft.ts';
import { Rest, Rules, Steps, TextSheet } from './form-parts.tsx';
import { Text } from './leaf.tsx';
import { elementAt, pathsIn } from './paths.ts';
import { faultsIn, lacksOf, ResultSheet, type Lack } from './result.tsx';
import { RuleForm } from './rule-form.tsx';
import { typeIn } from './typed-rule.ts';
import { formId } from '../stays.tsx';
import { Which, type Tried } from '../tried.tsx';

type Props = {
  readonly visit: Visit;
  readonly tried: Tried;
  readonly draft: Draft;
  readonly answer: MappingAnswer | null;
};

export const MappingForm: FC<Props> = ({ visit, tried, draft, answer }) => {
  const { spec, place, isText } = draft;
  const lacks = lacksOf(answer, typeIn(spec.events[place] ?? {}), draft.typed);
  const path = mappingPath(visit.id);
  return (
    <form id={formId} method="post" action={`${path}#result`} novalidate>
      <input type="hidden" name={tokenField} value={visit.token} />
      {/* Enter looks, and saves nothing. */}
      <button class="unseen" name="act" value="look" tabindex={-1} aria-hidden="true">
        {labWords.look}
      </button>
      <input type="hidden" name="spec" value={JSON.stringify(spec)} />
      <input type="hidden" name="place" value={String(place)} />
      <Sheet title={labWords.which}>
        <Which tried={tried} now={visit.now} />
        <p class="buttons">
          <button name="act" value={isText ? 'look' : 'guess'}>
            {labWords.take}
          </button>
        </p>
      </Sheet>
      {isText ? (
        <TextSheet draft={draft} />
      ) : (
        <FormSheets
          path={path}
          draft={draft}
          lacks={lacks}
          answer={answer}
          isDecoded={tried.isDecoded && tried.event !== null}
        />
      )}
      <ResultSheet answer={answer} lacks={lacks} />
      <Sheet>
        <Rest draft={draft} path={path} />
      </Sheet>
    </form>
  );
};

type FormProps = {
  readonly path: string;
  readonly draft: Draft;
  readonly lacks: readonly Lack[];
  readonly answer: MappingAnswer | null;
  readonly isDecoded: boolean;
};

const FormSheets: FC<FormProps> = ({ path, draft, lacks, answer, isDecoded }) => {
  const { spec, place, typed } = draft;
  const whole = answer && 'tree' in answer ? maskSecrets(maskValue(answer.tree)) : {};
  const isOfList = typeof spec.each === 'string';
  const tree = typeof spec.each === 'string' ? elementAt(whole, spec.each) : whole;
  return (
    <>
      <Sheet title={labWords.apart}>
        {!isDecoded && <Steps spec={spec} />}
        <Text
          name="each"
          label={labWords.each}
          help={labWords.eachHelp}
          typed={new URLSearchParams({ each: isOfList ? String(spec.each) : '' })}
        />
        {typeof whole === 'object' && (
          <details class="field">
            <summary>{labWords.decoded}</summary>
            <Raw label={labWords.decoded}>{cut(JSON.stringify(whole, null, 1))}</Raw>
          </details>
        )}
      </Sheet>
      <div id="rule">
        <Sheet title={`${labWords.rule} ${place + 1}`} note={labWords.rulesHelp}>
          <Rules spec={spec} place={place} rulePath={`${path}#rule`} />
          {typed ? (
            <RuleForm
              typed={typed}
              faults={faultsIn(lacks)}
              tree={tree}
              above={isOfList ? pathsIn(whole, ['$']) : []}
            />
          ) : (
            <p class="note">{labWords.onlyText}</p>
          )}
        </Sheet>
      </div>
    </>
  );
};

const shownMax = 8_000;
const cut = (text: string): string => (text.length > shownMax ? `${text.slice(0, shownMax)}…` : text);
