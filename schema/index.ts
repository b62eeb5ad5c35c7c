/** All the words and all the tables. */
export * from './campaigns.ts';
export * from './coupons.ts';
export * from './events.ts';
export * from './ids.ts';
export * from './imports.ts';
export * from './inbox.ts';
export * from './ledgers.ts';
export * from './members.ts';
export * from './outbox.ts';
export * from './polls.ts';
export * from './reminders.ts';
export * from './sales.ts';
export * from './settings.ts';
export * from './stores.ts';
export * from './values.ts';
