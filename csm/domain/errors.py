"""Everything that can go wrong by a user's, a file's or a rule's doing, as named values.

An error here carries values, never a sentence: the words and the exit code of each class stand in one table,
`csm.cli.errors`. A class belongs to one of four families (`UsageFault`, `NotFound`, `Refused`, `Unusable`).
"""

from __future__ import annotations

from typing import Any


class CsmError(Exception):
    """Something csm can explain; `values` fill the placeholders of its sentence."""

    def __init__(self, **values: Any) -> None:
        super().__init__(values)
        self.values = values


# --- the families, one exit code each -------------------------------------------------------------------------


class UsageFault(CsmError):
    """What was typed or imported can't be read."""


class NotFound(CsmError):
    """No record, or more than one, answers to a reference."""


class Refused(CsmError):
    """A rule of the work forbids it."""


class Unusable(CsmError):
    """The database or another file can't be used."""


# --- usage ----------------------------------------------------------------------------------------------------


class UnknownCommand(UsageFault):
    """No command is called `name`; `near` are the nearest, `before` the words typed before it."""


class UnexpectedArgument(UsageFault):
    """`value` is one argument too many for `command`."""


class UnknownOption(UsageFault):
    """`command` has no option `option`; `near` are the nearest."""


class UnreadableDate(UsageFault):
    """`value` is no date or time of the grammar."""


class DoubtfulDate(UsageFault):
    """`value` can be read in two ways, `first` and `second` (ISO dates)."""


class TimeNotKept(UsageFault):
    """`value` has a time of day where only a day is kept, `day` (ISO)."""


class DaysDisagree(UsageFault):
    """One and the same thing is due on two days, `first` and `second` (ISO)."""


class DateInFuture(UsageFault):
    """`value` lies after now, yet it tells of something that has happened."""


class UnreadableAmount(UsageFault):
    """`value` is no amount of money."""


class OtherCurrency(UsageFault):
    """`value` is an amount in another currency, `currency`, than the file's `own`."""


class TooManyDecimals(UsageFault):
    """`value` is a number with more than `most` decimals; no such number can be stored."""


class TwoValues(UsageFault):
    """A row tells one thing twice: `value`, and in another column `other`."""


class TwoUnits(UsageFault):
    """A row counts a quantity in `other`, and names another unit, `value`."""


class UnreadableQuantity(UsageFault):
    """`value` is no quantity."""


class UnreadablePhone(UsageFault):
    """`value` can't be a phone number."""


class LostPhone(UsageFault):
    """`value` is a phone number that a spreadsheet turned into a rounded power of ten."""


class UnreadableEmail(UsageFault):
    """`value` can't be an email address."""


class UnreadableNumber(UsageFault):
    """`value` isn't a whole number between `low` and `high`."""


class UnreadableScore(UsageFault):
    """`value` isn't a score from `low` to `high`, decimals allowed."""


class UnreadableWeight(UsageFault):
    """`value` isn't a weight of 0 or more."""


class NoWeight(UsageFault):
    """`value` are weights of which one is negative, or all are 0."""


class WrongCount(UsageFault):
    """`option` has `count` values apart by commas and takes `wanted`."""


class WrongWeights(UsageFault):
    """`option` has `count` weights apart by commas and takes `wanted`, none of them empty."""


class BadAnswer(UsageFault):
    """The value of `option` can't be read, for a `reason` that is an error of its own."""


class BadDimension(UsageFault):
    """The value in place `number` of `option`, that of a `dimension`, can't be read for a `reason`."""


class BadItem(UsageFault):
    """The value of `option` for the item `code` can't be read for a `reason`."""


class BeyondScale(UsageFault):
    """A survey has a score of `value`, which a `scale` of 5 or 7 doesn't reach."""


class NoItems(UsageFault):
    """The wording of items was told for a survey that has no scores of items."""


class ItemsSayOtherwise(UsageFault):
    """The score `value` of a dimension isn't `mean`, what its items give."""


class NoItemsBehind(UsageFault):
    """A dimension is scored `value` beside items, of which none is one of its own, `first` to `last`."""


class NoAnswer(UsageFault):
    """A survey without a single answer."""


class UnreadableInterval(UsageFault):
    """`value` is no interval such as 30d, 2w, 1m, 1y."""


