/** 表的几块: the steps that take a payload apart, the rules to choose from, the mapping as text, and what holds for all of it. */
import type { FC } from 'hono/jsx';
import { Select } from '../../form/select.tsx';
import { Sheet } from '../../kit/parts.tsx';
import { typeName } from '../../words/events.ts';
import { labWords, otherwiseNames, stepNames } from '../../words/labs/labs.ts';
import { stepsMax, type Draft, type Spec } from './draft.ts';
import { options, Text } from './leaf.tsx';
import { ignored } from './rule.ts';
import { typeIn } from './typed-rule.ts';

/** With an empty one behind, as long as there may be more. */
export const Steps: FC<{ spec: Spec }> = ({ spec: { decode } }) => (
  <fieldset class="field">
    <legend>{labWords.step}</legend>
    <span class="help">{labWords.apartHelp}</span>
    {[...decode, { do: '' }].slice(0, stepsMax).map((step, place) => (
      <div class="field line">
        <Select name={`s:${place}`} value={step.do} options={options(stepNames)} isOpen />
        <input
          name={`a:${place}`}
          value={'at' in step && typeof step.at === 'string' ? step.at : ''}
          placeholder={labWords.at}
          aria-label={labWords.at}
          autocomplete="off"
        />
      </div>
    ))}
    <button class="plain" name="act" value="guess">
      {labWords.guess}
    </button>
  </fieldset>
);

export const Rules: FC<{ spec: Spec; place: number; rulePath: string }> = ({
  spec: { events },
  place,
  rulePath,
}) => (
  <p class="buttons">
    {events.length > 1 &&
      events.map((rule, at) => (
        <button
          name="act"
          value={`rule:${at}`}
          formaction={rulePath}
          class={at === place ? 'first' : ''}
          aria-current={at === place ? 'true' : undefined}
        >
          {at + 1} {rule['type'] === ignored ? labWords.ignores : typeName(typeIn(rule))}
        </button>
      ))}
    <button name="act" value="add" formaction={rulePath}>
      {labWords.addRule}
    </button>
    {events.length > 1 && (
      <button class="plain" name="act" value="drop" formaction={rulePath}>
        {labWords.dropRule}
      </button>
    )}
  </p>
);

export const TextSheet: FC<{ draft: Draft }> = ({ draft: { text } }) => (
  <Sheet title={labWords.text}>
    <div class="field">
      <span class="help">{labWords.textHelp}</span>
      <textarea name="text" rows={24} aria-label={labWords.text} spellcheck={false}>
        {text}
      </textarea>
      {!isJson(text ?? '') && <p class="problem">{labWords.notText}</p>}
    </div>
  </Sheet>
);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

export const Rest: FC<{ draft: Draft; path: string }> = ({ draft: { zone, answer, spec, isText }, path }) => (
  <>
    <Text name="zone" label={labWords.zone} typed={new URLSearchParams({ zone })} />
    <Text
      name="answer"
      label={labWords.answer}
      help={labWords.answerHelp}
      typed={new URLSearchParams({ answer })}
    />
    {!isText && (
      <div class="field">
        <label for="otherwise">{labWords.otherwise}</label>
        <Select
          name="otherwise"
          value={spec.otherwise === 'ignore' ? 'ignore' : 'park'}
          options={options(otherwiseNames)}
        />
      </div>
    )}
    <p class="buttons">
      <button name="act" value="look">
        {labWords.look}
      </button>
      <button name="act" value="dry" formaction={path}>
        {labWords.dry}
      </button>
      <button class="first" name="act" value="save" formaction={path}>
        {labWords.save}
      </button>
      <button class="plain" name="act" value={isText ? 'form' : 'text'}>
        {isText ? labWords.asForm : labWords.asText}
      </button>
    </p>
  </>
);
