/** Comments that offer another way to do the same. */

/** `# OR`, `# Or via kubectl`, `# Alternative: …`: the label, empty for a bare one. */
export function alternativeLabel(comment: string): string | undefined {
  const match = ALTERNATIVE.exec(comment);
  return match === null ? undefined : (match[1] ?? '').replace(/^[-–—=*\s]+$/, '');
}

/** `# Option A: Docker`, `# Using yarn`, `# If using systemd:`: every arm is named, the first as well. */
export function optionLabel(comment: string): string | undefined {
  return OPTION.test(comment) || MEANS.test(comment) ? comment.replace(/\s*[:：]$/, '') : undefined;
}

/** `make   # or npm run build`: what stands behind the `or`. */
export function trailingAlternative(comment: string): string | undefined {
  return /^(?:or|oder|o bien|alternatively):?\s+(?!else\b|later\b|higher\b|newer\b|more\b|greater\b)(\S.*)$/i.exec(
    comment,
  )?.[1];
}

const ALTERNATIVE =
  /^[-=*\s]*(?:or|oder|o bien|o(?=\s+(?:con|sin|v[ií]a|usando|para|si|bien)\s)|alternativ(?:e|ely|a|amente)?(?:\s+\d+)?|opci[oó]n(?!\s+(?:\d+|[a-z])(?![\p{L}\d])))(?![\p{L}\d])(?!\s+(?:else|later|higher|newer|more|greater|so|h[oö]her)(?![\p{L}\d]))\s*[:,.–—=*-]*\s*(.*)$/iu;

const OPTION =
  /^(?:option|path|approach|method|variant|variante|opci[oó]n|m[eé]todo|weg|scenario|escenario)\s+(?:\d+|[a-z])(?![\p{L}\d])/iu;

/** The same work by other means, named by the product that does it. */
const MEANS =
  /^(?:(?:if|when)\s+(?:you(?:'re| are)\s+)?(?:using|on)|using|for|on|via|con|usando|para|mit|f[üu]r|auf|unter)\s+(?:an?\s+|the\s+)?(?:aws|gcp|google cloud|azure|docker(?:[ -]compose)?|podman|kubernetes|k8s|openshift|helm|systemd|systemctl|supervisor(?:d|ctl)?|pm2|npm|yarn|pnpm|bun|pip|poetry|linux|mac(?:os)?|os x|windows|ubuntu|debian|centos|rhel|red hat|fedora|alpine|heroku|plesk|cpanel|nginx|apache|caddy|mysql|postgres(?:ql)?|mariadb|vercel|netlify|railway|render|fly(?:\.io)?)(?![\p{L}\d])[^.]{0,40}$/iu;
