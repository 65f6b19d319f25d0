/** A rule in words: what it measures, its bound, and what feeds it. */
import type {Rule} from '../plan/plan.ts';
import {fineFigure, fineQuantity} from '../text/figures.ts';

/** `P95 store_message`, `memory`, `errors error rate`. */
export function measuredText({metric, statistic}: Rule): string {
  switch (statistic) {
    case undefined:
    case 'count':
    case 'last':
      return metric;
    case 'error-rate':
      return /error/i.test(metric) ? metric : `${metric} error rate`;
    case 'slope':
      return `${metric} growth`;
    case 'mean':
    case 'max':
      return `${statistic} ${metric}`;
    default:
      return metric.toLowerCase().startsWith(statistic) ? metric : `${statistic.toUpperCase()} ${metric}`;
  }
}

/** `< 850 ms`, `< 1000 ms (target 745)` */
export function boundText({op, value, unit, target}: Rule): string {
  const bound = `${op} ${fineQuantity(value, unit)}`;
  return target === undefined ? bound : `${bound} (target ${fineFigure(target)})`;
}

/** What feeds it, in words. */
export function sourceText({person, signal}: Rule): string {
  if (person) return 'a person reports it';
  return signal === undefined ? 'nothing measures it yet' : `measured by ${signal}`;
}
