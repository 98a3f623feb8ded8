import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where a file of the folder beside the project lies: test vectors and data sets, which may be missing. */
export const sharedPath = (name: string): string => fileURLToPath(new URL(`../../shared/${name}`, import.meta.url));

/** A group of tests over a JSON file of the shared folder; where the file is missing it is reported as skipped. */
export function describeWith<T>(name: string, tests: (data: T) => void): void {
  const path = sharedPath(name);
  if (existsSync(path)) describe(name, () => tests(JSON.parse(readFileSync(path, 'utf8')) as T));
  else test.skip(`${name} is not in the shared folder`, () => {});
}
