"""整改佐证: a unit's files to an item, as guarded as every other file, seen by who sees the item (R31, R45)."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from supervision import digests, dossier, triggers
from supervision.models import Voucher
from supervision.operations import rectifications, vouchers
from tests.factories import supervision_correcting as correcting
from tests.factories import supervision_inspecting as inspecting
from tests.factories import tasks as make
from tests.organization.refusing import refused
from tests.tasks.acts import told
from tests.tasks.api.caller import Caller
from tests.workflow.chains import set_, unguarded
from workflow import audit
from workflow.refusal import Forbidden, RuleBroken, WrongState

TODAY = inspecting.today


def filed(who, item=None, **said):
    item = item or correcting.planned(who)
    said = {"file": make.upload("通电记录.txt"), "evidence_on": TODAY(), "note": "试运行"} | said
    return vouchers.add(make.fresh(item), by=who.handler, **said)


def text(name="通电记录.txt", content="已通电"):
    return SimpleUploadedFile(name, content.encode(), "text/plain")


def status(client, address):
    """Return the answer's status; of a file that is handed out every byte is taken."""
    answer = client.get(address)
    if answer.streaming:
        assert b"".join(answer.streaming_content)
    return answer.status_code


def test_the_people_of_the_unit_add_files_until_the_item_is_claimed(who):
    for item in (correcting.ordered(who), correcting.planned(who)):
        assert filed(who, item).department == who.water
    item = correcting.planned(who)
    for person in (who.helper, who.colleague, who.supervisor):
        with refused("rectification.prove.forbidden", item, kind=Forbidden):
            vouchers.add(item, by=person, file=make.upload(), evidence_on=TODAY())
    claimed = correcting.claimed(who)
    with refused("rectification.prove.wrong_state", claimed, kind=WrongState):
        vouchers.add(claimed, by=who.handler, file=make.upload(), evidence_on=TODAY())


def test_what_a_file_shows_does_not_lie_in_the_future(who):
    item = correcting.planned(who)
    with refused("voucher.future", item, kind=RuleBroken):
        vouchers.add(item, by=who.handler, file=make.upload(), evidence_on=TODAY() + timedelta(days=1))


def test_a_claim_names_the_files_that_lay_with_the_item(who):
    voucher = filed(who)

    rectifications.claim(make.fresh(voucher.rectification), by=who.unit_head, done="已通电")

    assert told("rectification.claim")[0]["vouchers"] == [voucher.pk]


def test_files_are_seen_by_who_sees_the_item_and_by_nobody_else(who, client):
    voucher = filed(who)
    seers = {name for name, person in who.everyone().items() if voucher in Voucher.objects.visible_to(person)}

    assert seers == {"supervisor", "colleague", "leader", "chief", "handler", "unit_head", "inspector"}
    for name, person in who.everyone().items():
        client.force_login(person)
        expected = 200 if name in seers else 404
        assert status(client, f"/vouchers/{voucher.pk}/file/") == expected, name
        assert status(Caller(person).client, f"/api/v1/vouchers/{voucher.pk}/file/") == expected, name
        assert Caller(person).get("vouchers", voucher.pk).status_code == expected, name
    client.logout()
    assert client.get(f"/vouchers/{voucher.pk}/file/").status_code == 302


def test_both_doors_take_a_file_and_show_it_with_the_item(who, client):
    item = correcting.planned(who)
    address = f"/rectifications/{item.pk}/prove/"
    client.force_login(who.handler)
    answer = client.post(address, {"file": text(), "evidence_on": TODAY().isoformat(), "note": "试运行"})
    assert answer.status_code == 302
    unit = Caller(who.handler)
    made = unit.post("rectifications", item.pk, "prove", files=True, file=text("二号泵.txt", "二号泵"),
                     evidence_on=TODAY().isoformat())  # fmt: skip
    assert (made.status_code, made.data["name"], made.data["rectification"]) == (201, "二号泵.txt", item.pk)

    page = client.get(item.get_absolute_url()).content.decode()
    shown = Caller(who.colleague).get("rectifications", item.pk).data["vouchers"]

    assert "通电记录.txt" in page
    assert [row["name"] for row in shown] == ["二号泵.txt", "通电记录.txt"]
    assert "file" not in shown[0]
    listed = Caller(who.colleague).client.get(f"/api/v1/vouchers/?rectification={item.pk}").json()["results"]
    assert len(listed) == 2


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [("通电记录.exe", "MZ", "file.wrong_type"), ("照片.jpg", "不是照片", "file.disguised"), ("空.txt", "", None),
     ("纪要.txt", "机密★3年 内容", "secrecy.marked")],
)  # fmt: skip
def test_hostile_files_are_refused_alike_at_both_doors(who, client, name, content, code):
    item = correcting.planned(who)
    day = TODAY().isoformat()
    client.force_login(who.handler)

    page = client.post(f"/rectifications/{item.pk}/prove/", {"file": text(name, content), "evidence_on": day})
    rest = Caller(who.handler).post("rectifications", item.pk, "prove", files=True, file=text(name, content),
                                    evidence_on=day)  # fmt: skip

    assert page.status_code == rest.status_code in (400, 422)
    assert code is None or rest.data["code"] == code, rest.data
    assert not Voucher.objects.exists()


def test_the_dossier_tells_of_the_files_and_of_more_time(who):
    from supervision.operations import deferrals

    voucher = filed(who)
    item = make.fresh(voucher.rectification)
    deferrals.ask(item, by=who.unit_head, reason="到货延迟", progress="已架设", until=TODAY() + timedelta(days=90))
    directive = item.finding.task.directive

    def parts(person):
        entries = dossier.read(dossier.directives(person).get(pk=directive.pk), person).entries
        return {(row.kind, row.text, row.url) for row in entries if row.kind in ("voucher", "deferral")}

    page = item.get_absolute_url()
    assert parts(who.unit_head) == parts(who.supervisor) == {
        ("voucher", "通电记录.txt", page), ("deferral", "到货延迟", page),
    }  # fmt: skip
    assert parts(who.helper) == set()


def test_r45_a_file_is_never_changed_and_what_was_changed_is_found(who):
    voucher = filed(who)
    assert set(triggers.VOUCHER.columns) == {f.attname for f in Voucher._meta.concrete_fields} - {"id"}
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Voucher.objects.filter(pk=voucher.pk).update(note="改")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Voucher.objects.filter(pk=voucher.pk)._raw_delete("default")
    assert list(audit.verify()) == []

    with unguarded() as cursor:
        set_(cursor, "supervision_voucher", voucher.pk, note="改")
    with voucher.file.open("wb") as stream:
        stream.write(b"forged")

    assert {(found.kind, found.words) for found in audit.verify(voucher.stream)} == {
        (audit.ROW, f"voucher {voucher.pk} was edited"),
        (audit.FILE, f"the bytes of voucher {voucher.pk} do not fit their digest"),
    }
    assert triggers.VOUCHER.columns == digests.VOUCHER
