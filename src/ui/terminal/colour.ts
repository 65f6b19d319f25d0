/** SGR parameters of one colour at each depth a terminal may have. */
export type ColourDepth = 'truecolor' | '256' | '16' | 'none';

const ANSI_NAMES = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];
const LEVELS = [0, 95, 135, 175, 215, 255];

/** Undefined when nothing is to be said at this depth. */
export function colourParameters(
  hex: string | undefined,
  ansi: string | undefined,
  depth: ColourDepth,
  layer: 'text' | 'background',
): string | undefined {
  if (depth === 'none') return undefined;
  if (depth === '16') return ansi === undefined ? undefined : ansiParameter(ansi, layer);
  if (hex === undefined) return undefined;
  const lead = layer === 'text' ? 38 : 48;
  const [red, green, blue] = channels(hex);
  return depth === 'truecolor' ? `${lead};2;${red};${green};${blue}` : `${lead};5;${nearestOf256(red, green, blue)}`;
}

export function isColour(text: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(text);
}

function ansiParameter(name: string, layer: 'text' | 'background'): string | undefined {
  const bright = name.startsWith('bright-');
  const index = ANSI_NAMES.indexOf(bright ? name.slice('bright-'.length) : name);
  if (index < 0) return undefined;
  return String(index + (bright ? 90 : 30) + (layer === 'background' ? 10 : 0));
}

function channels(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** The closer of the nearest cube colour and the nearest grey: tinted greys otherwise turn purple. */
function nearestOf256(red: number, green: number, blue: number): number {
  const [r, g, b] = [red, green, blue].map(nearestLevel) as [number, number, number];
  const cube = distance(red, green, blue, LEVELS[r] ?? 0, LEVELS[g] ?? 0, LEVELS[b] ?? 0);
  const step = Math.max(0, Math.min(23, Math.round(((red + green + blue) / 3 - 8) / 10)));
  const grey = 8 + step * 10;
  return distance(red, green, blue, grey, grey, grey) < cube ? 232 + step : 16 + 36 * r + 6 * g + b;
}

function nearestLevel(channel: number): number {
  let best = 0;
  LEVELS.forEach((level, index) => {
    if (Math.abs(level - channel) < Math.abs((LEVELS[best] ?? 0) - channel)) best = index;
  });
  return best;
}

function distance(r1: number, g1: number, b1: number, r2: number, g2: number, b2: number): number {
  return (r1 - r2) ** 2 + (g1 - g2) ** 2 + (b1 - b2) ** 2;
}
