/** Gives memory back: a watch takes days beside the service that it watches, and has time. */
import v8 from 'node:v8';
import vm from 'node:vm';

const AGAIN_MS = 3_600_000;
/** By then what begins with a watch is done: a plan read, a journal taken up, the first look at all hosts. */
const BEGUN_MS = 10_000;
type Collect = (how: {type: 'major'; execution: 'sync'; flavor: 'last-resort'}) => void;

/** From now on memory counts for more than speed. `hasTime`: nobody waits for the fraction of a second that it takes. */
export function freeMemory(hasTime: () => boolean): {stop(): void} {
  v8.setFlagsFromString('--optimize-for-size');
  // Collected again when it has grown by a tenth.
  v8.setFlagsFromString('--heap-growing-percent=10');
  v8.setFlagsFromString('--expose-gc');
  collect();
  const collectIfTime = () => {
    if (hasTime()) collect();
  };
  const begun = setTimeout(collectIfTime, BEGUN_MS);
  const again = setInterval(collectIfTime, AGAIN_MS);
  return {
    stop: () => {
      clearTimeout(begun);
      clearInterval(again);
    },
  };
}

/** This also frees what was compiled for the deploy. Only contexts made since then know `gc`. */
function collect(): void {
  const gc: Collect = vm.runInNewContext('gc');
  gc({type: 'major', execution: 'sync', flavor: 'last-resort'});
}
