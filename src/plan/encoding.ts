export type Decoded = {text: string; repaired?: 'Mac Roman' | 'CP1252'};
export function decode(bytes: Uint8Array | string): Decoded {
  return {text: typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes)};
}
