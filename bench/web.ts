import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadEnv } from '../config/env.ts';
import { barePage } from './bare.ts';
import { openOn } from './site.ts';
import { cpu } from './timing.ts';

/** A web process that is measured from outside. Its parent gives it `kind` and the environment, and asks for figures. */
const [kind, environment] = process.argv.slice(2);
const env = loadEnv(JSON.parse(environment!) as Record<string, string>);
const app = kind === 'bare' ? barePage(env.DATABASE_URL!) : (await openOn(env)).app.http;
const server: Server = app.listen(0, '127.0.0.1');
await once(server, 'listening');
process.on('message', () => process.send!({ cpu: cpu(), memory: process.memoryUsage().rss }));
process.once('disconnect', () => process.exit());
process.send!({ port: (server.address() as AddressInfo).port });
