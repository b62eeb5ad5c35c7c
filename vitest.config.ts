import { defineConfig } from 'vitest/config';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/support/watch-logs.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
