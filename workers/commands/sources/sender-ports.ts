/** 数据来源的端口: what knows adapters, schemes and pollers, passed in as values: commands take settings, and the edges know what they mean. */
import type { InboxEvent, Source } from '../../../schema/index.ts';
import type { Normalised } from '../../engine/engine.ts';

/** As much of a source as decides how it is spoken with. */
export type Sender = Pick<Source, 'adapter' | 'config'>;

export type SenderProblem = { readonly path: string; readonly message: string };

export type SecretView = {
  readonly form: 'text' | 'named' | 'address';
  /** For whoever has to find it in a console. */
  readonly looksLike: string;
  /** Of one with several values. */
  readonly names: readonly string[];
  readonly madeBy: 'us' | 'sender';
};

type JsonSchema = Readonly<Record<string, unknown>>;

export type SenderKind = {
  readonly name: string;
  readonly label: string;
  /** The usual one first. */
  readonly schemes: readonly {
    readonly scheme: string;
    readonly params: JsonSchema;
    readonly secret: SecretView;
  }[];
  readonly config: JsonSchema;
};

export type Words = { readonly status: number; readonly contentType: string; readonly body: string };

/** How requests of a source are answered, in the sender's own words. */
export type Conduct = {
  readonly acknowledgement: Words;
  readonly refusal: Words;
  /** What a GET is answered; null where nobody asks. */
  readonly probe: Words | null;
};

export type Senders = {
  /** Ids that other senders of events already have. */
  readonly reservedIds: readonly string[];
  readonly names: readonly string[];
  readonly kinds: () => readonly SenderKind[];
  /** Everything that is wrong with settings, and with putting them in the place of others. */
  readonly check: (sender: Sender, before: Sender | null) => readonly SenderProblem[];
  /** Null for settings that cannot be used. */
  readonly verifier: (sender: Sender) => { readonly scheme: string; readonly secret: SecretView } | null;
  /** What is wrong with a secret as it is stored; the path is a name within it. */
  readonly secretFault: (sender: Sender, stored: string) => SenderProblem | null;
  /** Both are the secret itself, unless only its digest is kept. Null where only the sender can make one. */
  readonly newSecret: (sender: Sender) => Promise<{ readonly stored: string; readonly shown: string } | null>;
  readonly conduct: (sender: Sender) => Promise<Conduct>;
  /** What stored events would become, were these the settings of their source. */
  readonly reread: (
    source: Pick<Source, 'namespace' | 'adapter' | 'config'>,
    rows: readonly InboxEvent[],
  ) => readonly Normalised[];
  /** What is known of the sources in this isolate is read anew. */
  readonly renew: () => Promise<void>;
};

/** 轮询: what is wrong with `config.poll`, whose secret looks like this. */
export type Polls = {
  readonly check: (poll: unknown, secret: SecretView) => Promise<readonly SenderProblem[]>;
  readonly settings: () => JsonSchema;
};
