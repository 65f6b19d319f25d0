/** Whether a text ends with a colon, so that it leads to what stands below it. Only its end is looked at, however long it is. */
export function leadsOn(text: string): boolean {
  return COLON_LAST.test(text.slice(-END_LENGTH));
}

const END_LENGTH = 200;
const COLON_LAST = /[:：]\W*$/;