class UnreadableBirthday(UsageFault):
    """`value` is neither a date nor a month and a day."""


class UnreadableFlag(UsageFault):
    """`value` is neither yes nor no."""


class UnreadablePeriod(UsageFault):
    """`value` of `option` is no month, quarter or year; it is written like `form`."""


class PeriodWithoutStart(UsageFault):
    """A period has a last day and no first."""


class UnreadablePair(UsageFault):
    """`value` isn't of the form KEY=VALUE; `option` took it."""


class UnreadableContact(UsageFault):
    """`value` isn't of the form NAME;ROLE;PHONE."""


class UnreadableSpans(UsageFault):
    """`value` isn't a week of working spans."""


class UnreadableTarget(UsageFault):
    """`value` isn't the target of a clock."""


class UnknownValue(UsageFault):
    """`value` isn't one of `choices`; `field` names what it was for."""


class UnknownColumn(UsageFault):
    """`column` isn't one of `choices`."""


class UnknownField(UsageFault):
    """`field` isn't one of `choices`."""


class UnknownSetting(UsageFault):
    """No setting is called `key`; `near` are the nearest names."""


class UnknownTimeZone(UsageFault):
    """`value` is no time zone of the IANA database."""


class ForeignId(UsageFault):
    """`value` is another program's id of a customer, and no card has it; `column` is its heading."""


class OfAnotherCard(UsageFault):
    """`value` is a key of the card `ref`, `name`, while the row names `other`, `other_name`."""


class NotOfCard(UsageFault):
    """`value` is nobody's, and the card `ref`, `name` has another: `known`."""


class NotOfCustomer(UsageFault):
    """No `kind` of the row's customer answers to `ref`; an id of ours is written like `form`."""


class NoOwnFields(UsageFault):
    """`field` is an own field, which a `record` doesn't have; `choices` are its fields."""


class EmptyValue(UsageFault):
    """`field` needs a text."""


class NoDayTold(UsageFault):
    """A row of a file lacks its `field`, a day that can't be guessed."""


class NothingGiven(UsageFault):
    """An edit without a field to change."""


class MissingOption(UsageFault):
    """`option` is needed here."""


class BadParameter(UsageFault):
    """The parser can't take what was typed for `field`; `detail` is its own word."""


class MissingVerb(UsageFault):
    """`command` is a noun and needs a verb."""


class SamePerson(UsageFault):
    """`name` can't hand over to themselves."""


class NotOfKind(UsageFault):
    """`option` means nothing for `ref`, which isn't a callback."""


class UnreadableText(UsageFault):
    """A word of the command line, shown as `value`, isn't text in UTF-8."""


class UnreadableTerms(UsageFault):
    """`value` is no settlement term."""


class UnreadableCurrency(UsageFault):
    """`value` is no currency code of three letters."""


class NoHolidayHeading(UsageFault):
    """None of the headings of `path` is `missing`; `choices` are the file's."""


class OptionsExclude(UsageFault):
    """`first` and `second` can't be used together."""


class NoLinesAbove(UsageFault):
    """A file of `form` has no lines above its headings that could be passed over."""


class BadRow(UsageFault):
    """A row of a file can't be imported: `line`, `column`, `value`, `error` (a CsmError)."""


class BadLine(BadRow):
    """A row as a whole can't be imported: `line`, `reason` (a CsmError); `column` and `value` are empty."""


class RowDiffers(UsageFault):
    """A row of a file says something else than the record `ref`, which has `known`."""


class RowContradicts(RowDiffers):
    """A row of a file says something else than the row on line `other`, which has `known`, of the same record."""


class TooManyCells(UsageFault):
    """A row of a file has `count` cells under `expected` headings."""


class UnknownHeading(UsageFault):
    """`--map` names a `column` the file doesn't have; `choices` are the file's."""


class NoHeading(UsageFault):
    """None of the headings of `path` says what it holds; `missing` is the field that a row must have.

    first: the same; example: a heading of the file that nothing takes; choices: all headings.
    """


class NoHeadings(NoHeading):
    """None of the headings of `path` says what several fields are; `missing` are those that a row must have."""


class EndBeforeStart(UsageFault):
    """A span of days ends, `end`, before its start, `start`."""


