/** How the HTML record looks: light and dark, on a desk and on a phone, on the screen and on paper. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark; --ground: #ffffff; --ink: #1f2328; --good: #1a7f37; --bad: #b3261e; --warn: #8a5300;
  --faint: #57606a; --line: #0550ae; --rule: #d0d7de; --shade: #f6f8fa;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0d1117; --ink: #e6edf3; --good: #56d364; --bad: #ff8a80; --warn: #e3b341; --faint: #9ea7b3;
    --line: #79c0ff; --rule: #30363d; --shade: #161b22;
  }
}
body { font: 15px/1.5 system-ui, sans-serif; margin: 0; background: var(--ground); color: var(--ink); }
main { max-width: 64rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.5rem; margin: .2rem 0 .8rem; }
h2 { font-size: 1.2rem; margin: 2.4rem 0 .7rem; padding-bottom: .2rem; border-bottom: 1px solid var(--rule); }
h3, h4, h5, h6 { font-size: 1rem; margin: 1.2rem 0 .3rem; }
.banner { font-size: 1.15rem; font-weight: 600; padding: .6rem 1rem; border-left: .4rem solid var(--warn); background: var(--shade); }
.banner.good { border-color: var(--good); }
.banner.bad { border-color: var(--bad); }
.facts, small { color: var(--faint); font-weight: normal; overflow-wrap: anywhere; }
nav { font-size: .9rem; }
nav a { color: var(--line); margin-right: .9rem; white-space: nowrap; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.2rem; margin: 0; }
dt { color: var(--faint); }
dd { margin: 0; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
#timeline .wide { max-height: 32rem; overflow-y: auto; border: 1px solid var(--rule); padding-left: .6rem; }
#timeline thead { position: sticky; top: 0; background: var(--ground); }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: .93rem; }
th, td { text-align: left; vertical-align: top; padding: .25rem .7rem .25rem 0; border-bottom: 1px solid var(--rule); }
th { color: var(--faint); font-weight: 600; white-space: nowrap; }
td.stamp { white-space: nowrap; }
tr.bad td:last-child { color: var(--bad); font-weight: 600; }
tr.warn td:last-child { color: var(--warn); }
tr.good td:last-child { color: var(--good); }
ul { padding-left: 1.2rem; margin: .3rem 0; }
li { overflow-wrap: anywhere; }
ul.checklist { list-style: none; padding-left: 0; }
.sign { display: inline-block; min-width: 8.5rem; color: var(--faint); }
.passed .sign { color: var(--good); }
.failed .sign, .unknown .sign { color: var(--bad); font-weight: 600; }
.waiting .sign, .skipped .sign, .cancelled .sign { color: var(--warn); }
pre { background: var(--shade); border: 1px solid var(--rule); padding: .6rem .8rem; overflow-x: auto; font-size: .87rem; }
pre.whole { white-space: pre-wrap; overflow-wrap: anywhere; }
.seal { color: var(--faint); font-size: .8rem; overflow-wrap: anywhere; margin-top: 3rem; }
figure { margin: 1.2rem 0; }
figcaption { font-weight: 600; }
svg { width: 100%; min-width: 44rem; height: auto; }
svg .axis { stroke: var(--faint); }
svg .grid { stroke: var(--rule); }
svg .line { fill: none; stroke: var(--line); stroke-width: 1.8; }
svg .point { fill: var(--line); }
svg .band { fill: var(--line); opacity: .18; }
svg .gap { fill: var(--faint); opacity: .15; }
svg .label { fill: var(--faint); font-size: 12px; }
svg .label.trigger, svg .label.bad { fill: var(--bad); }
svg .label.good { fill: var(--good); }
svg .threshold { stroke: var(--warn); stroke-dasharray: 6 4; }
svg .threshold.trigger { stroke: var(--bad); }
svg .marker { stroke-dasharray: 2 3; stroke-width: 1.5; }
svg .marker.good { stroke: var(--good); }
svg .marker.bad { stroke: var(--bad); }
svg .error { stroke: var(--bad); stroke-width: 2; }
@media (max-width: 40rem) {
  main { padding: .8rem; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .5rem; }
  .sign { min-width: 0; margin-right: .5rem; }
}
@media print {
  :root { color-scheme: light; --ground: #ffffff; --ink: #000000; --shade: #ffffff; --faint: #444444; --rule: #bbbbbb; }
  main { max-width: none; padding: 0; }
  nav { display: none; }
  #timeline .wide { max-height: none; border: 0; }
  figure, tr, h2, h3 { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; }
  svg { min-width: 0; }
}
`;
