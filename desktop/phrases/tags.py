"""What is said of tag numbers."""

SENTENCES: dict[str, str] = {
    "tag.voided": "“{value}” is void since {day}: {reason}. Use another label; this one is never given again.",
    "tag.check-character": (
        "The check character of “{value}” does not fit the scheme {scheme}: it may be mistyped. Perhaps: {near}."
    ),
    "tag.not-of-scheme": "“{value}” is no tag of the scheme {scheme}. Its tags look like {example}.",
    "tag.reused": "“{value}” was on {record}, which was deleted on {day}. Void the tag if its label is spoilt.",
    "tag.empty": "There is no tag to void. Type or scan one.",
    "tag.no-scheme": "There is no tag scheme for {value}. Add one under Tag numbers.",
    "tag.no-such-scheme": "There is no tag scheme “{value}”. There are: {known}.",
    "tag.no-such-count": "{value} tags cannot be given at once. Ask for 1 to {most}.",
    "tag.scheme-full": "The scheme {value} has no numbers left up to {last}. Add a scheme with more digits.",
    "tag.range-backwards": "The first sticker “{value}” comes after the last one, “{last}”. Swap them.",
    "tag.range-overlaps": "{value} overlaps {first} to {last} ({whose}), which is registered already.",
    "tag.range-overlaps-block": (
        "{value} overlaps {first} to {last}, which is set aside for {whose}. "
        "If none of these was given, delete that range under Tag numbers first."
    ),
}
