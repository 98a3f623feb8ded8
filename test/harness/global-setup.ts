import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startEmbedded, type Embedded } from '../../core/database/embedded/index.ts';
import { silent } from '../../core/log.ts';

declare global {
  /** what global-teardown.ts has to end */
  var testServer: { readonly embedded: Embedded; readonly dataDir: string } | undefined;
}

const buildKernels = fileURLToPath(new URL('../../bin/lib/kernels.mjs', import.meta.url));

/**
 * The kernels that the sources load from build/; where they are up to date this takes a tenth of a second.
 * One PostgreSQL for the whole run of jest; every test file makes databases of its own in it. TEST_DATABASE_URL names another one.
 */
export default async function setUp(): Promise<void> {
  execFileSync(process.execPath, [buildKernels], { stdio: 'inherit' });
  if (process.env['TEST_DATABASE_URL']) return;
  const dataDir = mkdtempSync(join(tmpdir(), 'marquee-test-'));
  // As root the server runs as another user, who must get through to its folder.
  chmodSync(dataDir, 0o755);
  const embedded = await startEmbedded({ dataDir, log: silent });
  globalThis.testServer = { embedded, dataDir };
  await hurry(embedded.url);
  process.env['TEST_DATABASE_URL'] = embedded.url;
}

/** Nobody misses these data after a power cut. */
async function hurry(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const setting of ['fsync = off', 'synchronous_commit = off', 'full_page_writes = off']) await client.query(`alter system set ${setting}`);
  await client.query('select pg_reload_conf()');
  await client.end();
}
