"""Sentences about settling what waits for review, and about merging two records."""

SENTENCES: dict[str, str] = {
    "review.unknown": "Nothing that waits for review begins with “{value}”. muster review lists what does.",
    "review.several": "More than one matter begins with “{value}”. Write more of its id.",
    "review.settled": "{who} has settled this already ({at}). Nothing was done.",
    "review.way": "This cannot be settled in that way. Look at it again: something may have changed.",
    "review.no-way": "Say what to do with it: --take, --write, --keep-both or --merge.",
    "merge.itself": "{value} is one record already. Choose two.",
    "merge.gone": "{value} is not there any more. It may have been deleted or merged.",
    "merge.kinds": "A {value} and a {other} cannot become one record. Choose two of one kind.",
    "merge.field": "“{value}” is no field in which these two could differ.",
    "merge.both": "{value} holds one value. Choose one of the two.",
    "merge.pick": "“{value}” does not say what a field keeps. Write FIELD=first, =second or, for notes, =both.",
    "merge.two": "Choose two records of one kind first: they become one.",
    "merge.pair": "That is for two records that may be one thing. This matter is another one.",
}
