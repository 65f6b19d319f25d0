/** Names written as `$NAME` or `${NAME…` anywhere in a document. */
export function variablesIn(lines: readonly string[]): ReadonlySet<string> {
  const known = used.get(lines);
  if (known !== undefined) return known;
  const names = new Set<string>();
  for (const line of lines) {
    if (!line.includes('$')) continue;
    for (const [, name] of line.matchAll(/\$\{?([A-Za-z_]\w*)/g)) if (name !== undefined) names.add(name);
  }
  used.set(lines, names);
  return names;
}

const used = new WeakMap<readonly string[], ReadonlySet<string>>();
