"""Sentences about one value: what is wrong with it and what to do."""

SENTENCES: dict[str, str] = {
    "cell.several": "There are {count} values in the cell, {value}, and one is wanted. Give each a row or a column.",
    "cell.first-of-several": "There are {count} values in the cell, {value}. {first} is taken.",
    "cell.two-values": "There are two values in the cell. {first} is taken, and the other for the second field.",
    "field.required": "This may not be left empty.",
    "cell.error": "The cell holds the spreadsheet error {value}. Put the value there, or empty the cell.",
    "cell.destroyed-number": (
        "The spreadsheet has cut this number down to {value}. Format the column as text and enter the full "
        "number again."
    ),
    "cell.date-in-identifier": (
        "The spreadsheet has turned this into the date {value}. Format the column as text and enter it again."
    ),
    "cell.yes-no-in-identifier": (
        "The spreadsheet has turned this into {value}. Format the column as text and enter it again."
    ),
    "text.too-long": "This is longer than {limit} characters. Shorten it.",
    "tag.character": "A tag cannot contain {character}: label printers and lists give it a meaning. Leave it out.",
    "serial.several": "{value} looks like several serial numbers. Enter one, without ; and |.",
    "serial.placeholder": (
        "“{value}” is what a maker leaves where no serial number was set. Look for the real one on the device."
    ),
    "hostname.not-a-name": "“{value}” is not a computer name. Enter letters, digits and dashes.",
    "hostname.unusual": "“{value}” cannot be a name on the network. Check it, or leave it if it is only a label.",
    "secret.key-material": (
        "This looks like an encryption key. Muster never keeps keys. Enter the key's name or number."
    ),
    "number.not-a-number": "“{value}” is not a number. Enter digits only.",
    "number.out-of-range": "{value} is too large or too small to keep. Check it.",
    "number.ambiguous": (
        "“{value}” was read as {read}, but this column uses both the comma and the point for decimals. Check it."
    ),
    "whole.fraction": "{value} is not a whole number. Round it.",
    "whole.unit": "“{value}” is in another unit. Enter it in {unit}.",
    "whole.too-small": "{value} is less than {limit}. Enter {limit} or more.",
    "whole.too-large": "{value} is more than {limit}. Enter {limit} or less.",
    "whole.converted": "“{value}” was taken as {read}. Check it.",
    "percent.out-of-range": "{value} is not between 0 and 100 percent. Check it.",
    "percent.fraction": "{value} was taken as {read}. If a larger share is meant, enter it in percent.",
    "money.not-a-sum": "“{value}” is not a sum of money. Enter it like 1,200.00.",
    "money.currency": "The currency of “{value}” is not known. Use its three-letter code, like 1,200.00 EUR.",
    "money.out-of-range": "{value} is too large a sum. Check it.",
    "money.ambiguous": "“{value}” was read as {read}. Check whether the mark stands for thousands or decimals.",
    "money.rounded": "{value} was rounded to {read}.",
    "day.not-a-day": "“{value}” is not a date. Enter it like 2024-03-14.",
    "day.incomplete": "“{value}” is not a whole date. Enter day, month and year, like 2024-03-14.",
    "day.order": "“{value}” does not fit this column, which is written {order}. Correct it.",
    "day.ambiguous": (
        "“{value}” was read as {read}, since nothing in this column shows the order. Check that it is {order}."
    ),
    "day.out-of-range": (
        "{value} is outside the years 1900 to 2200. Often it stands for an empty date. Correct or empty it."
    ),
    "day.serial-number": "The day number {value} was read as {read}. Format the column as dates to be sure.",
    "moment.not-a-time": "“{value}” is not a date and time. Enter it like 2024-03-14 10:02.",
    "yesno.unknown": "“{value}” is neither yes nor no. Enter one of them.",
    "choice.near": "“{value}” is none of the usual words. If {near} is meant, write that.",
    "choice.unknown": "“{value}” is not one of the choices. Choose from: {options}.",
    "email.not-an-address": "“{value}” is not one e-mail address. Enter it like name@city.gov.",
    "email.no-domain": "“{value}” has no full domain. Check it.",
    "phone.not-a-number": "“{value}” is not one phone number. Enter one, with its area code.",
    "phone.unlikely": "No network gives out the phone number {value}. Check it.",
    "url.not-an-address": "“{value}” is not a web address. Enter it like https://city.gov.",
    "url.scheme": "“{value}” is not an address that Muster opens. Use one that begins with https://.",
}
