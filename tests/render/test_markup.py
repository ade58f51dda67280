from __future__ import annotations

import io

from csm.domain.kinds import Field
from csm.domain.time.instant import Zone
from csm.render.formats import Listing, Style, write_list

STYLE = Style(Zone("Asia/Shanghai"))
FIELDS = (Field("id", "id", "integer", shown=1), Field("name", "name", shown=1), Field("x", "x"))


def shown(form: str, what: Listing, style: Style = STYLE) -> str:
    stream = io.StringIO()
    write_list(form, what, style, stream)
    return stream.getvalue()


def test_md_escapes_its_own_marks() -> None:
    rows = [(1, "a|b\\c `d` *e* _f_ [g](h) ~i~ <script> &amp;\nj\x1b", "left out")]
    assert shown("md", Listing(FIELDS, rows)) == (
        "| id | name |\n"
        "| ---: | --- |\n"
        "| 1 | a\\|b\\\\c \\`d\\` \\*e\\* \\_f\\_ \\[g\\](h) \\~i\\~ &lt;script&gt; &amp;amp;<br>j␛ |\n"
    )


def test_md_empty() -> None:
    assert shown("md", Listing(FIELDS, [], title="T_1", empty="Nobody.", footer=("f",))) == "## T\\_1\n\nNobody.\n\nf\n"


def test_html_escapes_everything() -> None:
    page = shown("html", Listing(FIELDS, [(1, "<script>\"&'\n\x9b", None)], title="<t>", footer=("<f>",)))
    body = page.split("<body>\n")[1]
    assert "<title>&lt;t&gt;</title>" in page
    assert body == (
        "<h1>&lt;t&gt;</h1>\n"
        '<table border="1" cellpadding="4" cellspacing="0">\n'
        '<tr><th class="n" align="right">id</th><th>name</th></tr>\n'
        '<tr><td class="n" align="right">1</td><td>&lt;script&gt;&quot;&amp;&#x27;<br>&lt;U+009B&gt;</td></tr>\n'
        "</table>\n"
        "<p>&lt;f&gt;</p>\n"
        "</body>\n"
        "</html>\n"
    )


def test_html_empty() -> None:
    assert "<body>\n<p>Nobody.</p>\n</body>" in shown("html", Listing(FIELDS, [], empty="Nobody."))


def test_html_on_another_encoding_keeps_to_ascii() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="gbk", newline="")
    write_list("html", Listing(FIELDS, [(1, "王", None)]), STYLE, stream)
    stream.flush()
    assert b"<td>&#29579;</td>" in raw.getvalue()