class NeitherGiven(UsageFault):
    """One of the options `first` and `second` of `command` is needed."""


class BeforeStep(UsageFault):
    """`value` lies before the last step of the case `case_id`, at `last`."""


class BeforePromise(UsageFault):
    """`value` lies before the promise `ref` was made, `made`."""


class BeforeReceived(UsageFault):
    """`value` lies before the case `case_id` was received, or opened again: `received`."""


class NotLater(UsageFault):
    """`value` isn't later than `due`, when the promise `ref` is due."""


class BeforeSale(UsageFault):
    """`value`, a day on which something is told of the sale `ref`, lies before the day of the sale, `sold_on`."""


class BeforeNewSale(UsageFault):
    """`value`, a day of a sale that is being recorded, lies before the day of the sale, `sold_on`."""


class AmountBelowZero(UsageFault):
    """`value` is an amount below zero; `option` takes one."""


class UnreadableItem(UsageFault):
    """`value` isn't of the form PRODUCT;QUANTITY;AMOUNT."""


class NoSaleToCancel(UsageFault):
    """A row of a file cancels a sale for `amount` (text) up to `day`, and the customer has none."""


class CancelsOtherwise(UsageFault):
    """A row of a file cancels the sale `ref`, which was for another `amount` (text) or after the row, on `day`."""


class NotAboveZero(UsageFault):
    """`value` is an amount that moves nothing: it has to be above zero."""


class SaleOfAnother(UsageFault):
    """The sale `ref` isn't one to `customer`."""


class NoChecklist(UsageFault):
    """A service of the kind `service_kind` has no checklist; `kind_code` is the kind as settings name it."""


class UnknownItem(UsageFault):
    """`value` is none of `items`, the checklist of `service_kind`."""


class DoubtfulItem(UsageFault):
    """`value` can mean several `items` of a checklist."""


class BeforeWinBack(UsageFault):
    """`value`, the day on which `customer` was lost, lies before they were won back the last time, `won_back_on`."""


class BeforeLoss(UsageFault):
    """`value`, the day on which `customer` was won back, lies before they were lost, `lost_on`."""


class OutputOnDatabase(UsageFault):
    """`path` of `option` is a database, its log, or would become one."""


class OutputOnInput(UsageFault):
    """`path` of `option` is the file that is read."""


class OutputTwice(UsageFault):
    """`path` of `option` is also where `other` writes."""


class OutputNotAFile(UsageFault):
    """`path` of `option` isn't a file but a `file_kind`: folder, pipe, socket or device."""


class UnknownEnding(UsageFault):
    """The name `path` of `option` ends in `ending`, which is none of `choices`."""


class EndingNotBuilt(UsageFault):
    """The name `path` of `option` ends in `ending`, a format that csm doesn't write or read yet."""


# --- not found ------------------------------------------------------------------------------------------------


class NoSuchRecord(NotFound):
    """No `kind` answers to `ref`; `near` may hold candidates as (id, name) pairs."""


class SeveralValues(NotFound):
    """`ref` is a part of several stored values of a `kind` of text, the `candidates`."""


class OtherKind(NotFound):
    """`ref` is a record of `other_kind`, of the customer `name`, where one of `kind` is needed."""


class NotUnique(NotFound):
    """More than one `kind` answers to `ref`; `candidates` are (id, name, detail) triples."""


class NoCustomerHere(NotFound):
    """A row of a file belongs to a customer, `ref`, who has no card yet; `kind` is customer."""


class NothingPlanned(NotFound):
    """`customer` has no open callback."""


# --- refused --------------------------------------------------------------------------------------------------


class DuplicateCustomer(Refused):
    """The card `name` would be the same customer as `candidates`, (id, name, detail) triples."""


class SameNameTwice(Refused):
    """There already is a `kind` called `name`."""


class DoNotContact(Refused):
    """`customer` doesn't want to be contacted."""


class CustomerArchived(Refused):
    """The card of `customer` is archived."""


class ContactNamed(Refused):
    """The contact `name` can't be removed: the records `refs` name them."""


class ContactLeft(Refused):
    """The contact `name` of `customer_id` has left, since `left_on`."""


class ContactMoved(ContactLeft):
    """The contact `name` has left and is at `customer` now, as `moved_to`."""


