"""How the page on service quality looks: its charts, cards and tables within the frame that pages share."""

from __future__ import annotations

from typing import Final

from csm.render.frame import FRAME, PAPER

_SCREEN: Final = """
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:10px}
.card{background:var(--panel);border:1px solid var(--rule);border-radius:8px;padding:10px 12px;font-size:14px;
word-break:keep-all}
.card h3{margin:0 0 2px;font-size:14px;font-weight:600}
.card p{margin:0}
.card .value{font-size:20px;font-weight:700;line-height:1.3}
.weakest{border-left:5px solid var(--short);background:var(--panel);padding:12px 14px;border-radius:0 8px 8px 0}
.weakest .first{font-weight:600}
.weakest p:last-child{margin:0}
.two{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:0 40px;align-items:start}
.grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,300px),1fr));gap:18px 32px}
figure{margin:0}
figcaption{font-weight:600;font-size:14px;margin:0 0 4px}
.chart{display:block;width:100%;max-width:560px;height:auto;fill:var(--ink);font-size:12px}
.chart .strong{font-weight:600}
.chart .small{font-size:11px}
.chart .faint{fill:var(--faint)}
.chart .grid{stroke:var(--rule);stroke-width:1}
.chart .axis{stroke:var(--faint);stroke-width:1}
.chart .short{stroke:var(--short);stroke-width:4}
.chart .enough{stroke:var(--enough);stroke-width:4}
.chart .expected{fill:var(--ground);stroke:var(--ink);stroke-width:2}
.chart .perceived{fill:var(--ink);stroke:none}
.chart .bar{fill:var(--bar);stroke:var(--bar);stroke-width:1}
.chart .few{fill:var(--few);stroke-dasharray:4 3}
.chart .sum{fill:none;stroke:var(--sum);stroke-width:2}
.chart .summed{fill:var(--sum);stroke:var(--ground);stroke-width:1}
th:first-child{text-align:left;padding-left:0}
.figures th[scope=col]{white-space:nowrap}
.figures td{overflow-wrap:normal;word-break:keep-all}
.figures td:nth-child(2),.figures td:nth-child(4){white-space:nowrap}
ul{padding:0;margin:0;list-style:none}
li{padding:7px 0;border-bottom:1px solid var(--rule)}
.small{font-size:13px}
dl{columns:320px;column-gap:32px;margin:0}
dl div{break-inside:avoid;margin:0 0 8px}
dt{font-weight:600}
dd{margin:0;color:var(--faint)}
@media (max-width:520px){
body{padding:12px}
table{font-size:12.5px}
th,td{padding:5px 4px;hyphens:auto}
.cards{grid-template-columns:1fr 1fr}
}
"""
_PRINTED: Final = """
@media print{
.cards{grid-template-columns:repeat(7,1fr);gap:6px}
.card{padding:6px;font-size:10px}
.card h3{font-size:10px}
.card .value{font-size:13px}
.weakest{padding:8px 12px}
.two{grid-template-columns:1fr 1fr;gap:0 24px}
.two .chart{font-size:13px}
.grid{grid-template-columns:1fr 1fr 1fr;gap:10px 20px}
.months .chart{font-size:13px}
.months .chart .small{font-size:11.5px}
figcaption{font-size:9.5pt}
table,.small{font-size:8.5pt}
th,td{padding:2px 6px}
li{padding:3px 0}
dl{columns:3}
dl div{margin:0 0 4px}
.card,.weakest,.months,.two section,figure,svg,tr,li{break-inside:avoid}
h2,h3{break-after:avoid}
.card,.weakest,.chart{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
"""
SHEET: Final = FRAME + _SCREEN + PAPER + _PRINTED
