/** Files of the page that the bundler takes in as text: `with { type: 'text' }`. */
declare module '*.css' {
  const text: string;
  export default text;
}
declare module '*.client.js' {
  const text: string;
  export default text;
}