class ContactThere(Refused):
    """The contact `name` is a contact of `customer` already."""


class DemoInTheWay(Refused):
    """A demo needs a new file, but `path` is there already; `other` isn't."""


class DemoInOwnFile(Refused):
    """A demo needs a file of its own, but `path` is the user's; `other` isn't there yet."""


class AlreadyLost(Refused):
    """`customer` is noted as lost already."""


class NotLost(Refused):
    """`customer` isn't lost, so that nobody can win them back."""


class NoReminder(Refused):
    """The note `ref` has no reminder that waits."""


class NotTicked(Refused):
    """`ref` is a customer, whose birthday and end of contract pass by themselves."""


class SaleNotTicked(Refused):
    """`ref` is a sale, which is delivered or paid by commands of its own."""


class NotOpen(Refused):
    """The record `ref` is no longer open; `status` says what it is."""


class StillInUse(Refused):
    """`name` still has open work: `customers` cards, `callbacks`, `complaints`, `promises` with preventions."""


class StepOutOfOrder(Refused):
    """The case `case_id` is at another step: `step` is next, `command` does it."""


class CaseClosed(Refused):
    """The case `case_id` isn't handled any more; `case_status` says how it ended."""


class CaseWaiting(Refused):
    """The case `case_id` waits for the customer, for `waiting_for`."""


class NotWaiting(Refused):
    """The case `case_id` doesn't wait."""


class NotClosed(Refused):
    """The case `case_id` is open; `command` does what is next."""


class NoGrievance(Refused):
    """The case `case_id` is a complaint already."""


class NothingToRead(Refused):
    """The case `case_id` has no feedback of a technician that waits to be read."""


class NoAuthority(Refused):
    """`name`, of `level`, can't decide what `needed` may: the lowest level that does; `command` asks one of them."""


class NotHigher(Refused):
    """The case `case_id` stands at `level` already, and `asked` isn't above it."""


class MustBeUnresolved(Refused):
    """The case `case_id` can't be settled, so that it only closes as unresolved."""


class UnknownTooSoon(Refused):
    """The customer of `case_id` has been tried `tries` times of `needed`: unknown needs that many, or a reason."""


class NothingToSumUp(Refused):
    """`--summary` was given, and what was noted is no satisfaction callback of a case."""


class OpenedMalicious(Refused):
    """A complaint can't be opened as malicious."""


class PromiseOver(Refused):
    """The promise `ref` is due already, so that it can't be moved any more."""


class PromiseEnded(Refused):
    """The promise `ref` is no longer open; `promise_ending` says how it ended."""


class PledgeRetired(Refused):
    """The pledge `pledge_id` isn't given any more since `day`."""


class ClockOver(Refused):
    """The `clock` of the case `case_id` doesn't run, so that no promise can hurry it."""


class AlreadyDelivered(Refused):
    """What was sold as `ref` was delivered on `day` already."""


class ExternalIdTaken(Refused):
    """The external id `value` is that of the sale `ref` already."""


class CreditLimitPassed(Refused):
    """With this sale `customer` would owe `balance`, above the credit limit, `limit` (amounts as text)."""


class SupplyStopped(Refused):
    """Supply to `customer` is stopped: `reason`."""


class NoGuarantee(Refused):
    """`ref` is a credit note, which has no guarantee."""


class SaleCancelled(Refused):
    """The sale `ref` was cancelled on `day`."""


class OverPaid(Refused):
    """`amount` is more than is `open` on `ref`, a sale, a bill or a customer (amounts as text)."""


class OverRefunded(Refused):
    """`amount` is more than what can be paid back on `ref`, `open` (amounts as text)."""


class NothingOwed(Refused):
    """Nothing that `customer` bought up to `day` is open."""


class NothingToRefund(Refused):
    """Nothing that `customer` bought up to `day` is to be paid back."""


class SignedAlready(Refused):
    """`name` has signed `ref` already."""


class CaseOfAnother(Refused):
    """The case `ref` isn't one of `customer`."""


class NoMessage(Refused):
    """The service `ref` has no message from the customer."""


class MessageDone(Refused):
    """The message of the service `ref` was dealt with on `day` by `name`."""


# --- files ----------------------------------------------------------------------------------------------------


class DatabaseMissing(Unusable):
    """There is no file at `path`."""


