from core.commands import guarded
from core.errors import InputError, ServiceDown, TerminalError


def ending_with(error):
    def work():
        raise error

    return guarded(work)


def test_wrong_input_ends_with_2_and_names_the_thing(capsys):
    assert ending_with(InputError("product.price", "is not a price")) == 2
    assert capsys.readouterr().err == "product.price: is not a price\n"


def test_a_service_that_did_not_start_ends_with_4(capsys):
    assert ending_with(ServiceDown("postgres", "see the log")) == 4
    assert capsys.readouterr().err == "postgres: see the log\n"


def test_work_that_cannot_be_done_ends_with_3(capsys):
    assert ending_with(TerminalError("line 3 cannot go out")) == 3
    assert capsys.readouterr().err == "line 3 cannot go out\n"


def test_work_that_went_well_ends_with_its_own_code():
    assert guarded(lambda: 0) == 0
