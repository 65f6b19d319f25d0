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
.banner { font-size: 1.15rem; overflow-wrap: anywhere; padding: .6rem 1rem; border-left: .4rem solid var(--warn); background: var(--shade); }
.banner strong { display: block; font-size: 1.5rem; text-transform: uppercase; }
.banner.good strong { color: var(--good); }
.banner.bad strong { color: var(--bad); }
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
pre { background: var(--shade); border: 1px solid var(--rule); padding: .6rem .8rem; font-size: .87rem; white-space: pre-wrap; overflow-wrap: anywhere; }
pre.whole { max-height: 20rem; overflow-y: auto; }
.wide + .wide, ul + .wide { margin-top: 1.4rem; }
.seal { color: var(--faint); font-size: .8rem; overflow-wrap: anywhere; max-width: 64rem; margin: 1rem auto; padding: 0 1.5rem; }
.phone { display: none; }
figure { margin: 1.2rem 0; }
figcaption { font-weight: 600; }
svg { width: 100%; height: auto; }
svg .axis { stroke: var(--faint); }
svg .grid { stroke: var(--rule); }
svg .line { fill: none; stroke: var(--line); stroke-width: 1.8; }
svg .point { fill: var(--line); }
svg .band { fill: var(--line); opacity: .18; }
svg .gap { fill: var(--faint); opacity: .15; }
svg .label { fill: var(--faint); font-size: 12px; paint-order: stroke; stroke: var(--ground); stroke-width: 3px; }
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
  .seal { padding: 0 .8rem; }
  .desk { display: none; }
  .phone { display: block; }
  thead { display: none; }
  table, tbody, tr { display: block; }
  tr { border-bottom: 1px solid var(--rule); padding: .3rem 0; }
  td, td.stamp { display: inline; border: 0; padding: 0; white-space: normal; overflow-wrap: anywhere; }
  td:not(:last-child)::after { content: " · "; color: var(--faint); }
  td:empty { display: none; }
  td::before { content: attr(data-column) " "; color: var(--faint); font-weight: normal; }
}
@media print {
  :root {
    color-scheme: light; --ground: #ffffff; --ink: #000000; --good: #1a7f37; --bad: #b3261e; --warn: #8a5300;
    --faint: #444444; --line: #0550ae; --rule: #bbbbbb; --shade: #ffffff;
  }
  main, .seal { max-width: none; padding: 0; }
  nav { display: none; }
  #timeline .wide, pre.whole { max-height: none; }
  #timeline .wide { border: 0; }
  figure, tr, h2, h3 { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
}
`;