class NotACsmFile(Unusable):
    """`path` is something else than a csm file."""


class NewerSchema(Unusable):
    """`path` was written by a newer csm: `found` against `known`."""


class DatabaseLocked(Unusable):
    """Another program held `path` for longer than `seconds`."""


class DatabaseDamaged(Unusable):
    """SQLite can't read `path`; `detail` is its own word."""


class DatabaseReadOnly(Unusable):
    """`path` can't be written."""


class DatabaseFull(Unusable):
    """No room left for the database `path`; its last transaction didn't happen."""


class DiskFull(Unusable):
    """No room left for the output `path`."""


class CannotOpen(Unusable):
    """`path` can't be opened; `detail` is the system's word."""


class NotAFile(Unusable):
    """`path` is no file but a `file_kind`: folder, pipe, socket or device."""


class DanglingLink(Unusable):
    """`path` is a link, or lies behind one, to `target`, which isn't there."""


class OthersFile(Unusable):
    """`path` belongs to `owner`, and the user may not read it."""


class StrayLog(Unusable):
    """Beside `path`, which isn't there yet, lies `log`, a log of another file of that name."""


class FileInTheWay(Unusable):
    """`path` stands where csm makes a new file, and holds what isn't its own."""


class FileReplaced(Unusable):
    """Another file has come to `path`, or none is there any more, since it was opened."""


class StoredNonsense(Unusable):
    """In the file at `path`, `column` of the `row` of `table` holds `value`, which csm never writes."""


class UnknownFileZone(Unusable):
    """The time zone of the file at `path`, `value`, isn't known; it is likely to be `meant`."""


class SchemaDamaged(Unusable):
    """The file at `path` has no `name` any more, a table, or a column written table.column."""


class SchemaMended(Unusable):
    """The file at `path` had no `names`, views or triggers; they were made again."""


class BackupFailed(Unusable):
    """The backup of `path` before a migration isn't sound; nothing was migrated."""


class FileExists(Unusable):
    """`path` exists already and isn't overwritten."""


class WrongEncoding(Unusable):
    """`path` isn't in `encoding` (or in none of those tried); `line` is where it failed."""


class DoubtfulEncoding(WrongEncoding):
    """`path` can be read as GB18030, but has `signs` that hardly stand in Chinese text; `fits` are other encodings."""


class NotText(Unusable):
    """`path` is no text of rows but a `content_kind` such as workbook, vcard, utf-16-le."""


class LacksCharacter(WrongEncoding):
    """`path` can't be written in `encoding`, which has no `character`."""


class TooLongToFind(UsageFault):
    """`value` is longer than anything that is looked for."""


class UnknownEncoding(UsageFault):
    """Python knows no encoding called `value`."""


class UnreadableFile(Unusable):
    """`path` isn't a well-formed `form` (csv, json, ...) file: `detail`, at `line`."""


# --- moving a whole file ------------------------------------------------------------------------------------------


class FolderNotEmpty(UsageFault):
    """The folder `path`, which is to be written, holds something already."""


class NotAWholeFile(UsageFault):
    """The folder `path` has no file `missing`, which every export of a whole file has."""


class NotEmpty(UsageFault):
    """The csm file `path`, which is to take in a whole file, has data in its `tables`."""


class NewerFolder(Unusable):
    """The folder `path` was written under schema `found`; this program knows `known`."""


class TwoFiles(UsageFault):
    """A folder has two files for the same records, `first` and `second`."""


class WrongRowCount(UsageFault):
    """The file `path` has `found` rows where the export wrote `expected`."""


class BadCell(UsageFault):
    """A row of one file of a folder can't be taken in: `path`, `line`, `column`, `value`, `reason` (a CsmError)."""


class ValueNotAllowed(UsageFault):
    """A value breaks a rule of its table; `detail` is SQLite's word for it."""


class ValueTwice(UsageFault):
    """A value that only one record can have stands in a file twice."""


class SaidOtherwise(UsageFault):
    """A cell doesn't agree with what the other files of its folder give, `known`."""


class UnreadableEvents(UsageFault):
    """The events of a case make no sense; `detail` says where."""


class TextWithNul(UsageFault):
    """A text of the records `name` has a NUL character, which a spreadsheet can't hold."""
