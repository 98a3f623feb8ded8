/** A letter in plain text to one address. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}
/** Sends mail where the site has a server for it. */
export interface Mailer {
  readonly configured: boolean;
  /** Rejects when the server does not take it. */
  send(letter: Letter): Promise<void>;
}
export const noMailer: Mailer = { configured: false, send: () => Promise.reject(new Error('no mail server is configured: set SMTP_URL')) };
