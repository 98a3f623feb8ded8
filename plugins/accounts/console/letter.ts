/** A letter that was not sent, as the console's page gets it. */
export interface UnsentLetter {
  readonly id: number;
  readonly recipient: string;
  readonly subject: string;
  readonly body: string;
  readonly at: string;
  /** what the mail server said; empty where there is none */
  readonly problem: string;
  readonly tries: number;
  readonly nextTry: string | null;
}
export interface UnsentLetters {
  /** whether the site has a mail server */
  readonly configured: boolean;
  readonly letters: readonly UnsentLetter[];
}
