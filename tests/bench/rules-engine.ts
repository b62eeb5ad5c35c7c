/** The open-source rival: json-rules-engine with one rule for each campaign, its sums worked out beforehand in its favour. */
import { Engine, type TopLevelCondition } from 'json-rules-engine';
import type { Definition, Spend } from './campaigns.ts';
import type { Visit } from './hand-loop.ts';

/** The fact a condition looks at: the sum of the order's lines it names. */
const factOf = ({ scope, ids, measure }: Spend): string => `${measure}:${scope}:${ids.join('|')}`;

export function rulesEngine(given: readonly Definition[]): (visit: Visit) => Promise<number[]> {
  const engine = new Engine([], { allowUndefinedFacts: true });
  given.forEach((definition, place) => {
    engine.addRule({ conditions: conditionsOf(definition), event: { type: String(place) } });
  });
  const spends = given.map(({ conditions: [spend] }) => spend);
  const wanted = [...new Map(spends.map((spend) => [factOf(spend), spend])).values()];
  return async ({ storeId, level, lines }) => {
    const facts: Record<string, unknown> = { storeId, level };
    for (const spend of wanted) {
      const sum = sumOf(spend, lines);
      if (sum > 0) facts[factOf(spend)] = sum;
    }
    const { events } = await engine.run(facts);
    return events.map(({ type }) => Number(type));
  };
}

function conditionsOf({ stores, levels, conditions: [spend] }: Definition): TopLevelCondition {
  const value = spend.measure === 'amount' ? spend.atLeast : spend.atLeast * 1000;
  const all: Extract<TopLevelCondition, { all: unknown }>['all'] = [
    { fact: factOf(spend), operator: 'greaterThanInclusive', value },
  ];
  if (levels !== null) all.unshift({ fact: 'level', operator: 'in', value: levels });
  if (stores !== null) all.unshift({ fact: 'storeId', operator: 'in', value: stores });
  return { all };
}

function sumOf({ scope, ids, measure }: Spend, lines: Visit['lines']): number {
  let sum = 0;
  for (const line of lines) {
    const isWanted =
      scope === 'order' ||
      (scope === 'sku' && ids.includes(line.sku)) ||
      (scope === 'brand' && line.brand !== null && ids.includes(line.brand)) ||
      (scope === 'category' && line.categoryIds.some((id) => ids.includes(id)));
    if (isWanted) sum += measure === 'amount' ? line.amountFen : line.quantityMilli;
  }
  return sum;
}
