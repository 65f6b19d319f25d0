/** A request and an expectation, as steps and probes of the bindings write them. */
import type {Check} from '../script.ts';

export type HttpBinding = {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  json?: unknown;
  body?: string;
};

/** Several may be given; all must hold. */
export type ExpectBinding = {checks: readonly Check[]};
