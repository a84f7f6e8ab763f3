"""Vectors by a real vLLM on a tiny random model of embeddings, and the search that goes by them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from django.test import override_settings

from bench.retrieval import asked_briefs, fill_library
from core.llm.accounting import booked_on
from core.llm.embeddings import EmbeddingsClient
from core.llm.ledger import CallRecord, ledger
from core.models import Advertiser
from core.search.embedding import embedder
from creative.models import Reference
from creative.references.reindexing import reindex_references
from creative.references.row import row_for
from tests.real.llm_serving import ServedModel, serving


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedModel]:
    """Nothing says what kind of model it is but its folder."""
    import torch

    from generation.checkpoints.tiny_kinds import make_tiny

    torch.set_num_threads(1)
    folder = tmp_path_factory.mktemp("model") / "meaning"
    make_tiny("embeddings", folder)
    with serving(folder, "EMBEDDINGS", "--at-once", "8") as up:
        yield up


@pytest.fixture
def client(served: ServedModel) -> EmbeddingsClient:
    return EmbeddingsClient(served.url, served.name)


@pytest.fixture
def advertiser(db: None) -> Advertiser:
    return Advertiser.objects.create(slug="a", name="A")


def test_a_text_has_one_vector_of_length_one_and_another_text_another(client: EmbeddingsClient) -> None:
    coffee, shoes, again = np.asarray(client.vectors(["咖啡", "shoes", "咖啡"]))

    assert coffee.shape == (64,)
    assert [float(np.linalg.norm(each)) for each in (coffee, shoes)] == pytest.approx([1.0, 1.0], abs=1e-5)
    assert again == pytest.approx(coffee, abs=1e-5)
    assert float(coffee @ shoes) < 0.95


def test_more_than_one_question_holds_come_in_their_order(client: EmbeddingsClient) -> None:
    many = client.vectors([f"text {number}" for number in range(70)])

    assert len(many) == 70
    assert many[69] == pytest.approx(client.vectors(["text 69"])[0], abs=1e-5)


def test_a_text_longer_than_the_model_holds_counts_by_its_beginning(client: EmbeddingsClient) -> None:
    """512 tokens of a byte each: of 3,000 letters 375 are left after three halvings."""
    long, short = client.vectors(["abc" * 1000, "shoes"])

    assert long == pytest.approx(client.vectors(["abc" * 125])[0], abs=1e-5)
    assert short == pytest.approx(client.vectors(["shoes"])[0], abs=1e-5)


def test_its_tokens_are_booked_on_whom_they_were_asked_for(client: EmbeddingsClient) -> None:
    records: list[CallRecord] = []
    ledger.listeners.append(records.append)
    try:
        with booked_on("ours"):
            client.vectors(["咖啡", "shoes"])
    finally:
        ledger.listeners.remove(records.append)

    (record,) = records
    assert (record.model, record.prompt, record.advertiser) == ("meaning", "embedding-1", "ours")
    assert (record.usage.prompt_tokens, record.usage.completion_tokens) == (6 + 5, 0)


def test_references_are_found_by_its_vectors(served: ServedModel, advertiser: Advertiser) -> None:
    fill_library(80)
    with override_settings(EMBEDDINGS_BASE_URL=served.url, EMBEDDINGS_MODEL=served.name):
        made = reindex_references()
        row = row_for(asked_briefs(1)[0].brief, advertiser)
        (vector,) = embedder().embed(["咖啡"])

    assert made == 80
    assert set(Reference.objects.values_list("vec_space", flat=True)) == {"endpoint:meaning"}
    assert len(row) >= 6
    assert not any("words-only" in entry.reasons for entry in row)
    assert vector.shape == (384,)
    assert float(np.linalg.norm(vector)) == pytest.approx(1.0, abs=1e-5)


def test_asked_for_a_model_it_does_not_serve_the_row_goes_by_words_and_says_so(
    served: ServedModel, advertiser: Advertiser
) -> None:
    fill_library(80)
    with override_settings(EMBEDDINGS_BASE_URL=served.url, EMBEDDINGS_MODEL="another"):
        row = row_for(asked_briefs(1)[0].brief, advertiser)

    assert len(row) >= 6
    assert all("words-only" in entry.reasons for entry in row)
