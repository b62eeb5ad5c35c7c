/** The part of the library that makes the bars: it has types for what draws in a browser alone. */
declare module 'jsbarcode/bin/barcodes/CODE128/index.js' {
  export class CODE128 {
    constructor(text: string, options: Readonly<Record<string, never>>);
    /** One digit for each module: 1 is dark. */
    encode(): { readonly data: string };
  }
}
