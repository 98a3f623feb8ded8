import { stepAside } from './step-aside.ts';

/** Where a thread of `inThread` begins: it steps aside before it loads its module, which takes a while, too. */
stepAside();
await import(process.argv[2]!);
