"""A forum's day, played in parts, each at a place of its own: run by ``test_day.py`` as a program.

    python -m tests.exchange.forum_days.day PART

``plan`` prepares a forum at home, ``hold`` holds it on the laptop, ``meanwhile`` is what happens at home on that day,
``later`` is one more evening on the laptop, ``rows`` tells what is there. Each prints JSON.
"""

from __future__ import annotations

import json
import sys
from datetime import time, timedelta
from io import BytesIO
from typing import Any

import django

CODE = "34679"
TITLE = "เวทีคนหน้างาน อำเภอดอยคำ"
STORY = "เราโทรหาคนไข้ก่อนวันนัดหนึ่งวัน แล้วจัดยาไว้เป็นถุงตามลำดับบ้าน"


def plan() -> dict[str, Any]:
    """At home: a forum with a day, two blocks, eight people in two circles, and a steward who can be let in."""
    from allauth.account.models import EmailAddress
    from django.utils import timezone

    from prakai.forums import actions
    from prakai.forums.models import Forum
    from tests.factories.forums import make_forum
    from tests.factories.people import make_person
    from tests.factories.units import make_unit

    hospital = make_unit("โรงพยาบาลดอยคำ")
    ward = make_unit("หอผู้ป่วยดอยคำ", parent=hospital)
    dao = make_person("ดาว", "ใจดี", email="dao@doikham.example", unit=hospital, steward=True)
    EmailAddress(user=dao, email=dao.email, verified=True, primary=True).save()
    nurse = make_person("นภา", "พยาบาล", email="napa@doikham.example", unit=ward)
    make_person("ใครก็ได้", email="other@doikham.example")
    forum = make_forum(dao, hospital, TITLE, announced=False)
    Forum.objects.filter(pk=forum.pk).update(code=CODE)
    day = actions.add_day(forum, timezone.localdate() + timedelta(days=1), by=dao, begins_at=time(8, 30))
    for kind, title in (("opening", "เปิดวง"), ("circle", "วงเล่าเรื่อง"), ("lecture", "บรรยาย")):
        actions.add_block(day, by=dao, kind=kind, minutes=60, title=title)
    actions.announce_forum(forum, by=dao)
    actions.enter_participant(forum, by=dao, name="นภา พยาบาล", unit=ward)
    for number in range(1, 8):
        actions.enter_participant(forum, by=dao, name=f"ผู้ร่วมเวที {number}", phone="081")
    nurse_seat = forum.participants.order_by("pk")[0]
    nurse_seat.person = nurse
    nurse_seat.save()
    laid = actions.lay_circles(forum, by=dao, wished=6)
    actions.show_round(laid, by=dao)
    actions.print_slips(actions.open_review(forum, by=dao), 3, by=dao)
    return {"code": CODE}


def hold() -> dict[str, Any]:
    """On the laptop: the whole day, with what is added, changed, and taken away."""
    from PIL import Image

    from prakai.forums import actions
    from prakai.forums.models import Forum, Spark
    from prakai.kernel.pictures import clean_picture
    from prakai.people.models import Person
    from tests.factories.reviews import make_answer, make_voice, promise_of
    from tests.factories.sparks import make_spark
    from tests.factories.stories import make_nugget, make_story

    forum = Forum.objects.get(code=CODE)
    dao = Person.objects.get(email="dao@doikham.example")
    blocks = list(forum.days.get().blocks.all())
    actions.remove_block(blocks[2], by=dao)
    actions.change_block(blocks[0], by=dao, title="เปิดวงกลางลาน")
    actions.add_block(blocks[0].day, by=dao, kind="sparks", minutes=30, title="ประกายท้ายวัน")
    for participant in forum.participants.order_by("pk")[:6]:
        actions.check_in(participant, by=dao)
    actions.walk_in(forum, by=dao, name="ลุงดำ", unit_words="บ้านดอยคำ")
    actions.change_participant(forum.participants.order_by("pk")[1], by=dao, phone="089 ที่เวที")
    actions.lay_again(forum.rounds.get(), by=dao)
    actions.open_wall(forum, by=dao)
    forum.refresh_from_db()
    sparks = [make_spark(forum, f"ประกายที่ {number}", token=f"phone-{number}") for number in range(20)]
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "green").save(drawn, "PNG")
    drawn.seek(0)
    make_spark(forum, "ป้ายหน้าห้อง", picture=clean_picture(drawn), builds_on=sparks[0])
    make_spark(forum, "ลงชื่อไว้", by=dao, name="ดาว")
    actions.echo_spark(sparks[0], by=None, token="phone-7")
    actions.hide_spark(sparks[1], by=dao, because="ซ้ำ")
    actions.group_sparks(forum, sparks[2:5], by=dao, title="เรื่องยา")
    actions.close_wall(forum, by=dao)
    story = make_story(forum, dao, what_we_did=STORY)
    actions.name_core(forum, "รู้ก่อนมาถึง", by=dao, nuggets=[make_nugget(story, dao, "จัดยาไว้เป็นถุง")])
    make_story(forum, dao, forum.participants.order_by("pk")[0].person, title="เรื่องของนภา")
    actions.withdraw_story(make_story(forum, dao, title="ขอถอน"), by=dao, because="ผู้เล่าขอ")
    review = forum.review
    voice, other = make_voice(review, "นภา"), make_voice(review)
    answer = make_answer(voice, "ได้คุยกับคนหน้างานจริง", named=True)
    make_answer(other, "เวลาน้อยไป", "fell_short")
    actions.make_pattern(review, "ได้คุยกัน", [answer], by=dao, kind="exceeded")
    promise_of(voice)
    first = review.slips.all()[0]
    actions.key_slip(first, by=dao, name="ป้าคำ", words={review.questions.all()[1].pk: "เกินคาด\nได้เพื่อน"})
    actions.begin_phase(review.phases.all()[0], by=dao)
    return {"sparks": Spark.objects.count()}


