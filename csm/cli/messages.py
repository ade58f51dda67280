"""Every error code with its family, its sentence, and the command or the form to try: one table.

Only `csm.cli.errors` reads it. Sentences and hints are messages of the catalogue, shown in the language in use; their
placeholders are filled with the values of the error. For an error with an `action`, the hint is its command line. Also
here: the words for values of errors. tests/cli/test_proposals.py checks the commands that hints name.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from csm.domain.errors import CsmError, NotFound, Refused, Unusable, UsageFault
from csm.i18n import marked


class Message(NamedTuple):
    """What is printed for one code; `in_file` replaces the hint for a value in a row of a file."""

    family: type[CsmError]
    sentence: str
    hint: str = ""
    in_file: str | None = None


MESSAGES: Final[dict[str, Message]] = {
    # --- usage ---
    "unknown-command": Message(
        UsageFault, "there is no command '{before} {name}'", "{before} --help lists the commands"
    ),
    "unexpected-argument": Message(
        UsageFault,
        "'{value}' is one word too many for '{command}'",
        "put a text of several words in quotes; {command} --help shows the form",
    ),
    "unknown-option": Message(UsageFault, "'{command}' has no option {option}", "{command} --help lists the options"),
    "unreadable-date": Message(
        UsageFault,
        "'{value}' is no date or time that can be read",
        "write it like 2026-11-21, 2026-11-21 15:30, tomorrow, +3d, fri, 3月5日 or 下周三",
    ),
    "doubtful-date": Message(
        UsageFault,
        "'{value}' can be read as {first} and as {second}",
        "write the year first: {first}",
        in_file="say in which order its dates are written: --date-order dmy, mdy or ymd",
    ),
    "time-not-kept": Message(
        UsageFault, "'{value}' has a time of day, but only a day is kept here", "write the day alone: {day}"
    ),
    "days-disagree": Message(
        UsageFault, "due on {first} by one column, on {second} by another", "leave one of the two empty"
    ),
    "date-in-future": Message(UsageFault, "'{value}' lies in the future, but this has happened already"),
    "unreadable-amount": Message(
        UsageFault,
        "'{value}' is no amount of money",
        "write it like 1200, 1,200.50 or 5万",
        in_file="write it like 1200, 1,200.50 or 5万; with a comma before decimals: --decimal ,",
    ),
    "bad-problem": Message(
        UsageFault,
        "'{value}' can't be a problem of your own",
        (
            "write key and Chinese name, each once and none that is built in: "
            'csm config set complaint.problems "cold-food 菜凉; wrong-size 尺码不对"'
        ),
    ),
    "other-currency": Message(
        UsageFault,
        "'{value}' is in {currency}, and this file's currency is {own}",
        "convert it, or set the currency of the file: csm config set file.currency {currency}",
    ),
    "too-many-decimals": Message(
        UsageFault,
        "'{value}' has more than {most} decimals",
        in_file="--round rounds it; where the sign stands between thousands: --decimal ,",
    ),
    "unreadable-quantity": Message(
        UsageFault,
        "'{value}' is no quantity",
        "write it like 3, 2.5 or 1,200; at most three decimals",
        in_file="write it like 3, 2.5, 1,200 or 100箱; with a comma before decimals: --decimal ,",
    ),
    "unreadable-phone": Message(
        UsageFault,
        "'{value}' can't be a phone number",
        "write it like 138 0013 8000, 010-8888 6666 or +86 138 0013 8000",
    ),
    "rounded-phone": Message(
        UsageFault,
        "'{value}' was a phone number once; a spreadsheet has rounded it and its digits are gone",
        "format the column as text in the spreadsheet, enter the number again, and save",
    ),
    "unreadable-email": Message(UsageFault, "'{value}' can't be an email address", "write it like name@example.com"),
    "unreadable-number": Message(UsageFault, "'{value}' is no whole number from {low} to {high}"),
    "unreadable-interval": Message(UsageFault, "'{value}' is no interval", "write it like 30d, 2w, 1m or 1y"),
    "unreadable-recurrence": Message(
        UsageFault,
        "'{value}' is no interval",
        "write it like 30d, 2w, 1m or 1y, eom for the end of each month, workday for every working day",
    ),
    "unreadable-birthday": Message(
        UsageFault,
        "'{value}' is no birthday",
        "write it like 1985-03-12, or 03-12 without the year; of the lunar calendar like lunar 8-15 or 农历八月十五",
    ),
    "lunar-year-unknown": Message(
        UsageFault,
        "the lunar calendar is known here from {first} to {last}, and '{value}' lies outside",
        "leave the year out: lunar 8-15",
    ),
    "no-lunar-day": Message(
        UsageFault,
        "the lunar year {year} has no day '{value}'",
        "a leap month is one of that year, and the month may have 29 days; without the year: lunar 8-15",
    ),
    "two-birthdays": Message(UsageFault, "a contact has one birthday, of one calendar", "leave one of the two empty"),
    "unreadable-flag": Message(UsageFault, "'{value}' is neither yes nor no", "write yes or no"),
    "unreadable-period": Message(UsageFault, "{field} can't be '{value}'", "write it like {form}"),
    "period-without-start": Message(UsageFault, "--to needs --from", "write it like --from 2026-10-01 --to 2026-10-15"),
    "unreadable-pair": Message(UsageFault, "{field} '{value}' has no key and value", "write it like {field} Key=Value"),
    "unreadable-contact": Message(
        UsageFault,
        "'{value}' is no contact",
        'write it like --contact "Li Na;buyer;138 0013 8000"; role and phone may be empty',
    ),
    "unreadable-spans": Message(
        UsageFault,
        "'{value}' is no week of working time",
        "write it like 'mon-fri 09:00-12:00 13:00-18:00; sat 10:00-14:00', or 24/7",
    ),
    "unreadable-target": Message(
        UsageFault,
        "'{value}' is no target for a clock",
        "write it like 8h, 3d (working days), 15cd (calendar days), 8w or 'end of 3d'",
    ),
    "unknown-value": Message(UsageFault, "{field} can't be '{value}'", "it is one of: {choices}"),
    "output-on-database": Message(
        UsageFault, "{field} {path} would overwrite a database or its log", "name another file"
    ),
    "output-on-input": Message(UsageFault, "{field} {path} would overwrite the file that is read", "name another file"),
    "output-twice": Message(UsageFault, "{field} {path} is also the file of {other}", "name another file"),
    "output-not-a-file": Message(
        UsageFault, "{field} {path} isn't a file but a {file_kind}", "name a file, - for standard output, or /dev/null"
    ),
    "unknown-ending": Message(
        UsageFault,
        "{field} {path}: no format is called .{ending}",
        "end the name in one of {choices}, or name the format with --format",
    ),
    "ending-unsupported": Message(
        UsageFault, "{field} {path}: csm can't handle .{ending} files yet", "use one of {choices}"
    ),
    "unknown-column": Message(UsageFault, "there is no column '{column}'", "the columns are: {choices}"),
    "unknown-field": Message(UsageFault, "there is no field '{field}'", "the fields are: {choices}"),
    "unknown-setting": Message(UsageFault, "there is no setting '{key}'", "csm config list shows them all"),
    "unknown-time-zone": Message(
        UsageFault, "'{value}' is no time zone", "write it like Asia/Shanghai or Europe/London"
    ),
    "unknown-encoding": Message(UsageFault, "there is no encoding '{value}'", "try utf-8 or gb18030"),
    "too-long-to-find": Message(
        UsageFault, "'{value}' is too long to look for", "a reference or a search is a few words at most"
    ),
    "empty-value": Message(UsageFault, "{field} can't be empty"),
    "day-missing": Message(
        UsageFault, "{field} can't be empty", "where every row is of the same day, say so with --set {field}=2026-11-21"
    ),
    "nothing-to-change": Message(
        UsageFault, "nothing to change was given", "name a field, as in --phone '138 0013 8000'"
    ),
    "missing-value": Message(UsageFault, "{field} is missing", "{command} --help shows the form"),
    "bad-parameter": Message(UsageFault, "{field}: {detail}", "{command} --help shows the form"),
    "missing-verb": Message(UsageFault, "'{command}' needs a verb", "{command} --help lists the commands"),
    "same-person": Message(UsageFault, "{name} can't hand over to {name}"),
    "not-of-kind": Message(UsageFault, "{field} is for callbacks, and {ref} isn't one"),
    "unreadable-text": Message(
        UsageFault, "'{value}' isn't text in UTF-8", "set the terminal to UTF-8 and type it again"
    ),
    "unreadable-terms": Message(
        UsageFault,
        "'{value}' is no settlement term",
        "write days such as 30, or cash, cash-on-delivery, before-delivery, weekly, half-monthly, monthly, monthly+15"
        " or end-of-next-month",
    ),
    "unreadable-currency": Message(
        UsageFault, "'{value}' is no currency code", "write three letters, as in CNY or EUR"
    ),
    "no-holiday-heading": Message(
        UsageFault,
        "no column of {path} is called '{missing}'",
        "name the columns date, kind and name; the file's are: {choices}",
    ),
    "no-lines-above": Message(UsageFault, "--skip-lines and {form} can't be used together"),
    "values-exclude": Message(UsageFault, "{first} and {second} can't be used together"),
    "bad-row": Message(UsageFault, "line {line}, column {column}, value '{value}': {reason}"),
    "bad-line": Message(UsageFault, "line {line}: {reason}"),
    "row-differs": Message(
        UsageFault,
        "the file says something else than {ref}, which has '{known}'",
        "--update takes over what the file says",
    ),
    "row-handled": Message(
        UsageFault,
        "the file says something else than {ref}, which has '{known}' and was handled here",
        "a case that was handled here takes no other state from a file: csm complaint next {ref}",
    ),
    "row-contradicts": Message(
        UsageFault,
        "the file says something else on line {other}, which has '{known}' for the same record",
        "where they are two, give each row a key of its own; else leave one of the rows out",
    ),
    "too-many-cells": Message(UsageFault, "the row has {count} cells, the heading {expected}"),
    "unknown-heading": Message(UsageFault, "the file has no column '{column}'", "its columns are: {choices}"),
    "no-heading": Message(
        UsageFault,
        "no column of {path} says what '{missing}' is",
        (
            'name it, as in --map "{example}={missing}", or tell it for all rows: --set {missing}=VALUE; the columns '
            "are: {choices}"
        ),
    ),
    "no-headings": Message(
        UsageFault,
        "no columns of {path} say what these are: {missing}",
        'name each, as in --map "{example}={first}"; the columns are: {choices}',
    ),
    "column-missing": Message(UsageFault, "no column of {path} says what '{missing}' is", "the columns are: {choices}"),
    "end-before-start": Message(UsageFault, "the end, {end}, lies before the start, {start}"),
    "sale-of-another": Message(UsageFault, "{ref} isn't a sale to {customer}", "csm sale show {ref} shows whose it is"),
    "no-checklist": Message(
        UsageFault,
        "there is no checklist for this service: {service_kind}",
        'csm config set checklist.{kind_code} "first item;second item" makes one',
    ),
    "unknown-item": Message(
        UsageFault, "'{value}' is no item of the checklist of this service: {service_kind}", "its items are: {items}"
    ),
    "doubtful-item": Message(UsageFault, "'{value}' can mean several items", "name one of them: {items}"),
    "before-sale": Message(
        UsageFault,
        "{value} lies before the day of the sale, {sold_on}",
        "csm sale edit {ref} --on WHEN changes the day of the sale",
        in_file="",
    ),
    "before-new-sale": Message(
        UsageFault,
        "{value} lies before the day of the sale, {sold_on}",
        "--on WHEN says the day of the sale; today unless told",
    ),
    "amount-below-zero": Message(UsageFault, "'{value}' is below zero", "{option} takes it, as for a credit note"),
    "unreadable-item": Message(
        UsageFault,
        "'{value}' is no item of a bill",
        'write it like --item "Oven;2;1,200.00"; the quantity may be empty',
    ),
    "before-win-back": Message(
        UsageFault,
        "{value} lies before {customer} was won back, {won_back_on}",
        "--on says when they were lost again; today unless told",
    ),
    "before-loss": Message(
        UsageFault,
        "{value} lies before {customer} was lost, {lost_on}",
        "--on says when they were won back; today unless told",
    ),
    "two-values": Message(
        UsageFault, "another column of the row says '{other}'", 'leave one of the two out: --map "{column}="'
    ),
    "two-units": Message(UsageFault, "the unit is '{value}', and the quantity is counted in '{other}'"),
    "foreign-id": Message(
        UsageFault,
        "no customer has '{value}' as another program's id, and ids count only in csm's own exports",
        (
            'say what the column is: --map "{column}=customer.external_id", or customer.code, or customer.id for '
            'csm\'s own; customers come first: csm import customers FILE --map "{column}=external_id"'
        ),
    ),
    "of-another-card": Message(
        UsageFault,
        "'{value}' belongs to {ref} {name}, and the row is about {other} {other_name}",
        'mend the row, or leave the column out: --map "{column}="',
    ),
    "not-of-card": Message(
        UsageFault,
        "'{value}' isn't {ref} {name}'s, which has '{known}'",
        'mend the row or the card, or leave the column out: --map "{column}="',
    ),
    "not-of-customer": Message(
        UsageFault,
        "this customer has no {kind} '{ref}'",
        'a number of csm itself is written {form}; else import those first, or leave it out: --map "{column}="',
    ),
    "no-own-fields": Message(
        UsageFault,
        "there is no place for '{field}': own fields are only on a customer's card",
        "the fields are: {choices}",
    ),
    "no-sale-to-cancel": Message(
        UsageFault,
        "a cancellation, and of this customer no sale for {amount} on {day} or before is left to cancel",
        "--allow-negative takes it as a credit note",
    ),
    "cancels-another-sale": Message(
        UsageFault,
        "{ref}, a sale for {amount} on {day}, isn't what this row cancels",
        "--allow-negative takes it as a credit note",
    ),
    "not-above-zero": Message(
        UsageFault, "'{value}' isn't above zero", "--refund notes what is paid back to the customer"
    ),
    "one-of-two-missing": Message(UsageFault, "{first} or {second} is needed", "{command} --help shows the form"),
    "before-step": Message(
        UsageFault,
        "{value} lies before the last step of cp{case_id}: {last}",
        "csm complaint show {case_id} shows when everything was",
    ),
    "before-promise": Message(
        UsageFault,
        "{value} lies before {ref} was made: {made}",
        "csm promise list --all --columns id,text,created_at shows when each was made",
    ),
    "before-received": Message(
        UsageFault,
        "{value} lies before cp{case_id} came in or was opened again: {received}",
        "csm complaint show {case_id} shows when everything was",
    ),
    "not-later": Message(UsageFault, "{value} isn't later than {ref} is due: {due}"),
    "unreadable-score": Message(UsageFault, "'{value}' is no score from {low} to {high}"),
    "unreadable-weight": Message(UsageFault, "'{value}' is no weight of 0 or more"),
    "no-weight": Message(UsageFault, "'{value}' are no weights: none may be below 0, and one must be above it"),
    "wrong-count": Message(
        UsageFault,
        "the number of values of {field} must be {wanted}, not {count}",
        "they stand apart by commas; what wasn't answered is an empty place, as in 6,,6,6,7",
    ),
    "wrong-weights": Message(
        UsageFault,
        "the number of values of {field} must be {wanted}, not {count}",
        "they stand apart by commas, one for each dimension, as in 11,32,22,19,16",
    ),
    "bad-answer": Message(UsageFault, "{field}: {reason}"),
    "bad-dimension": Message(UsageFault, "{field}, value {number} ({dimension}): {reason}"),
    "bad-item": Message(UsageFault, "{field}, {code}: {reason}"),
    "beyond-scale": Message(
        UsageFault,
        "this survey has a score of {value}, and its scale would end at {scale}",
        "tell the scores on the other scale too, as in --expect 4,5,4,4,5 --perceive 4,4,4,3,5",
        in_file="",
    ),
    "no-items": Message(
        UsageFault,
        "--reverse says how the items of a form were put, and this survey has none",
        "--expect-items and --perceive-items take the scores of the 22 items",
    ),
    "items-disagree": Message(
        UsageFault,
        "its items give {mean}, not {value}",
        "leave the score of the dimension empty; it is worked out of the items",
    ),
    "items-missing": Message(
        UsageFault,
        "{value} has no items behind it: {first} to {last} are empty, though other items are scored",
        "tell a side either by its items or by its dimensions",
    ),
    "no-answer": Message(
        UsageFault,
        "a survey needs an answer",
        "name one, as in --expect 6,7,6,6,7 --perceive 5,6,6,5,7 --csat 4 --nps 8",
        in_file="",
    ),
    "folder-not-empty": Message(
        UsageFault, "the folder {path} isn't empty", "name a folder that doesn't exist yet; nothing is overwritten"
    ),
    "not-a-whole-file": Message(
        UsageFault,
        "{path} isn't a complete export of a whole file: it has no {missing}",
        "csm export all FOLDER writes one; a single file is imported with csm import customers FILE",
    ),
    "not-empty": Message(
        UsageFault,
        "{path} has data already ({tables}); a whole file can only be imported into an empty one",
        "name a new file: csm --db NEW.db import all FOLDER; or add one kind at a time: csm import customers FILE",
    ),
    "two-files": Message(UsageFault, "{first} and {second} hold the same records", "keep one of them in the folder"),
    "wrong-row-count": Message(
        UsageFault,
        "{path} has {found} rows, the export wrote {expected}",
        "rows are missing or were added; export again: csm export all FOLDER",
    ),
    "bad-cell": Message(UsageFault, "{path}, line {line}, column {column}, value '{value}': {reason}"),
    "value-not-allowed": Message(UsageFault, "this value isn't allowed here ({detail})"),
    "value-twice": Message(UsageFault, "this value can only stand in one row, and another has it"),
    "files-disagree": Message(
        UsageFault, "this doesn't agree with the other files of the folder, which give '{known}'"
    ),
    "unreadable-events": Message(UsageFault, "the events of this complaint can't be read ({detail})"),
    "text-with-nul": Message(
        UsageFault, "a text in {name} has a NUL character, which csv can't hold", "export as json: -f json"
    ),
    # --- not found ---
    "no-such-record": Message(NotFound, "no {kind} answers to '{ref}'", in_file=""),
    "no-such-rule": Message(NotFound, "no rule holds '{word}'", "csm rules lists the sections"),
    "no-customer-here": Message(
        NotFound,
        "no {kind} answers to '{ref}'",
        'customers come first: csm import customers FILE --map "COLUMN=external_id" --map "COLUMN=name"',
    ),
    "several-values": Message(NotFound, "'{ref}' can mean more than one {kind}", "write it in full"),
    "other-kind": Message(NotFound, "{ref} is a {other_kind} ({name}), and a {kind} is needed here"),
    "not-unique": Message(
        NotFound, "more than one {kind} answers to '{ref}'", "name one of them by its id", in_file=""
    ),
    "nothing-planned": Message(
        NotFound,
        "nothing is planned with {customer}",
        "csm callback log {customer_id} TEXT notes a contact that wasn't planned",
    ),
    # --- refused ---
    "no-message": Message(Refused, "{ref} has no message", "csm service list --messages shows those that wait"),
    "message-done": Message(
        Refused, "the message of {ref} was dealt with already, on {day} by {name}", "csm service show {ref}"
    ),
    "duplicate-customer": Message(
        Refused, "'{name}' looks like a customer that is here already", "--force does it all the same"
    ),
    "same-name-twice": Message(Refused, "there is a {kind} called '{name}' already"),
    "do-not-contact": Message(
        Refused,
        "{customer} doesn't want to be contacted",
        "csm customer edit {customer_id} --do-not-contact no, if that has changed",
    ),
    "archived-card": Message(Refused, "archived, csm customer restore {id}"),
    "customer-archived": Message(Refused, "the card of {customer} is archived", "csm customer restore {customer_id}"),
    "contact-named": Message(
        Refused,
        "{name} can't be removed: named by {refs}",
        (
            "to note that they have left: csm customer contact leave {contact_id}; or work for another customer now: "
            "csm customer contact move {contact_id} REF"
        ),
    ),
    "contact-left": Message(
        Refused, "{name} has left, since {left_on}", "to see who is there: csm customer contact list {customer_id}"
    ),
    "contact-moved": Message(
        Refused,
        "{name} has left, since {left_on}, and is with {customer} now, as ct{moved_to}",
        "to see who is there: csm customer contact list {customer_id}",
    ),
    "contact-there": Message(
        Refused,
        "{name} is a contact of {customer} already",
        "if they had left and are back: csm customer contact edit {contact_id} --clear left_on",
    ),
    "own-parent": Message(
        Refused,
        "{customer} can't be its own head office",
        "to say that it is nobody's branch: csm customer edit {customer_id} --clear parent",
    ),
    "own-branch": Message(
        Refused,
        "{parent} is itself below {customer}: {chain}",
        "take what stands below {customer} out first: csm customer edit {branch_id} --clear parent",
    ),
    "no-head-office-here": Message(
        NotFound,
        "no customer answers to '{ref}'",
        'the head office is a row of the same file, or a card that is here; to leave it out: --map "{column}="',
    ),
    "branches-in-circle": Message(
        Refused,
        "{parent} is itself below {customer}: {chain}",
        "leave the head office of one of them empty in the file",
    ),
    "already-lost": Message(
        Refused, "{customer} is lost already", "csm customer won-back {customer_id} notes that they buy again"
    ),
    "not-lost": Message(Refused, "{customer} isn't lost", "csm customer lost {customer_id} --kind KIND notes a loss"),
    "no-reminder": Message(Refused, "{ref} has no reminder that waits"),
    "not-ticked": Message(
        Refused,
        "{ref} is a customer; a birthday or the end of a contract passes by itself",
        "csm callback log {ref} TEXT notes that you called",
    ),
    "sale-not-ticked": Message(
        Refused,
        "{ref} is a sale; being delivered or paid has a command of its own",
        "csm sale delivered {ref}, or csm sale pay {ref} AMOUNT",
    ),
    "sale-cancelled": Message(
        Refused, "{ref} was cancelled on {day}", "csm sale pay {ref} AMOUNT --refund notes what is paid back"
    ),
    "over-paid": Message(
        Refused,
        "{amount} is more than is open on {ref}: {open}",
        "--allow notes it all the same; the rest goes on account",
    ),
    "over-refunded": Message(
        Refused,
        "{amount} is more than is to be paid back on {ref}: {open}",
        "--allow takes back a payment too, up to what was paid;"
        " csm sale pay --customer REF AMOUNT --refund pays back what is on account",
    ),
    "parts-too-many": Message(UsageFault, "{amount} can't be split into {parts} parts: less than a cent each"),
    "plan-too-long": Message(UsageFault, "the last part would be due after the year {year}"),
    "parts-differ": Message(UsageFault, "the parts add up to {total}, not {amount}"),
    "unreadable-part": Message(
        UsageFault, "'{value}' is no part of a plan", "write day and amount: --part '2026-12-15 500'"
    ),
    "plan-above-balance": Message(
        Refused, "{amount} is more than {customer} owes: {balance}", "csm sale unpaid --customer {customer_id} shows it"
    ),
    "plan-open": Message(
        Refused,
        "{customer} has a repayment plan of {amount} with {open} open, the next part on {next}",
        "csm sale plan {customer_id} shows it; --replace puts this one in its place",
    ),
    "no-plan": Message(
        NotFound,
        "{customer} has no repayment plan",
        "csm sale plan {customer_id} --amount A --parts N --every 1m --from WHEN makes one",
    ),
    "no-open-plan": Message(NotFound, "{customer} has no repayment plan that is open"),
    "instalment-not-ticked": Message(
        Refused,
        "{ref} is a part of a repayment plan; payments tick it off",
        "csm sale pay --customer {customer_id} {amount}",
    ),
    "instalment-not-asked": Message(
        Refused,
        "{ref} is a part of a repayment plan of which nothing is asked for",
        "csm sale plan {customer_id} shows it",
    ),
    "nothing-owed": Message(
        Refused,
        "nothing that {customer} bought up to {day} is open",
        "csm sale list --customer {customer_id} shows their sales; csm sale deposit {customer_id} AMOUNT pays ahead",
    ),
    "nothing-to-set-off": Message(
        Refused,
        "{customer} has nothing with us up to {day} that could be set off",
        "csm sale pay --customer {customer_id} AMOUNT notes money that came in",
    ),
    "nothing-to-refund": Message(
        Refused,
        "{customer} has nothing with us up to {day} that could be paid back",
        "csm sale unpaid --refunds shows what is to be paid back",
    ),
    "over-credit": Message(
        Refused,
        "{amount} is more than {customer} has with us on {day}: {open}",
        "csm sale unpaid --refunds --customer {customer_id} shows what that is",
    ),
    "over-account": Message(
        Refused,
        "{amount} is more than {customer} has on account on {day}: {open}",
        "csm sale pay --customer {customer_id} AMOUNT --refund pays back what they have with us on sales too",
    ),
    "nothing-on-account": Message(
        Refused,
        "{customer} has no money on account on {day}",
        "csm sale unpaid --refunds shows what is to be paid back",
    ),
    "signed-already": Message(Refused, "{name} has signed {ref} already", "csm sale unpaid shows whose turn it is"),
    "not-open": Message(Refused, "{ref} isn't open any more: {status}"),
    "plan-of-closed": Message(
        Refused,
        "{ref} isn't open any more ({status}), so its plan can't be changed",
        "csm callback reopen {ref} opens it again",
    ),
    "result-of-open": Message(
        Refused,
        "{ref} isn't done, so {field} has no place on it",
        'csm callback done {ref} "..." notes what came of it',
    ),
    "outcome-of-done": Message(
        Refused, "{ref} is done: they were reached, or refused", "csm callback reopen {ref} opens it again"
    ),
    "noted-with-another": Message(
        Refused,
        "{ref} was noted together with {other}, which has the figures of both",
        "csm callback edit {other} changes them",
    ),
    "answer-of-case": Message(
        Refused,
        "{ref} is the customer's answer about cp{case_id}, and what came of it is on record there",
        'csm complaint reopen {case_id} --reason "..." opens the case again',
    ),
    "case-goes-on": Message(
        Refused,
        "cp{case_id} was opened again because of what was said on {ref}, and goes on",
        "csm complaint next {case_id} says how",
    ),
    "already-open": Message(Refused, "{ref} is open"),
    "followed-by": Message(
        Refused,
        "{other}, which was planned after {ref}, isn't as it was planned any more ({status})",
        "csm callback edit {other} --clear every takes an open one out of the series, csm callback reopen {other} opens"
        " one that is done",
    ),
    "not-done-this-way": Message(
        Refused,
        "{refs} can't be done by {channel}",
        "csm callback log {customer_id} TEXT notes a contact that wasn't planned",
    ),
    "nothing-to-sum-up": Message(
        Refused,
        "no satisfaction callback of a complaint is due, so there is nothing that --summary could sum up",
        'csm complaint close ID --summary "..." sums up a case',
    ),
    "step-out-of-order": Message(Refused, "that isn't the next step of cp{case_id}: next is {step}"),
    "case-closed": Message(
        Refused,
        "cp{case_id} isn't open any more: {case_status}",
        'csm complaint reopen {case_id} --reason "..." opens it again; respond and note are always possible',
    ),
    "problem-in-use": Message(
        Refused,
        "cases about {value}: {cases}; it can't be removed from the list",
        "csm complaint list --all --problem {value} shows them",
    ),
    "case-double": Message(
        Refused,
        "cp{case_id} was recorded twice: it is a double of cp{double_of}",
        'go on there: csm complaint next {double_of}; to take it back: csm complaint reopen {case_id} --reason "..."',
    ),
    "case-mistake": Message(
        Refused,
        "cp{case_id} was recorded by mistake",
        'to take that back: csm complaint reopen {case_id} --reason "..."',
    ),
    "double-of-itself": Message(
        Refused, "cp{case_id} can't be a double of itself", "csm complaint list --all shows the other cases"
    ),
    "double-of-double": Message(
        Refused,
        "cp{other} is itself a double of cp{first}",
        "csm complaint withdraw {case_id} --double-of cp{first}",
        in_file="write cp{first}",
    ),
    "double-of-mistake": Message(
        Refused,
        "cp{other} was recorded by mistake and counts nowhere",
        'if it is the one to keep: csm complaint reopen {other} --reason "..."',
    ),
    "has-doubles": Message(
        Refused,
        "{doubles} is read on cp{case_id}, as a double of it",
        'first take that back: csm complaint reopen {first} --reason "..."',
    ),
    "double-of-another": Message(
        Refused,
        "cp{other} is a case of another customer: {name}",
        "--force joins cp{case_id} to it all the same",
        in_file="--force lets it in all the same",
    ),
    "double-paid": Message(
        Refused,
        "{amount} was given in cp{case_id}, so it stays the case that counts",
        "join the other one to it: csm complaint withdraw {other} --double-of cp{case_id}",
    ),
    "mistake-paid": Message(
        Refused,
        "{amount} was given in cp{case_id}, so it counts",
        "csm complaint next {case_id} says how it ends",
    ),
    "case-waiting": Message(
        Refused,
        "cp{case_id} waits for the customer: {waiting_for}",
        "csm complaint resume {case_id}; respond, note, escalate and withdraw are possible meanwhile",
    ),
    "not-waiting": Message(
        Refused, "cp{case_id} doesn't wait for the customer", "csm complaint next {case_id} says what comes next"
    ),
    "not-closed": Message(Refused, "cp{case_id} is still open"),
    "no-grievance": Message(
        Refused, "cp{case_id} is a complaint already", "csm complaint next {case_id} says what comes next"
    ),
    "nothing-to-read": Message(
        Refused,
        "no feedback of a technician on cp{case_id} waits to be read",
        "csm today names the cases whose feedback waits",
    ),
    "above-authority": Message(
        Refused,
        "{name} may decide up to {limit}: given so far {given}, proposed {proposed}, together {total};"
        " may decide: {names}",
    ),
    "above-every-authority": Message(
        Refused,
        "{name} may decide up to {limit}: given so far {given}, proposed {proposed}, together {total};"
        " nobody on the staff list may decide this",
        "csm staff add NAME --level {needed} lists somebody who may; csm staff edit NAME --level {needed} somebody who"
        " is listed",
    ),
    "above-approved": Message(
        Refused,
        "{amount} is more than was approved for cp{case_id}: {approved}",
        'csm complaint implement {case_id} --did "..." --outcome not-yet notes what was done so far; then propose the'
        " rest",
    ),
    "case-not-ticked": Message(Refused, "cp{case_id} isn't done in a word: next is {step}"),
    "proposed-by-another": Message(
        Refused, "{name} made the proposal that waits for a decision on cp{case_id}, and they alone can replace it"
    ),
    "nothing-to-correct": Message(
        Refused, "cp{case_id} has this on record already", "csm complaint show {case_id} shows what is on record"
    ),
    "received-too-late": Message(
        UsageFault, "{value} is after what happened on cp{case_id} at {earliest}", "name a time before that"
    ),
    "case-tied": Message(
        Refused,
        "cp{case_id} can't go to another card: {refs} of this customer belong to it",
        "csm complaint withdraw {case_id} --mistake ends it; open it anew on the right card",
    ),
    "no-authority": Message(Refused, "{name} has level {level}, and this needs level {needed}"),
    "not-higher": Message(
        Refused,
        "cp{case_id} stands at level {level} already, and level {asked} isn't above it",
        "name a higher one, as in --to-level 3, which is the highest",
    ),
    "must-be-unresolved": Message(
        Refused,
        "no remedy is possible for cp{case_id}, so it closes as unresolved",
        'csm complaint close {case_id} --unresolved "..." --by "..."',
    ),
    "unknown-too-soon": Message(
        Refused,
        "unknown is accepted after {needed} tries to reach the customer of cp{case_id}; tries so far: {tries}",
        '--reason "..." says why nobody knows',
    ),
    "opened-malicious": Message(
        Refused,
        "a complaint can't be opened as malicious; that takes a judgement",
        "open it as general or serious, then csm complaint judge ... --severity malicious --by LEADER",
    ),
    "promise-over": Message(
        Refused, "{ref} is due already and can't be moved any more", "to end it: csm promise keep, break or release"
    ),
    "promise-ended": Message(Refused, "{ref} isn't open any more: {promise_ending}"),
    "pledge-retired": Message(
        Refused, "pledge {pledge_id} was discontinued on {day}", "to see those in force: csm pledge list"
    ),
    "clock-over": Message(
        Refused,
        "the {clock} deadline of cp{case_id} isn't running",
        "leave --clock out; any promise on a case has its own due time",
    ),
    "already-delivered": Message(Refused, "{ref} was delivered on {day} already"),
    "external-id-taken": Message(Refused, "{ref} has the external id '{value}' already", "csm sale show {ref}"),
    "credit-limit-passed": Message(
        Refused,
        "{customer} would owe {balance}, and the credit limit is {limit}",
        "leave --strict out to sell all the same",
    ),
    "branches-limit-passed": Message(
        Refused,
        "{customer} and its branches would owe {balance}, and the credit limit is {limit}",
        "leave --strict out to sell all the same",
    ),
    "supply-stopped": Message(
        Refused, "supply to {customer} is stopped: {reason}", "leave --strict out to sell all the same"
    ),
    "no-guarantee": Message(Refused, "{ref} is a credit note, and those have no guarantee"),
    "amounts-in-file": Message(
        Refused,
        "the file has amounts in {own}, {count} of them, and none would be converted to {currency}",
        "where they were meant in {currency} all along: csm config set file.currency {currency} --force",
    ),
    "still-in-use": Message(
        Refused,
        (
            "{name} still has work: customers {customers}, open callbacks {callbacks}, complaints {complaints}, "
            "promises and preventions {promises}"
        ),
        "hand them over: csm staff retire '{name}' --to COLLEAGUE, or csm customer handover '{name}' COLLEAGUE",
    ),
    "has-left-to": Message(
        Refused, "{name} left on {day}; {successor} is in charge of their work", "name {successor} instead"
    ),
    "has-left": Message(
        Refused,
        "{name} left on {day}, and nobody is in charge of their work",
        "csm customer handover '{name}' COLLEAGUE says who is",
    ),
    "demo-in-the-way": Message(Refused, "{path} is there already, and a demo needs a new file", "csm demo {other}"),
    "demo-in-own-file": Message(
        Refused, "{path} is the place of your own data, and a demo needs a file of its own", "csm demo {other}"
    ),
    "case-of-another": Message(
        Refused, "{ref} isn't a case of {customer}", "csm complaint show {ref} shows whose it is"
    ),
    # --- files ---
    "database-missing": Message(
        Unusable,
        "there is no csm file yet: {path}",
        "to make it: csm customer add NAME; to look around in made-up data: csm demo demo.db",
    ),
    "not-a-csm-file": Message(Unusable, "{path} is not a csm file", "name another with --db or CSM_DB"),
    "newer-schema": Message(
        Unusable,
        "{path} was written by a newer csm (schema {found}, this one knows {known})",
        "update csm: pip install --upgrade csm",
    ),
    "database-locked": Message(Unusable, "another program is writing to {path}", "try again when it has finished"),
    "database-damaged": Message(Unusable, "{path} is damaged: {detail}", "go back to a backup of it"),
    "database-read-only": Message(Unusable, "{path} can't be written", "look at the rights of the file and its folder"),
    "database-full": Message(
        Unusable, "no room left on the disk for {path}; nothing was changed", "make room and try again"
    ),
    "disk-full": Message(Unusable, "no room left on the disk for {path}", "make room and try again"),
    "cannot-open": Message(Unusable, "{path} can't be used: {detail}"),
    "not-a-file": Message(Unusable, "{path} isn't a file but a {file_kind}", "name a file with --db or CSM_DB"),
    "dangling-link": Message(
        Unusable, "{path} is a link to {target}, and nothing is there", "put the file back there, or remove the link"
    ),
    "file-of-another-user": Message(
        Unusable,
        "{path} belongs to {owner}, and you have no right to read it",
        "ask {owner} for the right to read and write it, or name another file with --db or CSM_DB",
    ),
    "stray-log": Message(
        Unusable,
        "{log} is the log of another file that was called {path}; a new file beside it would be spoilt",
        "put that file back under its name, or move the log away",
    ),
    "file-in-the-way": Message(
        Unusable, "{path} isn't what csm left there, and a new file is made under that name", "move it away"
    ),
    "file-replaced": Message(
        Unusable,
        "{path} was replaced or moved while this command was writing; the file there now wasn't changed",
        "check which file it is, then repeat the command",
    ),
    "stored-nonsense": Message(
        Unusable,
        "{path}: table {table}, row {row}, column {column} holds '{value}', which csm can't read",
        (
            "correct it with the program that wrote it (a setting: csm config set), or go back to a backup; an "
            "instant is written like 2026-11-21T07:30:00Z"
        ),
    ),
    "unknown-file-zone": Message(
        Unusable,
        "{path}: the time zone of the file, '{value}', isn't a time zone known here",
        "csm config set file.timezone {meant}",
    ),
    "schema-damaged": Message(
        Unusable, "{path} has lost {name}: another program has removed it", "go back to a backup of it"
    ),
    "schema-mended": Message(
        Unusable, "{path} had lost {names} to another program; csm has made them again", "repeat the command"
    ),
    "backup-failed": Message(
        Unusable, "the backup of {path} isn't sound, so it was left as it is", "make room and try again"
    ),
    "file-exists": Message(Unusable, "{path} is there already", "name another file, or move that one away"),
    "wrong-encoding": Message(
        Unusable, "{path} can't be read as {encoding} (line {line})", "say how it was saved, as in --encoding gbk"
    ),
    "doubtful-encoding": Message(
        Unusable,
        "{path} isn't in UTF-8, and read as GB18030 it has signs that hardly stand in Chinese text: {signs}",
        "if it is Chinese after all, say --encoding gb18030",
    ),
    "not-text": Message(Unusable, "{path} is {content_kind}, and can't be read as a table"),
    "lacks-character": Message(
        Unusable,
        "{path} can't be written as {encoding}, which has no '{character}'",
        "leave --encoding out for UTF-8, or try gb18030",
    ),
    "unreadable-file": Message(Unusable, "{path} is no well-formed {form} file: line {line}, {detail}"),
    "newer-folder": Message(
        Unusable,
        "{path} was exported by a newer version (schema {found}); this one knows schema {known}",
        "import it with that version, or update csm",
    ),
}

# The closed list of `csm.domain.terms` to which a value belongs, by the name of the value.
TERMS_OF: Final = {
    "status": "callback_status",
    "channel": "channel",
    "case_status": "case_status",
    "promise_ending": "promise_ending",
    "service_kind": "service_kind",
    "clock": "clock",
    "dimension": "dimension",
    "step": "next_step",
}

FILE_KINDS: Final = {
    "folder": marked("folder"),
    "pipe": marked("named pipe"),
    "socket": marked("socket"),
    "device": marked("device"),
}

# What is in a file that can't be read as a table, and what to do with it.
_SAVE: Final = marked("open it in a spreadsheet, save it as CSV UTF-8 (Save as), and import that file")
CONTENT_KINDS: Final = {
    "workbook": (marked("an Excel workbook"), _SAVE),
    "other-workbook": (marked("a workbook of LibreOffice or Numbers"), _SAVE),
    "old-workbook": (marked("an Excel workbook (the format before 2007)"), _SAVE),
    "vcard": (
        marked("a vCard"),
        marked("export the address book as csv (Google CSV or Outlook CSV), and import that file"),
    ),
    "calendar": (marked("a calendar"), marked("export its entries as csv, and import that file")),
    "web-page": (marked("a web page"), _SAVE),
    "xml": (marked("an XML file"), _SAVE),
    "pdf": (marked("a PDF"), marked("ask for the same data as csv or as a spreadsheet")),
    "database": (marked("a database"), marked("export what is in it as csv; a csm file is opened with --db")),
    "compressed": (marked("a compressed archive"), marked("unpack it, and import the file inside")),
    "utf-16-le": (
        marked("UTF-16 without a mark"),
        marked("say so with --encoding utf-16-le, or save it again as UTF-8"),
    ),
    "utf-16-be": (
        marked("UTF-16 without a mark"),
        marked("say so with --encoding utf-16-be, or save it again as UTF-8"),
    ),
}

KINDS: Final = {
    "route": marked("route"),
    "customer": marked("customer"),
    "contact": marked("contact"),
    "callback": marked("callback"),
    "complaint": marked("complaint"),
    "promise": marked("promise"),
    "sale": marked("sale"),
    "service": marked("service"),
    "survey": marked("survey"),
    "pledge": marked("pledge"),
    "prevention": marked("prevention"),
    "note": marked("note"),
    "instalment": marked("part of a repayment plan"),
    "staff": marked("member of staff"),
    "due item": marked("due item"),
    "owner": marked("owner"),
    "region": marked("region"),
    "tag": marked("tag"),
    "product": marked("product"),
    "line": marked("product line"),
    "own field": marked("own field"),
    "value": marked("value"),
}
