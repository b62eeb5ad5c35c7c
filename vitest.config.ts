import { defineConfig } from 'vitest/config';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/support/watch-logs.ts', 'tests/support/steady.ts'],
    // Modules hold no state that a test depends on; loading them anew for each file was two thirds of the time.
    isolate: false,
    // The usual is one fewer than there are cores: half of a small machine.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
