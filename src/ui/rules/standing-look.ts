/** How a standing looks wherever it is shown: a sign that does without colour, and its colour. */
import type {Standing} from '../../run/outcome.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {ThemeToken} from '../terminal/theme.ts';

export type StandingLook = {sign: string; token: ThemeToken};

export function standingLook(kind: Standing['kind'], glyphs: Glyphs): StandingLook {
  switch (kind) {
    case 'tripped':
      return {sign: glyphs.ascii ? '!!' : glyphs.failed, token: 'standing.tripped'};
    case 'breached':
      return {sign: glyphs.ascii ? '!' : glyphs.failed, token: 'standing.breached'};
    case 'grey':
      return {sign: '~', token: 'standing.grey'};
    case 'ok':
      return {sign: glyphs.ascii ? 'ok' : glyphs.passed, token: 'standing.ok'};
    case 'warming':
      return {sign: glyphs.pending, token: 'standing.warming'};
    case 'blind':
      return {sign: glyphs.unknown, token: 'standing.blind'};
    case 'disarmed':
      return {sign: glyphs.dash, token: 'muted'};
  }
}
