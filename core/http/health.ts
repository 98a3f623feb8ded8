import { Router, type RequestHandler } from 'express';
import { Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** Numbers for Prometheus. One set a process. */
export class Metrics {
  readonly registry = new Registry();
  readonly #requests = new Histogram({
    name: 'marquee_http_request_seconds',
    help: 'Time to answer, by method, kind of path and status',
    labelNames: ['method', 'kind', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  gauge(name: string, help: string, value: () => number): void {
    const gauge: Gauge = new Gauge({ name, help, registers: [this.registry], collect: () => gauge.set(value()) });
  }

  readonly measure: RequestHandler = (request, response, next) => {
    const end = this.#requests.startTimer({ method: request.method, kind: request.path.split('/', 2)[1] || 'home' });
    response.once('finish', () => end({ status: response.statusCode }));
    next();
  };
}

/** Why the process cannot serve right now; empty = ready. */
export type Readiness = () => Promise<readonly string[]>;

/** /healthz: the process lives. /readyz: it can serve. /metrics: for this machine and private networks, never through a proxy. */
export function healthRoutes(ready: Readiness, metrics: Metrics): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => void response.json({ status: 'ok' }));
  router.get('/readyz', async (_request, response) => {
    const waiting = await ready();
    response.status(waiting.length === 0 ? 200 : 503).json({ status: waiting.length === 0 ? 'ready' : 'waiting', waiting });
  });
  router.get('/metrics', async (request, response) => {
    if (request.headers['x-forwarded-for'] !== undefined || !isPrivate(request.socket.remoteAddress ?? ''))
      return void response.status(404).type('text').send('Not found\n');
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  return router;
}

const isPrivate = (address: string): boolean => /^(::ffff:)?(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)|^::1$|^f[cd]/.test(address);
