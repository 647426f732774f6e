"""What is said when things are issued, taken back and moved."""

SENTENCES: dict[str, str] = {
    "custody.missing": "{value} is marked {state}, so it is not issued. If it was found, issue it anyway.",
    "custody.has-it": "{person} has {value} already.",
    "custody.had-it": "{person} had {value} until now.",
    "custody.gone": "{value} is marked {state}, and stays so. Change its status if it is in use again.",
    "custody.state-stays": "{value} is marked {state}, and stays so.",
    "custody.nobody-has-it": "{value} is back already: nobody has it.",
    "custody.there-already": "{value} is at {location} already.",
    "custody.not-there": "{value} is not there any more. It may have been deleted.",
    "custody.person-left": "{value} is marked as not active: they may have left.",
}
