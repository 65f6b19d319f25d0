import type {Operator, Statistic, Unit} from './plan.ts';
export type Threshold = {
  metric: string;
  statistic?: Statistic;
  op: Operator;
  value: number;
  unit: Unit;
  target?: number;
  windowMs?: number;
  forMs?: number;
  text: string;
  line: number;
  person?: boolean;
};
export function readThresholds(_text: string, _line: number): Threshold[] {
  return [];
}
