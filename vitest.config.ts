import { defineConfig } from 'vitest/config';
import { quickTests } from './tests/support/quick.ts';

export default defineConfig(({ mode }) => ({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    include: mode === 'quick' ? quickTests() : ['tests/**/*.test.ts'],
    setupFiles: ['tests/support/watch-logs.ts', 'tests/support/steady.ts'],
    // Only a test that fails shows what was logged; every line is read for leaks before that is decided.
    silent: 'passed-only',
    // Modules hold no state that a test depends on; loading them anew for each file was two thirds of the time.
    isolate: false,
    // The usual is one fewer than there are cores: half of a small machine.
    maxWorkers: '100%',
    // Only ends what hangs: a machine that is busy with ten other things is slow, and nothing is wrong.
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
}));
