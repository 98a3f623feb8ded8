import { hash, parseOptions, verify } from '@node-rs/argon2';

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const;
const argon2id = 2;

/** The same characters typed on another keyboard make the same password. */
const bytes = (password: string): Buffer => Buffer.from(password.normalize('NFKC'));

/** An argon2id hash in PHC format, with its own salt. About 35 ms. */
export const hashPassword = (password: string): Promise<string> => hash(bytes(password), cost);

let decoy: Promise<string> | undefined;

/** Takes as long for an unknown account (`undefined`) as for a wrong password, so that the time tells nobody who has an account. */
export async function passwordMatches(hashed: string | undefined, password: string): Promise<boolean> {
  const matches = await verify(hashed ?? (await (decoy ??= hashPassword('nobody has this account'))), bytes(password));
  return matches && hashed !== undefined;
}

/** Whether the hash was made with another algorithm or other costs than today's. */
export function needsRehash(hashed: string): boolean {
  const made = parseOptions(hashed);
  return (
    Number(made.algorithm) !== argon2id ||
    made.memoryCost !== cost.memoryCost ||
    made.timeCost !== cost.timeCost ||
    made.parallelism !== cost.parallelism ||
    made.outputLen !== cost.outputLen
  );
}
