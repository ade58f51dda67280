#!/bin/sh
# Sends the day's page of csm by mail. Where no mail program is found it prints the page instead, so that under cron
# it still reaches whoever MAILTO names.
#
#   mail_today.sh [RECIPIENT [OWNER]]
#
# RECIPIENT  an address; without it MAILTO, else the user who runs this
# OWNER      only the work of this salesperson; without it everybody's
#
# The file and the language come from CSM_DB and CSM_LANG or LANG, as for csm itself. Nothing is sent when csm fails:
# its exit code is handed on, its words are on stderr.
set -eu

to=${1:-${MAILTO:-$(id -un)}}
owner=${2:-}
newline='
'
case $to in
-* | *"$newline"*)
    echo "mail_today.sh: '$to' is no address" >&2
    exit 2
    ;;
esac

# cron's PATH has no sbin; the page is UTF-8 whatever the locale says.
PATH=$PATH:/usr/sbin:/usr/lib
PYTHONUTF8=1
export PATH PYTHONUTF8

page() {
    if [ -n "$owner" ]; then
        csm --no-color today --owner "$owner" "$@"
    else
        csm --no-color today "$@"
    fi
}

has() {
    command -v "$1" >/dev/null 2>&1
}

subject="csm $(date +%Y-%m-%d)"
draft=$(mktemp "${TMPDIR:-/tmp}/csm-today.XXXXXX")
trap 'rm -f "$draft"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

if has sendmail; then
    # The page comes first: a mail is begun only when csm has given one. Base64 keeps its lines short.
    page -f html >"$draft"
    {
        echo "To: $to"
        echo "Subject: $subject"
        echo "MIME-Version: 1.0"
        echo "Content-Type: text/html; charset=utf-8"
        if has base64; then
            echo "Content-Transfer-Encoding: base64"
            echo
            base64 <"$draft" | fold -w 76
        else
            echo "Content-Transfer-Encoding: 8bit"
            echo
            cat "$draft"
        fi
    } | sendmail -t -oi
elif has mail; then
    # Every mail program has another way to say that a text is html, so it gets the plain page.
    page >"$draft"
    mail -s "$subject" "$to" <"$draft"
else
    page
fi
