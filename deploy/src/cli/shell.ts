/** What a wrapper needs of the machine, so that a test can be the machine. */
export interface Shell {
  /** Whether somebody can be asked. */
  isInteractive: boolean;
  write(text: string): void;
  /** Asks for one line. */
  ask(question: string): Promise<string>;
  /** Runs a program and answers with what it wrote; code 127 when there is no such program. */
  capture(program: string, args: readonly string[]): Promise<{ code: number; output: string }>;
  /** Runs the CDK command line with the terminal as its own. */
  runCdk(args: readonly string[], env: Readonly<Record<string, string>>): Promise<number>;
}

/** What is known of the account by asking AWS. */
export interface Account {
  /** @throws {Error} no region is configured */
  region(): Promise<string>;
  /** @throws {Error} there are no credentials, or AWS does not take them */
  caller(): Promise<{ accountId: string; arn: string }>;
  /** The version of the CDK bootstrap in the region; undefined where there is none. */
  bootstrapVersion(): Promise<number | undefined>;
}

/** Something that is missing, as one sentence with what to do. */
export class MissingError extends Error {
  override readonly name = 'MissingError';
}
