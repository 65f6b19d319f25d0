/** What lies over the panels, by its kind. */
import {unreachable} from '../../plan/plan.ts';
import type {Session} from '../session.ts';
import type {Now} from '../terminal/clock.ts';
import type {Overlay} from '../view/view-state.ts';
import {AssumedOverlay} from './assumed.tsx';
import type {OverlayStyle} from './frame.tsx';
import {HelpOverlay} from './help.tsx';
import {IncidentOverlay} from './incident.tsx';
import {MenuOverlay} from './menu.tsx';
import {PaletteOverlay} from './palette.tsx';
import {PromptOverlay} from './prompt.tsx';
import {RollbackOverlay} from './rollback.tsx';
import {SamplesOverlay} from './samples.tsx';

export type OverlaysProps = OverlayStyle & {overlay: Overlay; session: Session; now: Now};

/** The one that is open. */
export function Overlays({overlay, session, now, ...style}: OverlaysProps) {
  switch (overlay.kind) {
    case 'help':
      return <HelpOverlay top={overlay.top} {...style} />;
    case 'incident':
      return <IncidentOverlay top={overlay.top} session={session} now={now} {...style} />;
    case 'palette':
      return <PaletteOverlay overlay={overlay} session={session} {...style} />;
    case 'prompt':
      return <PromptOverlay overlay={overlay} {...style} />;
    case 'menu':
      return <MenuOverlay overlay={overlay} {...style} />;
    case 'review':
      return overlay.help === null ? null : <HelpOverlay top={overlay.help} isOfReview {...style} />;
    case 'assumed':
      return <AssumedOverlay overlay={overlay} session={session} {...style} />;
    case 'rollback':
      return <RollbackOverlay top={overlay.top} session={session} now={now} {...style} />;
    case 'samples':
      return <SamplesOverlay overlay={overlay} session={session} {...style} />;
    default:
      return unreachable(overlay);
  }
}
