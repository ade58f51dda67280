"""What pages that are handed over share: one file that loads nothing, for a phone, a desk, the dark and A4 paper.

Colours have names, defined twice; every text on its ground has a contrast of at least 4.5. A page adds its own sheet.
"""

from __future__ import annotations

from typing import Final

LIGHT: Final = (
    "--ground:#ffffff;--panel:#f6f7f9;--ink:#1b1f24;--faint:#555d68;--rule:#d4d9e0;"
    "--bar:#2563ab;--few:#dbe8f7;--short:#b3261e;--enough:#2563ab;--sum:#8a4b00"
)
DARK: Final = (
    "--ground:#15181c;--panel:#1e2329;--ink:#e8eaed;--faint:#a9b1bb;--rule:#3a424c;"
    "--bar:#6fa8e8;--few:#26384d;--short:#ff8a80;--enough:#6fa8e8;--sum:#f0b35c"
)

# On the screen: margins, type, and the looks of texts that pages name.
FRAME: Final = f"""
:root{{color-scheme:light dark;{LIGHT}}}
@media (prefers-color-scheme:dark){{:root{{{DARK}}}}}
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
table{{border-collapse:collapse;width:100%;font-size:14px;margin:0 0 12px}}
th,td{{padding:5px 8px;border-bottom:1px solid var(--rule);vertical-align:top;text-align:right}}
th[scope=col]{{color:var(--faint);font-weight:600;vertical-align:bottom}}
th[scope=row]{{font-weight:400}}
td{{font-variant-numeric:tabular-nums}}
footer{{margin:24px 0 0;font-size:13px}}
"""
# On paper: A4, dark on white whatever the screen is like.
PAPER: Final = f"""
@page{{size:A4;margin:14mm}}
@media print{{
:root{{color-scheme:light;{LIGHT}}}
body{{padding:0;max-width:none;font-size:9.5pt}}
h1{{font-size:17pt}}
h2{{font-size:12pt;margin:0 0 6px}}
section{{margin:14px 0 0}}
table{{font-size:8.5pt}}
tr{{break-inside:avoid}}
h2,h3{{break-after:avoid}}
}}
"""


def head(sheet: str) -> tuple[str, ...]:
    """Return the end of the head of a page: how wide it is, that it knows the dark, its style sheet."""
    return (
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        f"<style>{sheet}</style>",
    )
