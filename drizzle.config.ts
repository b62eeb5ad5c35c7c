import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'sqlite',
  casing: 'snake_case',
  schema: './schema/**/*.ts',
  out: './migrations',
  migrations: { prefix: 'timestamp' },
});
