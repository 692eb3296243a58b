"""Why something was not done."""


class Refused(Exception):
    """What was asked for cannot be done; `sentence` tells the person why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
