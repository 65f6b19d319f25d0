import type {Problem} from './problem.ts';
export type Directives = {directives: Readonly<Record<string, string>>; problems: readonly Problem[]};
export function readFenceDirectives(info: string, _line: number): Directives & {language: string} {
  return {language: info.split(/\s/)[0] ?? '', directives: {}, problems: []};
}
export function readCommentDirectives(_html: string, _line: number): Directives | undefined {
  return undefined;
}
