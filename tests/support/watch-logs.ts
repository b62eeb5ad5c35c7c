/** Runs before every test file. */
import { watchLogs } from './log-scan.ts';

watchLogs();
