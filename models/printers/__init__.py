"""Label printers: how they are reached, what they are told and answer, and the queue of what is to be printed."""
