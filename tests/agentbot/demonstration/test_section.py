"""The conversation on the demo's page shows both sides and the lead, and no number to call."""

from agentbot.demonstration.section import conversation_section

RECORD = {
    "advertiser": "城南优选车行",
    "seconds": 45.1,
    "messages": [
        {"author": "visitor", "text": "给我打电话 139 1234 5678", "at_seconds": 0.0, "asks_contact": False},
        {"author": "lead", "text": "好的，已经记下了。", "at_seconds": 6.4, "asks_contact": False},
    ],
    "lead": {
        "contacts": [{"type": "phone", "value": "+8613912345678", "status": "valid"}],
        "consents": [{"purpose": "contact", "words": "给我打电话 139****5678", "at": "2026-11-22T10:00:00Z"}],
        "fields": {},
    },
    "crm": {"events": [{"type": "lead.created", "data": {"version": 1}}], "refused": 0},
    "degraded": ["answer:quoted"],
}


def test_both_sides_the_lead_and_the_stand_in_are_shown():
    html = conversation_section(RECORD, "zh-CN")
    for shown in ("好的，已经记下了。", "访客", "线索智能体", "lead.created", "没有用语言模型"):
        assert shown in html


def test_the_number_is_masked_wherever_it_stands():
    html = conversation_section(RECORD, "en")
    assert "139****5678" in html
    assert "1234" not in html


def test_a_conversation_without_a_lead_says_that_nothing_arrived():
    html = conversation_section({**RECORD, "lead": None, "crm": {"events": [], "refused": 0}}, "en")
    assert "nothing arrived" in html
