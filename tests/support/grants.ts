/** 发放: what every cause was granted, read from the rows and from the documents of sales, position by position. */
import { isOfLine } from '../../workers/db/shelves/product-facts.ts';

/** As a `WITH` term named `granted`, for tests that add up what stands. */
export const granted = `granted(cause, campaign_id, member_id, times, awards, cost_fen) AS (
  SELECT cause, campaign_id, member_id, times, awards, cost_fen FROM grants
  UNION ALL SELECT 'sale:' || s.id, g.value ->> 0, h.value ->> 0, g.value ->> 1, g.value ->> 2, g.value ->> 3
  FROM sales AS s, json_each(s.document, '$[3]') AS h, json_each(h.value, '$[1]') AS g)`;

/** Lines of sales, under the names they were sold by. */
export const soldLines = `sold_lines(sale_id, sku, name, paid_fen) AS (
  SELECT s.id, f.sku, f.name, l.value ->> 2
  FROM sales AS s, json_each(s.document, '$[2]') AS l JOIN product_facts AS f ON ${isOfLine('f', 'l')})`;
