import type {Rule, Unit} from '../plan/plan.ts';

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
  const bound = `${op} ${quantityText(value, unit)}`;
  return target === undefined ? bound : `${bound} (target ${numberText(target)})`;
}

/** What feeds it, in words. */
export function sourceText({person, signal}: Rule): string {
  if (person) return 'a person reports it';
  return signal === undefined ? 'nothing measures it yet' : `measured by ${signal}`;
}

export function quantityText(value: number, unit: Unit): string {
  switch (unit) {
    case 'count':
      return numberText(value);
    case 'x':
      return `${numberText(value)}x`;
    case '%':
      return `${numberText(value)} %`;
    default:
      return `${numberText(value)} ${unit}`;
  }
}

export function numberText(value: number): string {
  return String(Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 100) / 100);
}
