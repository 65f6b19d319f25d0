/** Collects all doubts: everything that was assumed while the document was read. */
import {compact} from '../../text/compact.ts';
import {type Bindings, onlyDatabase} from '../bindings-file/types.ts';
import type {Block} from '../document/blocks.ts';
import type {Doubt} from '../doubt.ts';
import type {Plan} from '../plan.ts';
import type {Uses} from '../uses/propose-uses.ts';
import type {Assumption} from '../uses/section-groups.ts';
import {asIfRun, asksForUse} from './as-if-run.ts';
import {askedBackDoubts} from './asked-back.ts';
import {assumedDoubts, type Told} from './assumed.ts';
import {DoubtList} from './doubt-list.ts';
import {explainedValueDoubts} from './explained-values.ts';
import {type FoundDoubt, lineIndexOf} from './found-doubt.ts';
import {generalDoubts} from './general/general-doubts.ts';
import {heldBackDoubts} from './general/held-back.ts';
import {leadInDoubts} from './lead-ins.ts';
import {leadsIn} from './lines-above.ts';
import {boundAheadDoubts} from './lost/bounds-ahead.ts';
import {leftSentenceDoubts} from './lost/left-sentences.ts';
import {saidResultDoubts} from './lost/said-results.ts';
import {unjudgedClaimDoubts} from './lost/unjudged-claims.ts';
import {lostItemDoubts} from './lost-items.ts';
import {countedWayDoubts} from './order/counted-ways.ts';
import {orderDoubts} from './order/order-doubts.ts';
import {referenceDoubts} from './order/references.ts';
import {repeatDoubts} from './order/repeats.ts';
import {stoppedBelowDoubts} from './order/told-below.ts';
import {waitDoubts} from './order/waits.ts';
import {eachPlaceDoubts} from './places/each-place.ts';
import {sectionsUnsure} from './places/lost-directories.ts';
import {placeDoubts} from './places/place-doubts.ts';
import {tunnelDoubts} from './places/tunnels.ts';
import {readingsOf} from './readings.ts';
import {remarkDoubts} from './remarks/remark-doubts.ts';
import {shownBlockDoubts} from './shown-blocks.ts';
import {statedConditionDoubts} from './stated-conditions.ts';
import {labelDoubts, titleDoubts} from './titles.ts';
import {undoDoubts} from './undo-in-deploy.ts';
import {unreadBoundDoubts} from './unread-bounds.ts';
import {NOTHING_ASKED, standingCaseDoubts, unreadSentenceDoubts} from './unread-sentences.ts';
import {unreadTextDoubts} from './unread-text.ts';
import {unreadWordDoubts} from './unread-words.ts';
import {userDoubts} from './users.ts';
import {announcedWayDoubts} from './ways/announced-ways.ts';
import {barredWayDoubts} from './ways/barred-ways.ts';
import {caseDoubts} from './ways/case-items.ts';
import {wayBackDoubts} from './ways/ways-back.ts';

type Setting = {blocks: readonly Block[]; bindings: Bindings; told: Told};

/** One for each code and line, sorted by line. */
function doubtsIn(read: Plan, assumed: readonly Assumption[], {blocks, bindings, told}: Setting): Doubt[] {
  const plan = asIfRun(read, assumed);
  const lines = lineIndexOf(plan);
  const leads = leadsIn(plan, blocks, lines);
  const loggedIn = new Set(told.flatMap(({code, steps}) => (code === 'place-assumed' ? steps : [])));
  const titled = titleDoubts(plan);
  const inPlaces = eachPlaceDoubts(plan, lines, leads);
  const said: FoundDoubt[] = [
    ...assumedDoubts(plan, assumed, told, lines),
    ...placeDoubts(plan, bindings, lines, leads, {loggedIn, unsure: sectionsUnsure(assumed, titled)}, blocks),
    ...inPlaces,
    ...userDoubts(plan, bindings, lines, leads),
    ...statedConditionDoubts(plan, lines, leads),
    ...askedBackDoubts(plan, lines),
    ...lostItemDoubts(plan, blocks, lines),
    ...repeatDoubts(plan, blocks, lines, inPlaces, leads),
    ...referenceDoubts(plan, blocks, lines),
    ...tunnelDoubts(plan, lines),
    ...orderDoubts(plan, lines, leads),
    ...unreadBoundDoubts(plan, blocks, lines),
    ...leadInDoubts(plan, lines, leads),
    ...titled,
    ...explainedValueDoubts(plan, lines, leads),
    ...labelDoubts(plan, lines, leads),
    ...announcedWayDoubts(plan, lines),
    ...countedWayDoubts(plan, blocks, lines),
    ...caseDoubts(plan, blocks, lines),
    ...wayBackDoubts(plan, bindings, lines, leads),
    ...barredWayDoubts(plan, blocks, lines),
    ...undoDoubts(plan, blocks, lines),
    ...waitDoubts(plan, lines, leads),
    ...boundAheadDoubts(plan, lines, leads),
    ...saidResultDoubts(plan, lines),
    ...standingCaseDoubts(plan, lines),
  ];
  const found = new DoubtList(lines);
  found.add(said.filter(one => !asksForUse(one, assumed)));
  // What a rollback says in running text is mostly when there is no way back: a person knows it.
  found.add(unreadSentenceDoubts(plan, blocks, lines, 'rollback', NOTHING_ASKED));
  found.add(shownBlockDoubts(plan, blocks, lines, new Set(said.map(({line}) => line))));
  found.add(unreadWordDoubts(plan, lines, leads, found.asks()));
  found.add(generalDoubts(plan, blocks, lines, found.shows()));
  const isAsked = found.asks();
  found.add(unreadTextDoubts(plan, lines, (step, line) => isAsked(step, line, true), found.quotes()));
  for (const use of ['run', 'watch', 'triggers', 'criteria'] as const)
    found.add(unreadSentenceDoubts(plan, blocks, lines, use, found.asked()));
  found.add(unjudgedClaimDoubts(plan, lines, found.tellsOf()));
  found.add(heldBackDoubts(plan, blocks, lines, found.holds()));
  found.add(stoppedBelowDoubts(blocks, lines));
  found.add(unreadTextDoubts(plan, lines, found.asksOfLine(), found.quotes()));
  const [isHeld, isShown, {quotes}] = [found.holdsLine(), found.quotes(), found.asked()];
  const isQuoted = (line: number, text: string) => isShown(text) || quotes([line], text);
  found.add(leftSentenceDoubts(plan, blocks, lines, {isHeld, isQuoted}));
  found.add(remarkDoubts(plan, blocks, lines, found.holdsWhether()));
  return found.sorted();
}

/** `plan`: bound, with its problems. */
export function withProposal(plan: Plan, {assumed, procedures, procedure}: Uses, setting: Setting): Plan {
  const doubts = doubtsIn(plan, assumed, setting);
  const readings = readingsOf(plan, {doubts, database: onlyDatabase(setting.bindings.databases)});
  return {...plan, proposal: compact({doubts, readings, procedures, procedure})};
}
