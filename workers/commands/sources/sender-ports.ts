/**
 * 数据来源的端口: ports to adapters, schemes and pollers, passed in as values: commands take settings, and the edges interpret them.
 */
import type { InboxEvent, Source } from '../../../schema/index.ts';
import type { Normalised } from '../../engine/engine.ts';

/** The fields of a source that decide how its requests are read. */
export type Sender = Pick<Source, 'adapter' | 'config'>;

export type SenderProblem = { readonly path: string; readonly message: string };

export type SecretView = {
  readonly form: 'text' | 'named' | 'address';
  /** For the person who looks for it in the vendor's console. */
  readonly looksLike: string;
  /** For a secret with several values: its names. */
  readonly names: readonly string[];
  readonly madeBy: 'us' | 'sender';
};

type JsonSchema = Readonly<Record<string, unknown>>;
/** Made when it is asked for: those of all kinds are more work than a page may be. */
type MadeSchema = () => JsonSchema;

export type SenderKind = {
  readonly name: string;
  readonly label: string;
  /** The usual one first. */
  readonly schemes: readonly {
    readonly scheme: string;
    readonly params: MadeSchema;
    readonly secret: SecretView;
  }[];
  readonly config: MadeSchema;
};

export type Words = { readonly status: number; readonly contentType: string; readonly body: string };

/** How the sender's requests are answered, in the sender's own format. */
export type Conduct = {
  readonly acknowledgement: Words;
  readonly refusal: Words;
  /** The answer to a GET; null when the vendor sends none. */
  readonly probe: Words | null;
};

export type Senders = {
  /** Ids that built-in senders already use. */
  readonly reservedIds: readonly string[];
  readonly names: readonly string[];
  readonly kinds: () => readonly SenderKind[];
  /** All faults of the settings, and of replacing other settings by them. */
  readonly check: (sender: Sender, before: Sender | null) => readonly SenderProblem[];
  /** Null when the settings cannot be used. */
  readonly verifier: (sender: Sender) => { readonly scheme: string; readonly secret: SecretView } | null;
  /** The faults of a secret in its stored form; the path is a name within it. */
  readonly secretFault: (sender: Sender, stored: string) => SenderProblem | null;
  /**
   * The secret to show and the secret to store; they differ only when a digest is stored. Null when only the sender can make
   * one.
   */
  readonly newSecret: (sender: Sender) => Promise<{ readonly stored: string; readonly shown: string } | null>;
  readonly conduct: (sender: Sender) => Promise<Conduct>;
  /** What stored events would become if their source had these settings. */
  readonly reread: (
    source: Pick<Source, 'namespace' | 'adapter' | 'config'>,
    rows: readonly InboxEvent[],
  ) => readonly Normalised[];
  /** Reloads the sources that this isolate has cached. */
  readonly renew: () => Promise<void>;
};

/** 轮询: the faults of `config.poll`, given this secret. */
export type Polls = {
  readonly check: (poll: unknown, secret: SecretView) => Promise<readonly SenderProblem[]>;
  readonly settings: () => JsonSchema;
};
