/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { useCallback, useEffect, useRef, useState } from 'react';

/** An answer that is no success. `fields` has a message by input, where the server refused one. */
export class RequestError extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: Readonly<Record<string, string>>;
  constructor(status: number, code: string, message: string, fields: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.fields = fields;
  }
}

export interface Ask {
  readonly body?: unknown;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly signal?: AbortSignal;
}

/** JSON from the console's own data routes. With a body it is a POST; the browser itself proves the origin. */
export async function fetchJson<T>(path: string, { body, method = body === undefined ? 'GET' : 'POST', signal }: Ask = {}): Promise<T> {
  const sends = method !== 'GET';
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    signal: signal ?? null,
    headers: { accept: 'application/json', ...(sends && { 'content-type': 'application/json' }) },
    ...(sends && { body: JSON.stringify(body ?? {}) }),
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new RequestError(0, 'OFFLINE', 'The site does not answer. Check the connection and try again.');
  });
  const answer = (await response.json().catch(() => undefined)) as
    { error?: { code: string; message: string; fields?: Record<string, string> } } | undefined;
  if (response.ok) return answer as T;
  const { code = 'FAULT', message = `The site answered with status ${response.status}.`, fields } = answer?.error ?? {};
  throw new RequestError(response.status, code, message, fields);
}

export interface Data<T> {
  readonly data: T | undefined;
  /** of the last try; older data stays */
  readonly error: unknown;
  readonly reload: () => Promise<void>;
}

/** Data for a page. `every`: asked again after so many milliseconds, while the tab is visible. No path = nothing to ask yet. */
export function useData<T>(path: string | undefined, { every }: { every?: number } = {}): Data<T> {
  const [state, setState] = useState<{ path?: string | undefined; data?: T; error?: unknown }>({});
  const latest = useRef(path);
  latest.current = path;
  const reload = useCallback(async () => {
    if (path === undefined) return;
    const next = await fetchJson<T>(path).then(
      (data) => ({ path, data }),
      (error: unknown) => ({ path, error }),
    );
    if (latest.current === path) setState((old) => ('data' in next || old.path !== path ? next : { ...old, ...next }));
  }, [path]);
  useEffect(() => {
    void reload();
    if (!every) return undefined;
    const timer = setInterval(() => {
      if (!document.hidden) void reload();
    }, every);
    return () => clearInterval(timer);
  }, [reload, every]);
  const current = state.path === path;
  return { data: current ? state.data : undefined, error: current ? state.error : undefined, reload };
}

export interface Action<A extends unknown[]> {
  /** false when it failed; then `error` says why */
  readonly run: (...args: A) => Promise<boolean>;
  readonly busy: boolean;
  readonly error: unknown;
  readonly clear: () => void;
}

/** Something that changes the site: one at a time, its failure kept for showing. */
export function useAction<A extends unknown[]>(work: (...args: A) => Promise<unknown>): Action<A> {
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  const run = async (...args: A): Promise<boolean> => {
    if (state.busy) return false;
    setState({ busy: true });
    try {
      await work(...args);
      setState({ busy: false });
      return true;
    } catch (error) {
      setState({ busy: false, error });
      return false;
    }
  };
  return { run, busy: state.busy, error: state.error, clear: () => setState({ busy: false }) };
}

/** Whether somebody else changed it since this page read it. */
export const isStale = (error: unknown): boolean => error instanceof RequestError && error.code === 'STALE';

/** Messages by input of a refused request. */
export const fieldsOf = (error: unknown): Readonly<Record<string, string>> => (error instanceof RequestError ? error.fields : {});
