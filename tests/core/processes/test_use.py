"""Services are up while somebody uses them, whatever is killed in between."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import psycopg
import pytest

from core.errors import ServiceDown
from core.processes.locks import is_free
from core.processes.places import Places
from core.processes.readiness import broker_answers, postgres_answers
from core.processes.use import embedded_services
from tests.core.processes.conftest import lives, pid_of, wait_until


def connect(places: Places) -> psycopg.Connection:
    return psycopg.connect(host=str(places.postgres_sockets), user="postgres", dbname="postgres", autocommit=True)


def test_services_are_up_inside_the_block_and_gone_after_it(places):
    with embedded_services("postgres", "broker"):
        assert postgres_answers(places)
        assert broker_answers(places)
        postmaster = pid_of(places, "postgres")

    assert not lives(postmaster)
    assert not places.pid_file("broker").exists()
    wait_until(lambda: not places.sockets.exists() and not places.postgres_sockets.exists())


def test_a_second_user_joins_and_only_the_last_one_out_stops(places):
    with embedded_services("postgres"):
        first = pid_of(places, "postgres")
        with embedded_services("postgres", "broker"):
            assert pid_of(places, "postgres") == first
        assert not places.pid_file("broker").exists()
        assert pid_of(places, "postgres") == first
        assert postgres_answers(places)
    assert not lives(first)


def test_a_killed_postmaster_comes_back_with_everything_committed(places):
    with embedded_services("postgres"):
        with connect(places) as connection:
            connection.execute("create table kept (number int)")
            connection.execute("insert into kept select generate_series(1, 500)")
        killed = pid_of(places, "postgres")

        os.kill(killed, signal.SIGKILL)

        wait_until(lambda: pid_of(places, "postgres") != killed and postgres_answers(places))
        with connect(places) as connection:
            assert connection.execute("select count(*) from kept").fetchone() == (500,)


def test_a_killed_broker_comes_back(places):
    with embedded_services("broker"):
        killed = pid_of(places, "broker")
        os.kill(killed, signal.SIGKILL)
        wait_until(lambda: pid_of(places, "broker") != killed and broker_answers(places))


def test_a_killed_keeper_takes_its_services_along_and_is_replaced(places):
    with embedded_services("postgres", "broker"):
        postmaster = pid_of(places, "postgres")
        keeper = int(places.keeper_lock.read_text())

        os.kill(keeper, signal.SIGKILL)

        wait_until(lambda: not lives(postmaster))
        wait_until(lambda: pid_of(places, "postgres") != postmaster and postgres_answers(places))
        assert int(places.keeper_lock.read_text()) != keeper


def test_services_of_a_killed_user_are_stopped(places):
    program = (
        "import django; django.setup()\n"
        "from core.processes.use import embedded_services\n"
        "with embedded_services('broker'):\n"
        "    print('up', flush=True)\n"
        "    import time; time.sleep(600)\n"
    )
    environment = {**os.environ, "ADLOOM_TEST_HOME": str(places.home), "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    user = subprocess.Popen([sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE)
    assert user.stdout is not None
    assert user.stdout.readline() == b"up\n"

    user.kill()
    user.communicate()

    wait_until(lambda: is_free(places.keeper_lock))
    assert not places.pid_file("broker").exists()


def test_a_pid_file_that_names_somebody_elses_process_is_no_obstacle(places):
    with embedded_services("postgres"):
        data = places.home / "postgres"
    (data / "postmaster.pid").write_text(f"{os.getppid()}\n{data}\n")

    with embedded_services("postgres"):
        assert postgres_answers(places)


def test_what_the_operator_runs_himself_is_left_alone(places, settings):
    settings.EMBEDDED_SERVICES = frozenset({"workers"})

    with embedded_services("postgres", "broker"):
        assert not places.run.exists()


def test_a_service_that_cannot_start_is_named_with_its_log(places):
    places.broker_data.write_text("a file where the folder should be")

    with pytest.raises(ServiceDown, match=r"broker: broker .*see .*/logs/broker\.log"), embedded_services("broker"):
        pass


@pytest.mark.skipif(os.getuid() != 0, reason="only root's PostgreSQL runs as somebody else")
def test_data_goes_where_nobody_can_enter_when_the_home_cannot_be_entered(places):
    places.home.chmod(0o700)

    with embedded_services("postgres"):
        with connect(places) as connection:
            data = connection.execute("show data_directory").fetchone()
        assert data is not None
        assert not (places.home / "postgres").exists()
        assert places.install_id in data[0]


def test_a_folder_for_sockets_that_is_open_to_others_is_refused(places):
    places.sockets.mkdir(mode=0o755)
    try:
        with pytest.raises(ServiceDown, match="is open to others"):
            places.prepare()
    finally:
        places.sockets.rmdir()


def test_sockets_stay_short_however_deep_the_home_lies(tmp_path):
    deep = tmp_path / ("a" * 100) / ("b" * 100)
    deep.mkdir(parents=True)

    assert len(str(Places(deep).postgres_sockets / ".s.PGSQL.5432")) < 60
