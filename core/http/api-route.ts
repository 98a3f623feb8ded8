import type { Request } from 'express';
import type { z } from 'zod';

type Output<T> = T extends z.ZodType ? z.output<T> : undefined;

/** One operation of the JSON API. The OpenAPI document is made from the same schemas that check requests and answers. */
export interface ApiRoute<P extends z.ZodObject | undefined = any, Q extends z.ZodObject | undefined = any, B extends z.ZodType | undefined = any> {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** below /api/v1, with parameters as {name}: "/films/{id}" */
  readonly path: string;
  readonly summary: string;
  /** what the bearer token must allow */
  readonly scope: 'read' | 'write';
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly response: z.ZodType;
  /** HTTP status of success; default 200 */
  readonly status?: number;
  handler(input: { params: Output<P>; query: Output<Q>; body: Output<B>; request: Request }): Promise<unknown>;
}
export const apiRoute = <
  P extends z.ZodObject | undefined = undefined,
  Q extends z.ZodObject | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(
  route: ApiRoute<P, Q, B>,
): ApiRoute => route as ApiRoute;
