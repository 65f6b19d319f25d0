/** Colours by meaning. Where colours are off, the text stays as it is. */
export type Paint = Readonly<Record<Tone, (text: string) => string>>;

export type Tone = 'strong' | 'faint' | 'good' | 'warn' | 'bad' | 'info' | 'code' | 'heading';

// The sixteen colours, so that the terminal's own theme decides how they look on its background.
const CODES: Readonly<Record<Tone, readonly [on: string, off: string]>> = {
  strong: ['1', '22'],
  faint: ['2', '22'],
  good: ['32', '39'],
  warn: ['33', '39'],
  bad: ['31', '39'],
  info: ['34', '39'],
  code: ['36', '39'],
  heading: ['1;4', '22;24'],
};

export function paintIn(colour: boolean): Paint {
  const tones = Object.entries(CODES).map(([tone, [on, off]]) => [
    tone,
    (text: string) => (colour && text !== '' ? `\u001b[${on}m${text}\u001b[${off}m` : text),
  ]);
  return Object.fromEntries(tones) as Paint;
}
