import type {Expectation} from './plan.ts';
export function readExpectations(_text: string, _line: number): Expectation[] {
  return [];
}
