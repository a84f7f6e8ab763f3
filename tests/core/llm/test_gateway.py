"""A model that may not write for somebody says so at each call, and whoever asks does without it."""

from __future__ import annotations

import pytest
from django.test import override_settings

from core.llm import gateway
from core.llm.accounting import booked_on
from core.llm.base import LanguageModelDenied, Message
from core.llm.openai_http import OpenAiModel

MODEL = override_settings(LLM_BASE_URL="http://127.0.0.1:9/v1", LLM_MODEL="ours")


@pytest.fixture
def objection(monkeypatch):
    monkeypatch.setattr(gateway, "_objections", [])
    gateway.ask_first(
        lambda model, advertiser: f"{model} may not write for {advertiser}" if advertiser == "shop" else ""
    )


@MODEL
def test_whoever_may_not_use_the_model_hears_why_at_each_call(objection):
    refused = gateway.language_model("shop")

    assert refused.name == "ours"
    with pytest.raises(LanguageModelDenied, match="ours may not write for shop"):
        refused.complete([Message("user", "hello")], max_tokens=3)


@MODEL
def test_others_get_the_model_itself(objection):
    assert isinstance(gateway.language_model("other"), OpenAiModel)
    assert isinstance(gateway.language_model(), OpenAiModel)


@MODEL
def test_where_nobody_is_named_it_is_asked_for_whoever_the_questions_are_booked_on(objection):
    with booked_on("shop"):
        refused = gateway.language_model()

    assert refused.reason == gateway.objection_to_model("shop") == "ours may not write for shop"
    assert gateway.objection_to_model() == ""
    assert isinstance(gateway.unasked_model("shop"), OpenAiModel)


@MODEL
def test_the_registry_of_licences_is_asked_in_every_process():
    from generation.licences import model_objection

    assert model_objection in gateway._objections
