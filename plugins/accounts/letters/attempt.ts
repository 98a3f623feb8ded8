import type { Letter, Mailer } from '../../../core/mail.ts';

/** Why a letter did not go. */
export interface Failure {
  /** what the server said, for operators; at most 500 characters */
  readonly problem: string;
  /** it will say the same again */
  readonly final: boolean;
}
const mostMinutes = 60,
  mostProblem = 500;

/** Sends a letter. @returns undefined where the server took it */
export async function attempt(mailer: Mailer, letter: Letter): Promise<Failure | undefined> {
  try {
    await mailer.send(letter);
    return undefined;
  } catch (error) {
    return failureOf(error);
  }
}

/** Replies from 500 on are for good (RFC 5321, 4.2.1), but for a wrong password, which an operator mends. */
function failureOf(error: unknown): Failure {
  const { responseCode = 0, code } = error as { responseCode?: number; code?: string };
  return { problem: (error instanceof Error ? error.message : String(error)).slice(0, mostProblem), final: responseCode >= 500 && code !== 'EAUTH' };
}

/** After one minute, then two, four … up to an hour; null = never by itself. */
export const nextTry = ({ final }: Failure, tries: number, at: Date): Date | null =>
  final ? null : new Date(at.getTime() + 60_000 * Math.min(mostMinutes, 2 ** (tries - 1)));
