export type Found = {text: string; start: number; end: number};
export type Lookup =
  | ((name: string) => string | undefined)
  | {keys: readonly string[]; get: (name: string) => string | undefined};
export type BindMode = 'shell' | 'plain' | 'sql' | 'url' | 'json';
export function findPlaceholders(_text: string): Found[] {
  return [];
}
export function bindText(text: string, _lookup: Lookup, _mode: BindMode): {text: string; unbound: string[]} {
  return {text, unbound: []};
}
