import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded, type Embedded } from '../../core/database/embedded/index.ts';
import { silent } from '../../core/log.ts';

declare global {
  /** what global-teardown.ts has to end */
  var testServer: { readonly embedded: Embedded; readonly dataDir: string } | undefined;
}

/** One PostgreSQL for the whole run of jest; every test file makes a database of its own in it. */
export default async function setUp(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'marquee-test-'));
  // As root the server runs as another user, who must get through to its folder.
  chmodSync(dataDir, 0o755);
  const embedded = await startEmbedded({ dataDir, log: silent });
  console.log(embedded.url);
  globalThis.testServer = { embedded, dataDir };
  process.env['TEST_DATABASE_URL'] = embedded.url;
}
