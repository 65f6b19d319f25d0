import {expect, test} from 'vitest';
import {JobOutput} from '../../../src/actions/jobs/job-output.ts';
import {emptyRecord, type JobRecord, readRecordLine} from '../../../src/actions/jobs/job-record.ts';

function recordOf(...lines: readonly string[]): JobRecord {
  const record = emptyRecord();
  for (const line of lines) readRecordLine(record, line, 0);
  return record;
}

test.each<[boolean, number, readonly string[]]>([
  [false, 5, ['@ done 0 10']],
  [true, 10, ['@ done 0 10']],
  [false, 5, ['@ done 0 10', '@ gone vanished 10']],
  [true, 5, ['@ done 0 10', '@ gone vanished 4']],
  [true, 5, ['@ done 0 10', '@ gone vanished 10', '@ gone vanished 0']],
  [false, 5, ['@ gone rebooted 10']],
  [true, 10, ['@ gone rebooted 10']],
  [false, 5, ['@ gone vanished ']],
  [false, 5, ['@ stopped', '@ done 0 10']],
  [true, 5, ['@ stopped', '@ done 143 10']],
  [true, 5, ['@ stopped', '@ killed']],
  [true, 0, ['@ missing']],
  [false, 5, ['@ start 0 1']],
])('whole is %s with %i bytes and %j', (whole, bytes, lines) => {
  const output = new JobOutput(() => {});
  output.take(Buffer.alloc(bytes), emptyRecord());
  expect(output.isWhole(recordOf(...lines))).toBe(whole);
});

test('what comes behind the last byte of the job is not its own', () => {
  let printed = '';
  const output = new JobOutput(chunk => {
    printed += chunk.toString();
  });
  output.take(Buffer.from('abc'), recordOf('@ done 0 5'));
  output.take(Buffer.from('defg'), recordOf('@ done 0 5'));
  expect([printed, output.bytesMissing(recordOf('@ done 0 5'))]).toEqual(['abcde', 0]);
});
