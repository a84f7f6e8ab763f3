import pytest
from django.db import OperationalError

from core.tasks.patience import patiently


class Away:
    """Work that finds the database away a number of times."""

    def __init__(self, times: int) -> None:
        self.times, self.asked = times, 0

    def __call__(self) -> str:
        self.asked += 1
        if self.asked <= self.times:
            raise OperationalError("server closed the connection unexpectedly")
        return "done"


@pytest.mark.django_db(transaction=True)
def test_work_goes_on_when_the_database_is_back():
    work, slept = Away(2), []

    assert patiently(work, sleep=slept.append) == "done"
    assert (work.asked, slept) == (3, [0.3, 0.3])


@pytest.mark.django_db(transaction=True)
def test_patience_has_an_end():
    work = Away(99)

    with pytest.raises(OperationalError):
        patiently(work, seconds=0.8, sleep=lambda seconds: None)
    assert work.asked == 4
