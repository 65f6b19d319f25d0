/** The types of a request and an expectation in bindings. */
import type {Check} from '../script.ts';

export type HttpBinding = {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  json?: unknown;
  body?: string;
};

/** All checks must hold. */
export type ExpectBinding = {checks: readonly Check[]};
