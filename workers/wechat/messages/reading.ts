/** 取值: fields of a message, whichever case and spacing WeChat wrote them in. */
import { childOf, type XmlElement } from '../xml.ts';
import type { Place } from './event-types.ts';

/** Trimmed; '' when there is none. */
export const text = (element: XmlElement | null, name: string): string => verbatim(element, name).trim();

/** As the person wrote it. */
export function verbatim(element: XmlElement | null, name: string): string {
  return element === null ? '' : (childOf(element, name)?.text ?? '');
}

/** Null also when it is empty: WeChat sends `<EventKey/>` as well as nothing. */
export const textOrNull = (element: XmlElement | null, name: string): string | null =>
  text(element, name) || null;

const wordCharactersMax = 64;

/** A word of WeChat's own. It writes SCAN and subscribe, and is copied in every case there is. */
export const lower = (element: XmlElement | null, name: string): string =>
  text(element, name).slice(0, wordCharactersMax).toLowerCase();

export function numberOf(element: XmlElement | null, name: string): number | null {
  const found = text(element, name);
  return /^-?\d{1,15}(?:\.\d{1,15})?$/.test(found) ? Number(found) : null;
}

/** WeChat's seconds in milliseconds; 0 when there are none. */
export const momentOf = (element: XmlElement | null, name: string): number => countOf(element, name) * 1000;

/** Whole, and not below zero; 0 when there is none. */
export const countOf = (element: XmlElement | null, name: string): number =>
  Math.max(0, Math.trunc(numberOf(element, name) ?? 0));

/** Every child of that name, in any case. */
export const childrenOf = (element: XmlElement, name: string): readonly XmlElement[] =>
  element.children.filter((child) => child.name.toLowerCase() === name.toLowerCase());

/** Null without a latitude and a longitude. */
export function placeOf(element: XmlElement | null): Place | null {
  const latitude = numberOf(element, 'Location_X');
  const longitude = numberOf(element, 'Location_Y');
  if (latitude === null || longitude === null) return null;
  return { latitude, longitude, scale: numberOf(element, 'Scale') ?? 0, label: text(element, 'Label') };
}
