"""What csm says of every error: one sentence of what is wrong, and the command or the form to try.

Only `csm.cli.errors` reads these tables; they are sentences of the catalogue, said in the language in use.
"""

from __future__ import annotations

from typing import Final

from csm.cli.files.messages import MOVING_WORDS
from csm.cli.survey.messages import SURVEY_WORDS
from csm.domain import errors as e
from csm.i18n import marked

# class: (what is wrong, the command or the form to try)
WORDS: Final[dict[type[e.CsmError], tuple[str, str]]] = {
    e.UnknownCommand: (marked("there is no command '{before} {name}'"), marked("{before} --help lists the commands")),
    e.UnexpectedArgument: (
        marked("'{value}' is one word too many for '{command}'"),
        marked("put a text of several words in quotes; {command} --help shows the form"),
    ),
    e.UnknownOption: (marked("'{command}' has no option {option}"), marked("{command} --help lists the options")),
    e.UnreadableDate: (
        marked("'{value}' is no date or time that can be read"),
        marked("write it like 2026-11-21, 2026-11-21 15:30, tomorrow, +3d, fri, 3月5日 or 下周三"),
    ),
    e.DoubtfulDate: (
        marked("'{value}' can be read as {first} and as {second}"),
        marked("write the year first: {first}"),
    ),
    e.TimeNotKept: (
        marked("'{value}' has a time of day, but only a day is kept here"),
        marked("write the day alone: {day}"),
    ),
    e.DaysDisagree: (
        marked("due on {first} by one column, on {second} by another"),
        marked("leave one of the two empty"),
    ),
    e.DateInFuture: (marked("'{value}' lies in the future, but this has happened already"), ""),
    e.UnreadableAmount: (marked("'{value}' is no amount of money"), marked("write it like 1200, 1,200.50 or 5万")),
    e.OtherCurrency: (
        marked("'{value}' is in {currency}, and this file's currency is {own}"),
        marked("convert it, or set the currency of the file: csm config set file.currency {currency}"),
    ),
    e.TooManyDecimals: (marked("'{value}' has more than {most} decimals"), ""),
    e.UnreadableQuantity: (
        marked("'{value}' is no quantity"),
        marked("write it like 3, 2.5 or 1,200; at most three decimals"),
    ),
    e.UnreadablePhone: (
        marked("'{value}' can't be a phone number"),
        marked("write it like 138 0013 8000, 010-8888 6666 or +86 138 0013 8000"),
    ),
    e.LostPhone: (
        marked("'{value}' was a phone number once; a spreadsheet has rounded it and its digits are gone"),
        marked("format the column as text in the spreadsheet, enter the number again, and save"),
    ),
    e.UnreadableEmail: (marked("'{value}' can't be an email address"), marked("write it like name@example.com")),
    e.UnreadableNumber: (marked("'{value}' is no whole number from {low} to {high}"), ""),
    e.UnreadableInterval: (marked("'{value}' is no interval"), marked("write it like 30d, 2w, 1m or 1y")),
    e.UnreadableBirthday: (
        marked("'{value}' is no birthday"),
        marked("write it like 1985-03-12, or 03-12 without the year"),
    ),
    e.UnreadableFlag: (marked("'{value}' is neither yes nor no"), marked("write yes or no")),
    e.UnreadablePeriod: (marked("{option} can't be '{value}'"), marked("write it like {form}")),
    e.PeriodWithoutStart: (marked("--to needs --from"), marked("write it like --from 2026-10-01 --to 2026-10-15")),
    e.UnreadablePair: (marked("{option} '{value}' has no key and value"), marked("write it like {option} Key=Value")),
    e.UnreadableContact: (
        marked("'{value}' is no contact"),
        marked('write it like --contact "Li Na;buyer;138 0013 8000"; role and phone may be empty'),
    ),
    e.UnreadableSpans: (
        marked("'{value}' is no week of working time"),
        marked("write it like 'mon-fri 09:00-12:00 13:00-18:00; sat 10:00-14:00', or 24/7"),
    ),
    e.UnreadableTarget: (
        marked("'{value}' is no target for a clock"),
        marked("write it like 8h, 3d (working days), 15cd (calendar days), 8w or 'end of 3d'"),
    ),
    e.UnknownValue: (marked("{field} can't be '{value}'"), marked("it is one of: {choices}")),
    e.OutputOnDatabase: (
        marked("{option} {path} would overwrite a database or its log"),
        marked("name another file"),
    ),
    e.OutputOnInput: (
        marked("{option} {path} would overwrite the file that is read"),
        marked("name another file"),
    ),
    e.OutputTwice: (marked("{option} {path} is also the file of {other}"), marked("name another file")),
    e.OutputNotAFile: (
        marked("{option} {path} isn't a file but a {file_kind}"),
        marked("name a file, - for standard output, or /dev/null"),
    ),
    e.UnknownEnding: (
        marked("{option} {path}: no format is called .{ending}"),
        marked("end the name in one of {choices}, or name the format with --format"),
    ),
    e.EndingNotBuilt: (
        marked("{option} {path}: csm can't handle .{ending} files yet"),
        marked("use one of {choices}"),
    ),
    e.UnknownColumn: (marked("there is no column '{column}'"), marked("the columns are: {choices}")),
    e.UnknownField: (marked("there is no field '{field}'"), marked("the fields are: {choices}")),
    e.UnknownSetting: (marked("there is no setting '{key}'"), marked("csm config list shows them all")),
    e.UnknownTimeZone: (marked("'{value}' is no time zone"), marked("write it like Asia/Shanghai or Europe/London")),
    e.UnknownEncoding: (marked("there is no encoding '{value}'"), marked("try utf-8 or gb18030")),
    e.TooLongToFind: (
        marked("'{value}' is too long to look for"),
        marked("a reference or a search is a few words at most"),
    ),
    e.EmptyValue: (marked("{field} can't be empty"), ""),
    e.NoDayTold: (
        marked("{field} can't be empty"),
        marked("where every row is of the same day, say so with --set {field}=2026-11-21"),
    ),
    e.NothingGiven: (marked("nothing to change was given"), marked("name a field, as in --phone '138 0013 8000'")),
    e.MissingOption: (marked("{option} is missing"), marked("{command} --help shows the form")),
    e.BadParameter: (marked("{field}: {detail}"), marked("{command} --help shows the form")),
    e.MissingVerb: (marked("'{command}' needs a verb"), marked("{command} --help lists the commands")),
    e.SamePerson: (marked("{name} can't hand over to {name}"), ""),
    e.NotOfKind: (marked("{option} is for callbacks, and {ref} isn't one"), ""),
    e.UnreadableText: (marked("'{value}' isn't text in UTF-8"), marked("set the terminal to UTF-8 and type it again")),
    e.UnreadableTerms: (
        marked("'{value}' is no settlement term"),
        marked("write a number of days such as 30, half-monthly, monthly or monthly+15"),
    ),
    e.UnreadableCurrency: (marked("'{value}' is no currency code"), marked("write three letters, as in CNY or EUR")),
    e.NoHolidayHeading: (
        marked("no column of {path} is called '{missing}'"),
        marked("name the columns date, kind and name; the file's are: {choices}"),
    ),
    e.OptionsExclude: (marked("{first} and {second} can't be used together"), ""),
    e.BadRow: (marked("line {line}, column {column}, value '{value}': {reason}"), ""),
    e.BadLine: (marked("line {line}: {reason}"), ""),
    e.RowDiffers: (
        marked("the file says something else than {ref}, which has '{known}'"),
        marked("--update takes over what the file says"),
    ),
    e.RowContradicts: (
        marked("the file says something else on line {other}, which has '{known}' for the same record"),
        marked("where they are two, give each row a key of its own; else leave one of the rows out"),
    ),
    e.TooManyCells: (marked("the row has {count} cells, the heading {expected}"), ""),
    e.UnknownHeading: (marked("the file has no column '{column}'"), marked("its columns are: {choices}")),
    e.NoHeading: (
        marked("no column of {path} says what '{missing}' is"),
        marked(
            'name it, as in --map "{example}={missing}", or tell it for all rows: --set {missing}=VALUE;'
            " the columns are: {choices}"
        ),
    ),
    e.NoHeadings: (
        marked("no columns of {path} say what these are: {missing}"),
        marked('name each, as in --map "{example}={first}"; the columns are: {choices}'),
    ),
    e.EndBeforeStart: (marked("the end, {end}, lies before the start, {start}"), ""),
    e.SaleOfAnother: (
        marked("{ref} isn't a sale to {customer}"),
        marked("csm sale show {ref} shows whose it is"),
    ),
    e.NoChecklist: (
        marked("there is no checklist for this service: {service_kind}"),
        marked('csm config set checklist.{kind_code} "first item;second item" makes one'),
    ),
    e.UnknownItem: (
        marked("'{value}' is no item of the checklist of this service: {service_kind}"),
        marked("its items are: {items}"),
    ),
    e.DoubtfulItem: (marked("'{value}' can mean several items"), marked("name one of them: {items}")),
    e.NoMessage: (marked("{ref} has no message"), marked("csm service list --messages shows those that wait")),
    e.MessageDone: (
        marked("the message of {ref} was dealt with already, on {day} by {name}"),
        marked("csm service show {ref}"),
    ),
    e.BeforeSale: (
        marked("{value} lies before the day of the sale, {sold_on}"),
        marked("csm sale edit {ref} --on WHEN changes the day of the sale"),
    ),
    e.BeforeNewSale: (
        marked("{value} lies before the day of the sale, {sold_on}"),
        marked("--on WHEN says the day of the sale; today unless told"),
    ),
    e.AmountBelowZero: (marked("'{value}' is below zero"), marked("{option} takes it, as for a credit note")),
    e.UnreadableItem: (
        marked("'{value}' is no item of a bill"),
        marked('write it like --item "Oven;2;1,200.00"; the quantity may be empty'),
    ),
    e.BeforeWinBack: (
        marked("{value} lies before {customer} was won back, {won_back_on}"),
        marked("--on says when they were lost again; today unless told"),
    ),
    e.BeforeLoss: (
        marked("{value} lies before {customer} was lost, {lost_on}"),
        marked("--on says when they were won back; today unless told"),
    ),
    e.NoSuchRecord: (marked("no {kind} answers to '{ref}'"), ""),
    e.TwoValues: (
        marked("another column of the row says '{other}'"),
        marked('leave one of the two out: --map "{column}="'),
    ),
    e.TwoUnits: (marked("the unit is '{value}', and the quantity is counted in '{other}'"), ""),
    e.ForeignId: (
        marked("no customer has '{value}' as another program's id, and ids count only in csm's own exports"),
        marked(
            'say what the column is: --map "{column}=customer.external_id", or customer.code, or customer.id for'
            ' csm\'s own; customers come first: csm import customers FILE --map "{column}=external_id"'
        ),
    ),
    e.OfAnotherCard: (
        marked("'{value}' belongs to {ref} {name}, and the row is about {other} {other_name}"),
        marked('mend the row, or leave the column out: --map "{column}="'),
    ),
    e.NotOfCard: (
        marked("'{value}' isn't {ref} {name}'s, which has '{known}'"),
        marked('mend the row or the card, or leave the column out: --map "{column}="'),
    ),
    e.NotOfCustomer: (
        marked("this customer has no {kind} '{ref}'"),
        marked('a number of csm itself is written {form}; else import those first, or leave it out: --map "{column}="'),
    ),
    e.NoOwnFields: (
        marked("there is no place for '{field}': own fields are only on a customer's card"),
        marked("the fields are: {choices}"),
    ),
    e.NoCustomerHere: (
        marked("no {kind} answers to '{ref}'"),
        marked('customers come first: csm import customers FILE --map "COLUMN=external_id" --map "COLUMN=name"'),
    ),
    e.NoSaleToCancel: (
        marked("a cancellation, and of this customer no sale for {amount} on {day} or before is left to cancel"),
        marked("--allow-negative takes it as a credit note"),
    ),
    e.CancelsOtherwise: (
        marked("{ref}, a sale for {amount} on {day}, isn't what this row cancels"),
        marked("--allow-negative takes it as a credit note"),
    ),
    e.SeveralValues: (
        marked("'{ref}' can mean more than one {kind}"),
        marked("write it in full"),
    ),
    e.OtherKind: (
        marked("{ref} is a {other_kind} ({name}), and a {kind} is needed here"),
        "",
    ),
    e.NotUnique: (marked("more than one {kind} answers to '{ref}'"), marked("name one of them by its id")),
    e.DuplicateCustomer: (
        marked("'{name}' looks like a customer that is here already"),
        marked("--force does it all the same"),
    ),
    e.SameNameTwice: (marked("there is a {kind} called '{name}' already"), ""),
    e.DoNotContact: (
        marked("{customer} doesn't want to be contacted"),
        marked("csm customer edit {customer_id} --do-not-contact no, if that has changed"),
    ),
    e.CustomerArchived: (marked("the card of {customer} is archived"), marked("csm customer restore {customer_id}")),
    e.ContactNamed: (
        marked("{name} can't be removed: named by {refs}"),
        marked(
            "to note that they have left: csm customer contact leave {contact_id};"
            " or work for another customer now: csm customer contact move {contact_id} REF"
        ),
    ),
    e.ContactLeft: (
        marked("{name} has left, since {left_on}"),
        marked("to see who is there: csm customer contact list {customer_id}"),
    ),
    e.ContactMoved: (
        marked("{name} has left, since {left_on}, and is with {customer} now, as ct{moved_to}"),
        marked("to see who is there: csm customer contact list {customer_id}"),
    ),
    e.ContactThere: (
        marked("{name} is a contact of {customer} already"),
        marked("if they had left and are back: csm customer contact edit {contact_id} --clear left_on"),
    ),
    e.AlreadyLost: (
        marked("{customer} is lost already"),
        marked("csm customer won-back {customer_id} notes that they buy again"),
    ),
    e.NotLost: (
        marked("{customer} isn't lost"),
        marked("csm customer lost {customer_id} --kind KIND notes a loss"),
    ),
    e.NothingPlanned: (
        marked("nothing is planned with {customer}"),
        marked("csm callback log {customer_id} TEXT notes a contact that wasn't planned"),
    ),
    e.NoReminder: (marked("{ref} has no reminder that waits"), ""),
    e.NotTicked: (
        marked("{ref} is a customer; a birthday or the end of a contract passes by itself"),
        marked("csm callback log {ref} TEXT notes that you called"),
    ),
    e.SaleNotTicked: (
        marked("{ref} is a sale; being delivered or paid has a command of its own"),
        marked("csm sale delivered {ref}, or csm sale pay {ref} AMOUNT"),
    ),
    e.NotAboveZero: (
        marked("'{value}' isn't above zero"),
        marked("--refund notes what is paid back to the customer"),
    ),
    e.SaleCancelled: (
        marked("{ref} was cancelled on {day}"),
        marked("csm sale pay {ref} AMOUNT --refund notes what is paid back"),
    ),
    e.OverPaid: (
        marked("{amount} is more than is open on {ref}: {open}"),
        marked("--allow notes it all the same; the rest is in the customer's favour"),
    ),
    e.OverRefunded: (
        marked("{amount} is more than is to be paid back on {ref}: {open}"),
        marked("--allow takes back a payment too, up to what was paid"),
    ),
    e.NothingOwed: (
        marked("nothing that {customer} bought up to {day} is open"),
        marked("csm sale list --customer {customer_id} shows their sales; csm sale pay ID AMOUNT --allow pays ahead"),
    ),
    e.NothingToRefund: (
        marked("nothing that {customer} bought up to {day} is to be paid back"),
        marked("csm sale unpaid --refunds shows what is"),
    ),
    e.SignedAlready: (
        marked("{name} has signed {ref} already"),
        marked("csm sale unpaid shows whose turn it is"),
    ),
    e.NotOpen: (marked("{ref} isn't open any more: {status}"), ""),
    e.NeitherGiven: (marked("{first} or {second} is needed"), marked("{command} --help shows the form")),
    e.BeforeStep: (
        marked("{value} lies before the last step of cp{case_id}: {last}"),
        marked("csm complaint show {case_id} shows when everything was"),
    ),
    e.BeforePromise: (
        marked("{value} lies before {ref} was made: {made}"),
        marked("csm promise list --all --columns id,text,created_at shows when each was made"),
    ),
    e.NothingToSumUp: (
        marked("no satisfaction callback of a complaint is due, so there is nothing that --summary could sum up"),
        marked('csm complaint close ID --summary "..." sums up a case'),
    ),
    e.BeforeReceived: (
        marked("{value} lies before cp{case_id} came in or was opened again: {received}"),
        marked("csm complaint show {case_id} shows when everything was"),
    ),
    e.NotLater: (marked("{value} isn't later than {ref} is due: {due}"), ""),
    e.StepOutOfOrder: (marked("that isn't the next step of cp{case_id}: next is {step}"), "{command}"),
    e.CaseClosed: (
        marked("cp{case_id} isn't open any more: {case_status}"),
        marked('csm complaint reopen {case_id} --reason "..." opens it again; respond and note are always possible'),
    ),
    e.CaseWaiting: (
        marked("cp{case_id} waits for the customer: {waiting_for}"),
        marked("csm complaint resume {case_id}; respond, note, escalate and withdraw are possible meanwhile"),
    ),
    e.NotWaiting: (
        marked("cp{case_id} doesn't wait for the customer"),
        marked("csm complaint next {case_id} says what comes next"),
    ),
    e.NotClosed: (marked("cp{case_id} is still open"), "{command}"),
    e.NoGrievance: (
        marked("cp{case_id} is a complaint already"),
        marked("csm complaint next {case_id} says what comes next"),
    ),
    e.NothingToRead: (
        marked("no feedback of a technician on cp{case_id} waits to be read"),
        marked("csm today names the cases whose feedback waits"),
    ),
    e.NoAuthority: (
        marked("{name} has level {level}, and this needs level {needed}"),
        "{command}",
    ),
    e.NotHigher: (
        marked("cp{case_id} stands at level {level} already, and level {asked} isn't above it"),
        marked("name a higher one, as in --to-level 3, which is the highest"),
    ),
    e.MustBeUnresolved: (
        marked("no remedy is possible for cp{case_id}, so it closes as unresolved"),
        marked('csm complaint close {case_id} --unresolved "..." --by "..."'),
    ),
    e.UnknownTooSoon: (
        marked("unknown is accepted after {needed} tries to reach the customer of cp{case_id}; tries so far: {tries}"),
        marked('--reason "..." says why nobody knows'),
    ),
    e.OpenedMalicious: (
        marked("a complaint can't be opened as malicious; that takes a judgement"),
        marked("open it as general or serious, then csm complaint judge ... --severity malicious --by LEADER"),
    ),
    e.PromiseOver: (
        marked("{ref} is due already and can't be moved any more"),
        marked("to end it: csm promise keep, break or release"),
    ),
    e.PromiseEnded: (marked("{ref} isn't open any more: {promise_ending}"), ""),
    e.PledgeRetired: (
        marked("pledge {pledge_id} was discontinued on {day}"),
        marked("to see those in force: csm pledge list"),
    ),
    e.ClockOver: (
        marked("the {clock} deadline of cp{case_id} isn't running"),
        marked("leave --clock out; any promise on a case has its own due time"),
    ),
    e.AlreadyDelivered: (marked("{ref} was delivered on {day} already"), ""),
    e.ExternalIdTaken: (marked("{ref} has the external id '{value}' already"), marked("csm sale show {ref}")),
    e.CreditLimitPassed: (
        marked("{customer} would owe {balance}, and the credit limit is {limit}"),
        marked("leave --strict out to sell all the same"),
    ),
    e.SupplyStopped: (
        marked("supply to {customer} is stopped: {reason}"),
        marked("leave --strict out to sell all the same"),
    ),
    e.NoGuarantee: (marked("{ref} is a credit note, and those have no guarantee"), ""),
    e.StillInUse: (
        marked(
            "{name} still has work: customers {customers}, open callbacks {callbacks}, complaints {complaints},"
            " promises and preventions {promises}"
        ),
        marked("hand them over first: csm customer handover '{name}' COLLEAGUE"),
    ),
    e.DatabaseMissing: (
        marked("there is no csm file yet: {path}"),
        marked("to make it: csm customer add NAME; to look around in made-up data: csm demo demo.db"),
    ),
    e.NotACsmFile: (marked("{path} is not a csm file"), marked("name another with --db or CSM_DB")),
    e.NewerSchema: (
        marked("{path} was written by a newer csm (schema {found}, this one knows {known})"),
        marked("update csm: pip install --upgrade csm"),
    ),
    e.DatabaseLocked: (marked("another program is writing to {path}"), marked("try again when it has finished")),
    e.DatabaseDamaged: (marked("{path} is damaged: {detail}"), marked("go back to a backup of it")),
    e.DatabaseReadOnly: (marked("{path} can't be written"), marked("look at the rights of the file and its folder")),
    e.DatabaseFull: (
        marked("no room left on the disk for {path}; nothing was changed"),
        marked("make room and try again"),
    ),
    e.DiskFull: (marked("no room left on the disk for {path}"), marked("make room and try again")),
    e.CannotOpen: (marked("{path} can't be used: {detail}"), ""),
    e.NotAFile: (
        marked("{path} isn't a file but a {file_kind}"),
        marked("name a file with --db or CSM_DB"),
    ),
    e.DanglingLink: (
        marked("{path} is a link to {target}, and nothing is there"),
        marked("put the file back there, or remove the link"),
    ),
    e.OthersFile: (
        marked("{path} belongs to {owner}, and you have no right to read it"),
        marked("ask {owner} for the right to read and write it, or name another file with --db or CSM_DB"),
    ),
    e.StrayLog: (
        marked("{log} is the log of another file that was called {path}; a new file beside it would be spoilt"),
        marked("put that file back under its name, or move the log away"),
    ),
    e.FileInTheWay: (
        marked("{path} isn't what csm left there, and a new file is made under that name"),
        marked("move it away"),
    ),
    e.FileReplaced: (
        marked("{path} was replaced or moved while this command was writing; the file there now wasn't changed"),
        marked("check which file it is, then repeat the command"),
    ),
    e.StoredNonsense: (
        marked("{path}: table {table}, row {row}, column {column} holds '{value}', which csm can't read"),
        marked(
            "correct it with the program that wrote it (a setting: csm config set), or go back to a backup;"
            " an instant is written like 2026-11-21T07:30:00Z"
        ),
    ),
    e.UnknownFileZone: (
        marked("{path}: the time zone of the file, '{value}', isn't a time zone known here"),
        marked("csm config set file.timezone {meant}"),
    ),
    e.SchemaDamaged: (
        marked("{path} has lost {name}: another program has removed it"),
        marked("go back to a backup of it"),
    ),
    e.SchemaMended: (
        marked("{path} had lost {names} to another program; csm has made them again"),
        marked("repeat the command"),
    ),
    e.BackupFailed: (
        marked("the backup of {path} isn't sound, so it was left as it is"),
        marked("make room and try again"),
    ),
    e.FileExists: (marked("{path} is there already"), marked("name another file, or move that one away")),
    e.DemoInTheWay: (marked("{path} is there already, and a demo needs a new file"), marked("csm demo {other}")),
    e.DemoInOwnFile: (
        marked("{path} is the place of your own data, and a demo needs a file of its own"),
        marked("csm demo {other}"),
    ),
    e.WrongEncoding: (
        marked("{path} can't be read as {encoding} (line {line})"),
        marked("say how it was saved, as in --encoding gbk"),
    ),
    e.DoubtfulEncoding: (
        marked("{path} isn't in UTF-8, and read as GB18030 it has signs that hardly stand in Chinese text: {signs}"),
        marked("if it is Chinese after all, say --encoding gb18030"),
    ),
    e.NotText: (marked("{path} is {content_kind}, and can't be read as a table"), ""),
    e.LacksCharacter: (
        marked("{path} can't be written as {encoding}, which has no '{character}'"),
        marked("leave --encoding out for UTF-8, or try gb18030"),
    ),
    e.UnreadableFile: (marked("{path} is no well-formed {form} file: line {line}, {detail}"), ""),
    **SURVEY_WORDS,
    **MOVING_WORDS,
}

# What to try where the value stands in a row of a file.
IN_A_FILE: Final[dict[type[e.CsmError], str]] = {
    e.DoubtfulDate: marked("say in which order its dates are written: --date-order dmy, mdy or ymd"),
    e.UnreadableAmount: marked("write it like 1200, 1,200.50 or 5万; with a comma before decimals: --decimal ,"),
    e.UnreadableQuantity: marked("write it like 3, 2.5, 1,200 or 100箱; with a comma before decimals: --decimal ,"),
    e.TooManyDecimals: marked("--round rounds it; where the sign stands between thousands: --decimal ,"),
    e.BeforeSale: "",
    e.BeyondScale: "",
    e.NoAnswer: "",
    e.NoSuchRecord: "",
    e.NotUnique: "",
}

FILE_KINDS: Final = {
    "folder": marked("folder"),
    "pipe": marked("named pipe"),
    "socket": marked("socket"),
    "device": marked("device"),
}

# What a file holds that isn't a table as text, and what to do with it.
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
