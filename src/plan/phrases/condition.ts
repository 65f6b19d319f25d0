/** Conditions in English that make a command, an arm or a task run only sometimes. */

/** "if needed", "if requirements.txt changed": the words, when a text makes what follows conditional. */
export function readCondition(text: string): string | undefined {
  const whole =
    /^(?:only\s+)?((?:if|in case|in an emergency|should (?:anything|something|it|this|that|any))\b[^:]*?)[.:]?$/i.exec(
      text.trim(),
    );
  if (whole?.[1] !== undefined && whole[1].length <= CONDITION_CHARACTERS_MAX) return lowerFirst(whole[1]);
  const inside =
    /\b(if (?:needed|necessary|required|applicable|any|possible)|when needed|as needed)\b|\(((?:only )?if [^()]{2,80})\)/i.exec(
      text,
    );
  const found = inside?.[1] ?? inside?.[2];
  return found === undefined ? undefined : lowerFirst(found);
}

const CONDITION_CHARACTERS_MAX = 120;

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
