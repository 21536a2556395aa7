"""Papers made by rule, with the right answer by construction: the figures of the whole engine."""

import re

import pytest

from benchmarks import papers
from tasks.decomposition.prediction import prediction
from tests.tasks.decomposition.ground import taken


def bare(text: str) -> str:
    return re.sub(r"[\s，,；;：:（）()。]", "", text)


def said(task: dict) -> tuple:
    return (
        bare(task["clause"]),
        sorted(task["lead"]),
        sorted(task["cooperating"]),
        sorted(task["unresolved"]),
        sorted(map(bare, task["groups"])),
        task.get("deadline"),
        task.get("cycle"),
        task.get("responsible_leader"),
    )


@pytest.mark.parametrize("dirt", papers.DIRT)
@pytest.mark.parametrize("kind", ["annotated", "minutes", "above"])
@pytest.mark.parametrize("seed", range(101, 105))
def test_a_paper_is_taken_apart_as_it_was_put_together(kind, dirt, seed):
    text, gold = papers.KINDS[kind](seed)

    found = prediction(taken(papers.DIRT[dirt](text)))

    assert [said(task) for task in found["tasks"]] == [said(task) for task in gold["tasks"]]


@pytest.mark.parametrize("dirt", papers.DIRT)
@pytest.mark.parametrize("seed", range(101, 105))
def test_a_paper_that_names_nobody_gives_its_tasks_and_no_units(dirt, seed):
    text, gold = papers.unannotated(seed)

    found = prediction(taken(papers.DIRT[dirt](text)))

    assert found["document"]["annotated"] is False
    assert [bare(task["clause"]) for task in found["tasks"]] == [bare(task["clause"]) for task in gold["tasks"]]
    assert [task["lead"] + task["cooperating"] for task in found["tasks"]] == [[]] * len(gold["tasks"])


def test_what_a_paper_says_of_itself_is_read():
    document = prediction(taken(papers.annotated(3)[0]))["document"]

    assert {key: document[key] for key in ("title", "doc_no", "issuer", "issued_on", "annotated")} == {
        "title": "临泽市城市品质提升工作方案",
        "doc_no": "临政办发〔2027〕7号",
        "issuer": "临泽市人民政府办公室",
        "issued_on": "2027-01-12",
        "annotated": True,
    }
