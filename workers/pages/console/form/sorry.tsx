/** 没有办成: what a command had against it, where no form stands to say it at a field. */
import type { Problem } from '../../../platform/problem.ts';
import type { ConsoleView } from '../kit/shell.tsx';
import { faultsOfProblem } from './faults.ts';

export const sorry = (problem: Problem): ConsoleView => ({
  status: problem.status,
  body: (
    <p class="note stop" role="alert">
      {[...faultsOfProblem(problem).values()].join('')}
    </p>
  ),
});
