/** Joins the doubts about the cells of one row: "94–96 %" beside "< 90 %". */
import type {FoundDoubt} from '../found-doubt.ts';

export function askedAsRows(found: readonly FoundDoubt[]): FoundDoubt[] {
  return [...Map.groupBy(found, ({code, line}) => `${code}:${line}`).values()].flatMap(([first, ...others]) => {
    const because = [first, ...others].flatMap(one => one?.because ?? []).join('", "');
    return first === undefined
      ? []
      : [{...first, message: first.message.replace(first.because, () => because), because}];
  });
}
