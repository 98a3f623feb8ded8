import { z } from 'zod';

export const settings = z.object({
  windowMinutes: z
    .int()
    .min(1)
    .max(1440)
    .default(15)
    .describe('Minutes over which attempts are counted, and after which a blocked sign-in opens again'),
  failuresPerAccount: z
    .int()
    .min(3)
    .max(1000)
    .default(10)
    .describe('Failed sign-ins at one account in that time, from wherever, until it is blocked'),
  failuresPerAddress: z
    .int()
    .min(3)
    .max(100_000)
    .default(60)
    .describe('Failed sign-ins from one address in that time, at whichever accounts, until it is blocked'),
  resets: z.int().min(1).max(10_000).default(5).describe('Links for a new password in that time, from one address and to one e-mail address'),
  exports: z.int().min(1).max(1000).default(10).describe('Exports of one account in that time'),
  signUpsPerAddress: z.int().min(1).max(100_000).default(40).describe('New accounts from one address in that time'),
});

export type Limits = z.output<typeof settings>;
