import type { Request, Response } from 'express';
import type { Texts } from '../../i18n/texts.ts';
import { service } from '../plugin.ts';

export interface PageOptions {
  readonly status?: number;
  /** what must be stored before anybody sees the page; it is waited for while the page is being made */
  readonly stored?: Promise<unknown>;
  /** slots that the template names, with their subjects */
  readonly slots?: Readonly<Record<string, readonly number[]>>;
}

/** Renders templates; provided by the core. */
export interface Pages {
  /** for what is no page: letters, files */
  readonly texts: Pick<Texts, 't' | 'say'>;
  /** Loads the fragments of all slots, renders the template inside its layout and sends it. */
  send(request: Request, response: Response, template: string, data: object, options?: PageOptions): Promise<void>;
}
export const Pages = service<Pages>('core.pages');
