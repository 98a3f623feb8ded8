import { createHmac } from 'node:crypto';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { publicLookup, refusePrivate } from './addresses.ts';

export interface Target {
  readonly url: string;
  readonly secret: string;
  /** whether private addresses are allowed */
  readonly inside: boolean;
}
const patience = 10_000;

/** HMAC-SHA-256 of "time.body", in hex: the receiver makes the same of what came, and refuses what is old. */
export const signatureOf = (secret: string, time: number, body: string): string =>
  createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');

/** Posts JSON text. No redirect is followed. @returns the status of the answer; throws where there is none */
export async function send({ url, secret, inside }: Target, delivery: string, body: string, signal: AbortSignal): Promise<number> {
  const address = new URL(url),
    time = Math.floor(Date.now() / 1000);
  if (!inside) refusePrivate(address.hostname);
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'user-agent': 'Marquee',
    'x-marquee-delivery': delivery,
    'x-marquee-signature': `t=${time},v1=${signatureOf(secret, time, body)}`,
  };
  const request = address.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sent = request(
      address,
      {
        method: 'POST',
        headers,
        signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
        agent: false,
        ...(!inside && { lookup: publicLookup }),
      },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
        answer.once('end', () => sent.destroy());
      },
    );
    sent.once('error', reject);
    sent.end(body);
  });
}
