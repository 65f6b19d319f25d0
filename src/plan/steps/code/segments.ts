/** Joins what the lines of a script do into segments: each runs in one place, as one step. */
import {compact} from '../../../text/compact.ts';
import type {Command, Context, HttpRequest, ScriptArm, Stage} from '../../script.ts';
import {withGuards} from '../../shell/inputs.ts';

/**
 * What one line does. `cut`: the following lines run elsewhere. `typed`: it goes into a console that a person opened.
 */
export type Act =
  | {kind: 'cut'}
  | ({line: number; context: Context} & (
      | {kind: 'command'; command: Command}
      | {kind: 'request'; request: HttpRequest; condition: string | undefined; timeoutMs: number | undefined}
      | {kind: 'alternatives'; arms: readonly ScriptArm[]}
      | {kind: 'endless'; command: string; alternatives: readonly string[]}
      | {kind: 'manual'; text: string; comment: string | undefined; typed?: true}
    ));

/** One step in one context: stages, or one endless command, or lines that a person types. */
export type Segment = {line: number; context: Context; timeoutMs?: number} & (
  | {kind: 'stages'; stages: readonly Stage[]}
  | {kind: 'endless'; command: string; alternatives: readonly string[]}
  | {kind: 'manual'; lines: readonly string[]}
);

type Work = Exclude<Act, {kind: 'cut' | 'endless' | 'manual'}>;
type Manual = {line: number; context: Context; kind: 'manual'; lines: string[]};

export function segmentsOf(acts: readonly Act[]): Segment[] {
  const segments: Segment[] = [];
  let open: Work[] = [];
  let hands: Manual | undefined;
  const close = () => {
    if (open.length > 0) segments.push(ofWork(open));
    open = [];
  };
  for (const act of acts) {
    if (act.kind === 'command' || act.kind === 'request' || act.kind === 'alternatives') {
      if (open[0] !== undefined && open[0].context.id !== act.context.id) close();
      open.push(act);
      continue;
    }
    // A person types into the open console, also when other lines stand between.
    if (act.kind === 'manual' && act.typed === true && hands !== undefined) {
      hands.lines.push(act.text);
      continue;
    }
    close();
    if (act.kind === 'endless') segments.push(act);
    if (act.kind !== 'manual') continue;
    if (hands !== undefined && segments.at(-1) === hands) {
      hands.lines.push(act.text);
      continue;
    }
    const {line, context, comment, text} = act;
    hands = {kind: 'manual', line, context, lines: comment === undefined ? [text] : [comment, text]};
    segments.push(hands);
  }
  close();
  return segments;
}

function ofWork(acts: readonly Work[]): Segment {
  const [first] = acts as [Work];
  const timeoutMs = acts.reduce((ms, act) => Math.max(ms, act.kind === 'request' ? (act.timeoutMs ?? 0) : 0), 0);
  return {
    kind: 'stages',
    line: first.line,
    context: first.context,
    stages: stagesOf(acts),
    ...(timeoutMs > 0 ? {timeoutMs} : {}),
  };
}

/** Consecutive commands form one stage. */
function stagesOf(acts: readonly Work[]): Stage[] {
  const stages: Stage[] = [];
  let commands: Command[] = [];
  const close = () => {
    if (commands.length > 0) stages.push({kind: 'commands', commands: withGuards(commands)});
    commands = [];
  };
  for (const act of acts) {
    if (act.kind === 'command') {
      commands.push(act.command);
      continue;
    }
    close();
    if (act.kind === 'request') {
      const {request, condition} = act;
      stages.push(compact({kind: 'http', request, condition}));
    } else {
      const {line, arms} = act;
      const guarded = arms.map(arm => ({...arm, commands: withGuards(arm.commands)}));
      stages.push({kind: 'alternatives', id: `L${line}`, line, arms: guarded});
    }
  }
  close();
  return stages;
}
