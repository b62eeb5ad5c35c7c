/** 没有存上: what a source has against its new settings, each with its remedy; a sample that changes may be right. */
import type { FC } from 'hono/jsx';
import type { Problem } from '../../../platform/problem.ts';
import { maskText } from '../../../views/mask.ts';
import { labWords } from '../words/labs/labs.ts';
import { specWords } from '../words/labs/said.ts';
import { problemWords } from '../words/faults/problems.ts';

export const formId = 'mapping';

export const Stays: FC<{ problem: Problem }> = ({ problem: { code, issues = [], detail } }) => {
  const isOfSamples = issues.some(({ field }) => field.startsWith('config.mapping.samples.'));
  const said = problemWords[code]?.({});
  const lines = issues.map(({ field, message }) => lineOf(field, message));
  return (
    <div class="note stop" role="alert">
      {isOfSamples ? labWords.changes : labWords.stays}
      <ul class="changes">
        {(said === undefined ? (lines.length > 0 ? lines : [detail]) : [said]).map((line) => (
          <li>{maskText(line)}</li>
        ))}
      </ul>
      {isOfSamples && (
        <label class="tick">
          <input type="checkbox" name="accept" value="yes" form={formId} />
          {labWords.accept}
        </label>
      )}
    </div>
  );
};

/** A sample's number says nothing to anybody. */
const lineOf = (field: string, message: string): string => {
  const place = field.replace(/^config\.(mapping\.)?/, '');
  return place.startsWith('samples') || place === '' ? specWords(message) : `${place}：${specWords(message)}`;
};
