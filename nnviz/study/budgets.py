"""How long each model of a scheme learns, so that the schemes of a study can be compared."""

from dataclasses import dataclass

from nnviz.study.plan import Learning


@dataclass(frozen=True)
class Budget:
    """So many epochs of its own images, or so many updates."""

    batch: int
    epochs: int
    updates: int = 0
    """In place of the epochs, where it is not 0"""

    def steps(self, images: int) -> int:
        """Updates of a model that learns from so many images."""
        return self.updates or self.epochs * -(-images // self.batch)


def budget_of(learning: Learning, base: bool, images: int) -> Budget:
    """What a model may take; `base`: whether it is the usual network, which learns from so many
    `images`.

    Matched by epochs all models see each of their own images equally often; by updates they take
    as many steps as the base network does; as published the others have epochs and batches of
    their own.
    """
    epochs = learning.epochs_for(images)
    if base or learning.matched == "epochs":
        return Budget(learning.batch, epochs)
    if learning.matched == "updates":
        usual = Budget(learning.batch, epochs).steps(images)
        return Budget(learning.batch, epochs, usual)
    return Budget(learning.sub_batch, learning.sub_epochs)
