import { createHmac, timingSafeEqual } from 'node:crypto';

/** Signs short texts with a key of the site's; each purpose has signatures of its own. */
export class Signer {
  readonly #key: string;
  constructor(key: string) {
    this.#key = key;
  }

  signature(purpose: string, text: string): string {
    return createHmac('sha256', this.#key).update(`${purpose}\n${text}`).digest('base64url');
  }

  /** "text.signature" */
  sign(purpose: string, text: string): string {
    return `${text}.${this.signature(purpose, text)}`;
  }

  /** The text of "text.signature", or undefined when somebody else made it. */
  open(purpose: string, signed: unknown): string | undefined {
    if (typeof signed !== 'string') return undefined;
    const dot = signed.lastIndexOf('.');
    const text = signed.slice(0, Math.max(0, dot));
    return same(signed.slice(dot + 1), this.signature(purpose, text)) ? text : undefined;
  }
}

/** Equality that takes the same time wherever the texts differ. */
export function same(a: string, b: string): boolean {
  const left = Buffer.from(a),
    right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
