/** 原样的树: what JSON says, read by everybody who looks into a till's message. */

/** Numbers arrive as their text: `8001` and `"8001"` read alike, which is how tills use them anyway. */
export type Tree = string | boolean | null | readonly Tree[] | TreeObject;
export type TreeObject = { readonly [key: string]: Tree };
