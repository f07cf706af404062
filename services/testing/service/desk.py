"""What every group of entry points stands at."""

from chassis.service import DeskAtWork


class AtDesk:
    """The desk is put there by the service class."""

    desk: DeskAtWork
