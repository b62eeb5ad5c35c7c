/** 版本: of the program that runs, as package.json says it; a test holds the two together. */

export const version = '0.1.0';
