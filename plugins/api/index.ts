import { Router } from 'express';
import { definePlugin } from '../../core/plugin.ts';
import { ApiRoutes, Database } from '../../core/services.ts';
import { Tokens } from './api.ts';
import { tokenRoutes } from './console/routes.ts';
import { apiRouter } from './router.ts';
import { StoredTokens } from './tokens.ts';

/** The operations that all plugins contribute as `api`, for programs with a token. */
export default definePlugin({
  id: 'api',
  title: 'JSON API',
  description: 'Lets programs with a token fetch recommendations and films and send interactions; it describes itself below /api/v1.',
  requires: { sql: Database, operations: ApiRoutes },
  provides: { tokens: Tokens },
  migrations: new URL('./migrations/', import.meta.url),
  console: {
    pages: [{ id: 'tokens', title: 'API tokens', icon: 'Key', role: 'admin', component: new URL('./console/tokens.tsx', import.meta.url) }],
  },
  setup({ use: { sql, operations } }) {
    const tokens = new StoredTokens(sql);
    return {
      services: { tokens },
      bareRoutes: Router().use('/api/v1', apiRouter(operations, tokens)),
      consoleRoutes: tokenRoutes(tokens),
    };
  },
});
