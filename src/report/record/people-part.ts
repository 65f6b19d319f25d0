/** How a run was handed from one person to the next, and who signed it off. */
import type {Recorded} from '../../run/event.ts';
import type {HandOver, HandOverSummary, SignOff} from '../../run/events/people-events.ts';
import {signerText} from '../../run/wording/timeline-words.ts';
import {compact} from '../../text/compact.ts';
import {utcTime} from '../../text/times.ts';
import {type Block, type Fact, facts, list} from './record-blocks.ts';
import type {RecordSource} from './record-source.ts';

/** The last signature, and with which key the record was signed. What was signed before a run was opened again is in the timeline. */
export function signOffBlocks({state: {signOff}, events}: RecordSource): readonly Block[] {
  if (signOff === undefined) return [];
  const {status, issues, at, second} = signOff;
  const key = events.findLast(event => event.type === 'record-signed' && event.at >= at);
  return [
    facts(
      ['Final status', status],
      issues === undefined ? undefined : ['Issues', issues],
      signOff.notes === undefined ? undefined : ['Notes', signOff.notes],
      ['Signed off by', `${signerText(signOff)}, ${utcTime(at)}`],
      second === undefined ? undefined : secondFact(second),
      key?.type === 'record-signed' ? ['SSH key', `${key.key}, over the record after event ${key.events}`] : undefined,
    ),
  ];
}

function secondFact(second: NonNullable<SignOff['second']>): Fact {
  const {at, note, claimed} = second;
  const doubt = claimed === true ? '; in the same account, the name is only claimed' : '';
  return ['Second signature', `${signerText(second)}, ${utcTime(at)}${doubt}${note === undefined ? '' : `: ${note}`}`];
}

export function handOversIn(events: readonly Recorded[]): readonly HandOver[] {
  return events.flatMap(event => {
    if (event.type !== 'handed-over') return [];
    const {id, consoleId, note, errors, summary, at, by} = event;
    const read = events.find(one => one.type === 'hand-over-taken' && one.id === id);
    const taken = read === undefined ? undefined : {at: read.at, by: read.by};
    return [compact({id, consoleId, note, errors, summary, at, by, taken})];
  });
}

export function handOverBlocks({events}: RecordSource): readonly Block[] {
  const items = handOversIn(events).map(({at, by, note, taken, errors = [], summary}) => ({
    text: `${utcTime(at)} ${by} handed over, ${taken === undefined ? 'nobody took it over' : `${taken.by} took it over ${utcTime(taken.at)}`}`,
    under: [
      ...(note === undefined ? [] : [`Note: ${note}`]),
      ...summaryLines(summary),
      ...errors.map(text => `Error line: ${text}`),
    ],
  }));
  return [list(items)];
}

function summaryLines({where, next, open, look, rollback}: HandOverSummary): readonly string[] {
  return [
    `Where: ${where}`,
    `Next: ${next}`,
    ...open.map(({text}) => `Open: ${text}`),
    ...look.map(({text}) => `Look at: ${text}`),
    `Rollback: ${rollback.text}`,
    ...rollback.does.map(text => `R would do: ${text}`),
  ];
}
