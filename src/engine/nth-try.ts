/** What a request is called when it is tried again. */
import type {Request} from '../run/request.ts';

/** A job is never run twice under one name: each try has its own. What was seen of the step need not be of a later try. */
export function nthTry(request: Request, tries: number): Request {
  if (tries === 0) return request;
  if ('from' in request && request.from !== undefined) {
    return {...request, from: {...request.from, jobId: `${request.from.jobId}-again${tries}`}};
  }
  if (request.kind !== 'script') return request;
  const again = {...request, jobId: `${request.jobId}-again${tries}`};
  return request.takenUp === undefined ? again : {...again, takenUp: {...request.takenUp, seen: false}};
}
