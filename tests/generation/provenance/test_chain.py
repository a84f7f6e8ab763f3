"""The install's own certificates: private, made once, renewed in time."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from core.clock import ManualClock
from generation.provenance.chain import adopt_root, load_chain, new_root, read_root

DAY = 86_400


def test_the_chain_is_made_once(tmp_path: Path) -> None:
    assert load_chain(tmp_path) == load_chain(tmp_path)


def test_keys_are_readable_by_nobody_else(tmp_path: Path) -> None:
    load_chain(tmp_path)

    folder = tmp_path / "signing"
    assert oct(folder.stat().st_mode & 0o777) == "0o700"
    assert {path.name: oct(path.stat().st_mode & 0o777) for path in folder.iterdir()} == {
        "lock": "0o600",
        "root-pair.pem": "0o600",
        "leaf-pair.pem": "0o600",
        "root.pem": "0o600",
    }


def test_the_leaf_signs_content_and_the_root_signs_the_leaf(tmp_path: Path) -> None:
    chain = load_chain(tmp_path)
    leaf, root = x509.load_pem_x509_certificates(chain.chain_pem.encode())

    leaf.verify_directly_issued_by(root)
    assert list(leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value) == [
        ExtendedKeyUsageOID.EMAIL_PROTECTION
    ]
    assert leaf.extensions.get_extension_for_class(x509.BasicConstraints).value.ca is False
    assert root.extensions.get_extension_for_class(x509.BasicConstraints).value.ca is True


def test_two_processes_that_start_at_once_agree_on_one_chain(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    with context.Pool(4) as pool:
        chains = pool.map(load_chain, [tmp_path] * 8, chunksize=1)

    assert len(set(chains)) == 1


def test_the_leaf_is_renewed_a_month_before_it_ends_under_the_same_root(tmp_path: Path) -> None:
    clock = ManualClock()
    first = load_chain(tmp_path, clock)

    clock.advance(330 * DAY)
    assert load_chain(tmp_path, clock) == first

    clock.advance(10 * DAY)
    renewed = load_chain(tmp_path, clock)
    assert renewed.root_pem == first.root_pem
    assert renewed.key_pem != first.key_pem


def test_a_crash_between_two_files_never_leaves_a_key_without_its_certificate(tmp_path: Path) -> None:
    first = load_chain(tmp_path)
    os.unlink(tmp_path / "signing" / "leaf-pair.pem")

    again = load_chain(tmp_path)

    leaf, root = x509.load_pem_x509_certificates(again.chain_pem.encode())
    leaf.verify_directly_issued_by(root)
    assert again.root_pem == first.root_pem


def test_an_install_that_never_signed_has_no_root(tmp_path: Path) -> None:
    assert read_root(tmp_path) is None


def test_machines_of_one_install_sign_under_one_root_each_with_a_leaf_of_its_own(tmp_path: Path) -> None:
    root = new_root()
    load_chain(tmp_path / "one")
    for home in (tmp_path / "one", tmp_path / "two"):
        adopt_root(home, root)

    one, two = load_chain(tmp_path / "one"), load_chain(tmp_path / "two")

    assert one.root_pem == two.root_pem == read_root(tmp_path / "one")
    assert one.key_pem != two.key_pem
    leaf, issuer = x509.load_pem_x509_certificates(two.chain_pem.encode())
    leaf.verify_directly_issued_by(issuer)


def test_a_root_that_is_adopted_again_changes_nothing(tmp_path: Path) -> None:
    root = new_root()
    adopt_root(tmp_path, root)
    before = load_chain(tmp_path)

    adopt_root(tmp_path, root)

    assert load_chain(tmp_path) == before


def test_what_is_no_root_is_refused_and_the_chain_stays(tmp_path: Path) -> None:
    before = load_chain(tmp_path)

    with pytest.raises(ValueError, match="PEM"):
        adopt_root(tmp_path, "not a root")

    assert load_chain(tmp_path) == before
