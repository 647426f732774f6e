"""Sentences about how the cells of a column are read, and why."""

SENTENCES: dict[str, str] = {
    "reading.day-decided": "Days are read as {order}: {for} cells such as {example} can be nothing else.",
    "reading.day-open": (
        "Days are read as {order}, as they are written here. None of {either} cells shows which number is the day, "
        "so look at some of them."
    ),
    "reading.day-mixed": (
        "Days are read as {order}, as {for} cells such as {example} show. {against} show the other order."
    ),
    "reading.day-said": "Days are read as {order}, as was said.",
    "reading.decimal-decided": "“{mark}” is the decimal mark: {for} cells such as {example} show it.",
    "reading.decimal-mixed": (
        "“{mark}” is taken for the decimal mark, as {for} cells such as {example} show. {against} show another."
    ),
    "reading.decimal-said": "“{mark}” is the decimal mark, as was said.",
    "reading.percent-decided": "Numbers are parts of 1, so 0.25 is 25 %: they lie between {least} and {most}.",
    "reading.percent-said": "Numbers without a % are read as a {read}, as was said.",
}
