/** 免费套餐: what Cloudflare gives away, and what it counts. */

/** Written, read, deleted. */
export const operationsPerMessage = 3;
