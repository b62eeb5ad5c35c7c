/** The part of OpenAPI 3.1 that our document uses. */

export type Schema = { readonly [key: string]: unknown };
export type Parameter = {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: Schema;
};
export type Examples = { readonly [name: string]: { readonly value: unknown } };
export type Content = {
  readonly [mediaType: string]: { readonly schema: Schema; readonly examples?: Examples };
};
export type Operation = {
  readonly operationId: string;
  /** Where it is not below those of the document. */
  readonly servers?: readonly { readonly url: string }[];
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly security: readonly { readonly [scheme: string]: readonly string[] }[];
  readonly 'x-scope': string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly required: true; readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content: Content }>>;
};
export type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>;
export type OpenApi = {
  readonly openapi: '3.1.1';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Paths;
  /** Events that are sent to us, by their type. */
  readonly webhooks?: Paths;
  readonly components: {
    readonly securitySchemes: Schema;
    readonly schemas: Readonly<Record<string, Schema>>;
  };
};
