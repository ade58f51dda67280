"""How the page on service quality looks: one style sheet for phone and desk, light and dark, screen and paper.

Colours have names, defined twice; every text on its ground has a contrast of at least 4.5.
"""

from __future__ import annotations

from typing import Final

_LIGHT: Final = (
    "--ground:#ffffff;--panel:#f6f7f9;--ink:#1b1f24;--faint:#555d68;--rule:#d4d9e0;"
    "--bar:#2563ab;--few:#dbe8f7;--short:#b3261e;--enough:#2563ab;--sum:#8a4b00"
)
_DARK: Final = (
    "--ground:#15181c;--panel:#1e2329;--ink:#e8eaed;--faint:#a9b1bb;--rule:#3a424c;"
    "--bar:#6fa8e8;--few:#26384d;--short:#ff8a80;--enough:#6fa8e8;--sum:#f0b35c"
)

SHEET: Final = f"""
:root{{color-scheme:light dark;{_LIGHT}}}
@media (prefers-color-scheme:dark){{:root{{{_DARK}}}}}
*{{box-sizing:border-box}}
body{{margin:0 auto;padding:16px;max-width:1200px;background:var(--ground);color:var(--ink);
font:16px/1.45 system-ui,"Segoe UI","PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif;
overflow-wrap:anywhere}}
h1{{font-size:24px;margin:0}}
h2{{font-size:18px;margin:0 0 10px}}
h3{{font-size:15px;margin:18px 0 6px}}
p{{margin:0 0 6px}}
section{{margin:22px 0 0}}
.faint{{color:var(--faint)}}
.whole{{white-space:nowrap}}
.cards{{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:10px}}
.card{{background:var(--panel);border:1px solid var(--rule);border-radius:8px;padding:10px 12px;font-size:14px;
word-break:keep-all}}
.card h3{{margin:0 0 2px;font-size:14px;font-weight:600}}
.card p{{margin:0}}
.card .value{{font-size:20px;font-weight:700;line-height:1.3}}
.weakest{{border-left:5px solid var(--short);background:var(--panel);padding:12px 14px;border-radius:0 8px 8px 0}}
.weakest .first{{font-weight:600}}
.weakest p:last-child{{margin:0}}
.two{{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:0 40px;align-items:start}}
.grid{{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,300px),1fr));gap:18px 32px}}
figure{{margin:0}}
figcaption{{font-weight:600;font-size:14px;margin:0 0 4px}}
.chart{{display:block;width:100%;max-width:560px;height:auto;fill:var(--ink);font-size:12px}}
.chart .strong{{font-weight:600}}
.chart .small{{font-size:11px}}
.chart .faint{{fill:var(--faint)}}
.chart .grid{{stroke:var(--rule);stroke-width:1}}
.chart .axis{{stroke:var(--faint);stroke-width:1}}
.chart .short{{stroke:var(--short);stroke-width:4}}
.chart .enough{{stroke:var(--enough);stroke-width:4}}
.chart .expected{{fill:var(--ground);stroke:var(--ink);stroke-width:2}}
.chart .perceived{{fill:var(--ink);stroke:none}}
.chart .bar{{fill:var(--bar);stroke:var(--bar);stroke-width:1}}
.chart .few{{fill:var(--few);stroke-dasharray:4 3}}
.chart .sum{{fill:none;stroke:var(--sum);stroke-width:2}}
.chart .summed{{fill:var(--sum);stroke:var(--ground);stroke-width:1}}
table{{border-collapse:collapse;width:100%;font-size:14px;margin:0 0 12px}}
th,td{{padding:5px 8px;border-bottom:1px solid var(--rule);vertical-align:top;text-align:right}}
th:first-child{{text-align:left;padding-left:0}}
th[scope=col]{{color:var(--faint);font-weight:600;vertical-align:bottom}}
th[scope=row]{{font-weight:400}}
.figures th[scope=col]{{white-space:nowrap}}
.figures td{{overflow-wrap:normal;word-break:keep-all}}
.figures td:nth-child(2),.figures td:nth-child(4){{white-space:nowrap}}
td{{font-variant-numeric:tabular-nums}}
ul{{padding:0;margin:0;list-style:none}}
li{{padding:7px 0;border-bottom:1px solid var(--rule)}}
.small{{font-size:13px}}
dl{{columns:320px;column-gap:32px;margin:0}}
dl div{{break-inside:avoid;margin:0 0 8px}}
dt{{font-weight:600}}
dd{{margin:0;color:var(--faint)}}
footer{{margin:24px 0 0;font-size:13px}}
@media (max-width:520px){{
body{{padding:12px}}
table{{font-size:12.5px}}
th,td{{padding:5px 4px;hyphens:auto}}
.cards{{grid-template-columns:1fr 1fr}}
}}
@page{{size:A4;margin:14mm}}
@media print{{
:root{{color-scheme:light;{_LIGHT}}}
body{{padding:0;max-width:none;font-size:9.5pt}}
h1{{font-size:17pt}}
h2{{font-size:12pt;margin:0 0 6px}}
section{{margin:14px 0 0}}
.cards{{grid-template-columns:repeat(7,1fr);gap:6px}}
.card{{padding:6px;font-size:10px}}
.card h3{{font-size:10px}}
.card .value{{font-size:13px}}
.weakest{{padding:8px 12px}}
.two{{grid-template-columns:1fr 1fr;gap:0 24px}}
.two .chart{{font-size:13px}}
.grid{{grid-template-columns:1fr 1fr 1fr;gap:10px 20px}}
.months .chart{{font-size:13px}}
.months .chart .small{{font-size:11.5px}}
figcaption{{font-size:9.5pt}}
table,.small{{font-size:8.5pt}}
th,td{{padding:2px 6px}}
li{{padding:3px 0}}
dl{{columns:3}}
dl div{{margin:0 0 4px}}
.card,.weakest,.months,.two section,figure,svg,tr,li{{break-inside:avoid}}
h2,h3{{break-after:avoid}}
.card,.weakest,.chart{{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
}}
"""