def meanwhile() -> dict[str, Any]:
    """At home: somebody writes a phone number that the laptop has changed, too, and one that nobody else touches."""
    from prakai.forums import actions
    from prakai.forums.models import Forum
    from prakai.people.models import Person

    forum, dao = Forum.objects.get(code=CODE), Person.objects.get(email="dao@doikham.example")
    seats = list(forum.participants.order_by("pk"))
    actions.change_participant(seats[1], by=dao, phone="02 ที่บ้าน")
    actions.change_participant(seats[2], by=dao, phone="053")
    return {}


def later() -> dict[str, Any]:
    """On the laptop, the same evening: one story more, one answer taken back."""
    from prakai.forums import actions
    from prakai.forums.models import Answer, Forum
    from prakai.people.models import Person

    forum, dao = Forum.objects.get(code=CODE), Person.objects.get(email="dao@doikham.example")
    # The factory counts from one in each process.
    told = {"title": "เล่าตอนเก็บของ", "what_we_did": STORY, "teller_name": "ป้าคำ"}
    actions.record_story(forum, by=dao, client_id="story-evening", **told)
    answer = Answer.objects.get(words="เวลาน้อยไป")
    actions.withdraw_answer(answer, answer.voice, by=None)
    return {}


def rows() -> dict[str, Any]:
    """What is there: how many of each kind, some of what they say, and the lines of the journal about files."""
    from prakai.exchange.forum_days.kinds import KINDS
    from prakai.forums.models import Forum, Spark, Story
    from prakai.journal.models import Entry
    from prakai.people.models import Person

    forum = Forum.objects.filter(code=CODE).first()
    if forum is None:
        return {}
    seats = forum.participants.order_by("registered_at", "pk")
    pictures = [
        spark
        for spark in Spark.objects.exclude(picture="")
        if spark.picture.storage.exists(spark.picture.name)
    ]
    return {
        "counts": {kind.key: kind.rows(forum).count() for kind in KINDS},
        "phones": [seat.phone for seat in seats][1:3],
        "arrived": seats.filter(arrived_at__isnull=False).count(),
        "blocks": [block.title for block in forum.days.get().blocks.all()],
        "circles": [
            sorted(seat.participant.name for seat in circle.placements.all())
            for circle in forum.rounds.get().circles.all()
        ],
        "tellers": sorted((s.title, s.person.public_id if s.person else "") for s in Story.objects.all()),
        "nuggets": [n.core.title for s in forum.stories.all() for n in s.nuggets.all() if n.core],
        "slips": [slip.voice.name if slip.voice else "" for slip in forum.review.slips.order_by("code")],
        "builds_on": [s.builds_on.words for s in forum.sparks.all() if s.builds_on],
        "hidden": forum.sparks.filter(hidden_at__isnull=False).count(),
        "pictures": len(pictures),
        "people": Person.objects.count(),
        "journal": [
            (entry.verb, entry.facts)
            for entry in Entry.objects.filter(verb__in=["forum.brought", "forum.packed"]).order_by("pk")
        ],
        "brought": Entry.objects.filter(verb__in=["spark.brought", "story.brought"]).count(),
    }


if __name__ == "__main__":
    django.setup()
    print(
        json.dumps(
            {"plan": plan, "hold": hold, "meanwhile": meanwhile, "later": later, "rows": rows}[sys.argv[1]]()
        )
    )
