/** 回答词典: what the fields of answers say. */

/**
 * By the name of the field; where one name says several things, by where it stands, as far up as it takes: `children.name`,
 * `Draw.prize.name`. What stands in a list of the same nouns is found as in one of them: `EventList.items.id` under `Event.id`.
 */
export type AnswerDictionary = Readonly<Record<string, string>>;
