/** 原样的树: a parsed JSON value, as everything that reads a till's body sees it. */

/** Numbers are their text: `8001` and `"8001"` read alike, as tills use them. */
export type Tree = string | boolean | null | readonly Tree[] | TreeObject;
export type TreeObject = { readonly [key: string]: Tree };
