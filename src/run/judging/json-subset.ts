/** Whether the text is JSON that contains the subset. */
export function jsonContains(text: string, subset: unknown): boolean {
  try {
    return isSubset(subset, JSON.parse(text));
  } catch {
    return false;
  }
}

/** Objects by the keys given, arrays by each element being found, everything else by equality. */
function isSubset(subset: unknown, whole: unknown): boolean {
  if (Array.isArray(subset)) {
    return Array.isArray(whole) && subset.every(part => whole.some(element => isSubset(part, element)));
  }
  if (typeof subset === 'object' && subset !== null) {
    if (typeof whole !== 'object' || whole === null) return false;
    const found = whole as Record<string, unknown>;
    return Object.entries(subset).every(([key, value]) => Object.hasOwn(found, key) && isSubset(value, found[key]));
  }
  return subset === whole;
}
