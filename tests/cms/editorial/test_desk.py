"""The editors' front page: what each panel shows, to whom, and that a long list costs no more than a short one."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, Page

from cms.editorial import selectors
from cms.editorial.panels import (
    PANELS,
    BrokenLinks,
    CheckAgain,
    MyDrafts,
    NotReady,
    OutdatedTranslations,
    WaitingForMe,
)
from cms.models import Guest, LinkCheck, StandardPage
from courses.models import CoursePage
from lms.accounts import roles
from lms.accounts.models import User
from tests.cms.editorial.conftest import staff
from tests.cms.editorial.test_moderation import submit
from tests.factories.cms import (
    DocumentFactory,
    HomePageFactory,
    StandardPageFactory,
    TopicFactory,
    locale,
    masterclass,
    sound,
)
from tests.factories.courses import make_course

pytestmark = pytest.mark.django_db


def titles(panel: Any, user: User) -> list[str]:
    return [row.title for row in panel().rows(user)]


def front_page(person: User, as_: Any) -> str:
    answer = as_(person).get(reverse("wagtailadmin_home"))
    assert answer.status_code == 200
    return answer.content.decode()


# --- What each shows -------------------------------------------------------------------------------------------------


def test_waiting_for_me_says_who_asked_when_and_what_they_wrote(editor, moderator, other):
    topic, elsewhere = TopicFactory.create(), TopicFactory.create()
    topic.moderators.add(moderator)
    elsewhere.moderators.add(other)
    page = masterclass(topics=[topic], publish=False, title="Mine to decide")
    task_state = submit(page, editor)
    submit(masterclass(topics=[elsewhere], publish=False), editor)
    Comment.objects.create(page=page, user=editor, text="Look at the figure.", contentpath="summary")
    Comment.objects.create(page=page, user=other, text="Not the one who asked.", contentpath="summary")
    (row,) = WaitingForMe().rows(moderator)
    assert (row.title, row.state, row.said) == ("Mine to decide", "Asked by Demo Editor", "Look at the figure.")
    assert row.when == task_state.started_at
    assert row.address == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert WaitingForMe().rows(editor) == []
    task_state.approve(user=moderator)
    assert WaitingForMe().rows(moderator) == []


def test_my_drafts_are_mine_with_their_state_and_the_moderators_words(editor, moderator):
    mine = masterclass(publish=False, title="Begun")
    mine.owner = editor
    mine.save()
    sent_back = masterclass(publish=False, title="Sent back")
    submit(sent_back, editor).reject(user=moderator, comment="Say which ward.")
    waits = masterclass(publish=False, title="Waits")
    submit(waits, editor)
    changed = masterclass(title="Changed")
    changed.save_revision(user=editor)
    masterclass(title="Published").save_revision(user=moderator)
    masterclass(publish=False, title="Somebody else's")
    assert {(row.title, row.state, row.said) for row in MyDrafts().rows(editor)} == {
        ("Begun", "Draft", ""),
        ("Sent back", "Changes asked for", "Say which ward."),
        ("Waits", "Waits for a moderator", ""),
        ("Changed", "Changed, not published", ""),
    }


def test_check_again_has_pages_courses_and_library_by_date(editor):
    today = date(2026, 3, 1)
    masterclass(title="Late", review_by=date(2026, 2, 1))
    masterclass(title="Later", review_by=date(2026, 4, 1))
    masterclass(title="A draft", review_by=date(2026, 2, 1), publish=False)
    course = make_course(1, 1)
    CoursePage.objects.filter(pk=course.pk).update(title="Course", review_by=date(2026, 3, 31))
    DocumentFactory.create(title="Report", review_by=date(2026, 3, 1))
    sound("a.mp3", review_by=date(2026, 3, 1))
    assert [(due.title, due.by.isoformat()) for due in selectors.to_check_again(staff(is_superuser=True), today)] == [
        ("Late", "2026-02-01"),
        ("Report", "2026-03-01"),
        ("Course", "2026-03-31"),
    ]
    assert [due.title for due in selectors.to_check_again(editor, today)] == ["Late", "Report", "Course"]
    assert [CheckAgain().lateness(days) for days in (28, 1, 0, -1, -30)] == [
        "28 days late", "1 day late", "today", "in 1 day", "in 30 days",
    ]  # fmt: skip


def test_captions_missing_reads_the_drafts_themselves(editor):
    masterclass(publish=False, captions="", title="Mute")
    masterclass(publish=False, captions="", transcript="All that was said.", title="Read out")
    guarded = masterclass(publish=False, title="Guarded")
    guarded.guests = [Guest(name="Ida", role="nurse"), Guest(name="Per", role="buyer", consent_on=date(2026, 1, 1))]
    guarded.save_revision()
    live = masterclass(title="Live and well")
    live.captions = ""
    live.save_revision()
    silent = masterclass(publish=False, title="Silent")
    silent.audio = None
    silent.save_revision()
    masterclass(title="Published")
    assert {row.title: row.state for row in NotReady().rows(editor)} == {
        "Mute": "no captions",
        "Guarded": "no consent of Ida",
        "Live and well": "no captions",
        "Silent": "no recording",
    }


def test_a_translation_is_out_of_date_until_it_is_published_after_its_original(editor):
    home = HomePageFactory.create()
    HomePageFactory.create(locale=locale("nb"), translation_key=home.translation_key, slug="hjem")
    page = StandardPageFactory.create(parent=home, title="About")
    page.save_revision().publish()
    norwegian = page.copy_for_translation(locale("nb"))
    assert titles(OutdatedTranslations, editor) == [], "a draft is not out of date: it is a draft"
    norwegian.title = "Om"
    norwegian.save_revision().publish()
    assert titles(OutdatedTranslations, editor) == []
    StandardPage.objects.get(pk=page.pk).save_revision().publish()
    assert titles(OutdatedTranslations, editor) == ["Om"]
    StandardPage.objects.get(pk=norwegian.pk).save_revision().publish()
    assert titles(OutdatedTranslations, editor) == []


def test_a_link_elsewhere_is_broken_when_it_fails_again_a_day_later(editor):
    now = timezone.now()
    facts = {"status": 404, "where": [["Somewhere", "/admin/pages/1/edit/"]]}
    check = LinkCheck.objects.create(url="https://a.example/", failing_since=now, checked_at=now, **facts)
    LinkCheck.objects.create(url="https://fine.example/", status=200, checked_at=now)
    assert BrokenLinks().rows(editor) == []
    LinkCheck.objects.filter(pk=check.pk).update(checked_at=now + timedelta(hours=23))
    assert BrokenLinks().rows(editor) == []
    LinkCheck.objects.filter(pk=check.pk).update(checked_at=now + timedelta(days=1))
    (row,) = BrokenLinks().rows(editor)
    assert (row.title, row.state, row.said) == ("https://a.example/", "not found", "In: Somewhere")
    LinkCheck.objects.create(url="/gone/", is_ours=True, failing_since=now, checked_at=now, **facts)
    assert len(BrokenLinks().rows(editor)) == 2, "ours are certain at once"


# --- To whom ---------------------------------------------------------------------------------------------------------


def test_editors_see_every_panel_in_words_while_there_is_nothing(editor, as_):
    html = front_page(editor, as_)
    for panel in PANELS:
        assert str(panel.heading) in html
        assert str(panel.empty).split(".")[0].replace("“", "“") in html
    assert "Your pages and snippets in a workflow" not in html
    assert "Awaiting your review" not in html


@pytest.mark.parametrize("group", [roles.PROGRAMME_OWNERS])
def test_those_who_work_on_no_pages_see_none_of_it(group, as_):
    html = front_page(staff(group), as_)
    assert "Waiting for me" not in html
    assert "Masterclasses" not in html
    assert as_(staff(group)).get(reverse("landfall_desk_links")).status_code == 302


def test_a_title_with_markup_is_shown_as_it_is(editor, as_):
    page = masterclass(publish=False, title="<script>alert(1)</script>")
    page.save_revision(user=editor)
    html = front_page(editor, as_)
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_eight_rows_and_a_way_to_all_of_them(editor, as_):
    audio = sound()
    for n in range(9):
        masterclass(publish=False, audio=audio, title=f"Draft number {n}").save_revision(user=editor)
    html = front_page(editor, as_)
    drafts = html.split('id="drafts-section"')[1].split("</section>")[0]
    assert drafts.count("Draft number") == 8
    assert "See all 9" in drafts
    answer = as_(editor).get(reverse("landfall_desk_drafts"))
    assert answer.content.decode().count("Draft number") == 9


# --- How much it costs -----------------------------------------------------------------------------------------------


def fill(count: int, editor: User, topic: Any) -> None:
    """Every panel gets `count` rows more."""
    audio, now, today = sound(), timezone.now(), timezone.localdate()
    for _n in range(count):
        page = masterclass(topics=[topic], publish=False, audio=audio, captions="")
        Comment.objects.create(page=page, user=editor, text="Look.", contentpath="summary")
        submit(page, editor)
        masterclass(topics=[topic], audio=audio, review_by=today)
        DocumentFactory.create(review_by=today)
    LinkCheck.objects.bulk_create(
        LinkCheck(url=f"/{LinkCheck.objects.count() + n}/", is_ours=True, status=404, failing_since=now, checked_at=now,
                  where=[["Here", "/admin/"]])
        for n in range(count)
    )  # fmt: skip


def test_no_panel_takes_more_queries_for_more_rows(editor, moderator):
    topic = TopicFactory.create()
    topic.moderators.add(moderator)

    def shown(panel: Any) -> tuple[int, int]:
        request = RequestFactory().get("/admin/")
        request.user = User.objects.get(pk=moderator.pk if panel is WaitingForMe else editor.pk)
        with CaptureQueriesContext(connection) as queries:
            html = panel().render_html({"request": request})
        return len(queries), html.count("desk-title")

    fill(3, editor, topic)
    few = [shown(panel)[0] for panel in PANELS]
    fill(9, editor, topic)
    many = [shown(panel) for panel in PANELS]
    assert [queries for queries, _rows in many] == [min(pair) for pair in zip(few, (q for q, _r in many), strict=True)]
    assert [rows for _queries, rows in many] == [0 if panel is OutdatedTranslations else 8 for panel in PANELS]


def test_the_list_of_masterclasses_says_what_an_editor_looks_for(editor, as_, django_assert_max_num_queries):
    topic = TopicFactory.create(title="Who pays")
    masterclass(topics=[topic], publish=False, captions="", title="Mute one", review_by=date(2026, 5, 17))
    masterclass(title="Another one", level=3)
    client, address = as_(editor), reverse("masterclasses:index")
    html = client.get(address).content.decode()
    for words in ("Mute one", "Who pays", "no captions", "Foundation", "Another one", "Advanced"):
        assert words in html
    found = client.get(address, {"topics": topic.pk}).content.decode()
    assert "Mute one" in found
    assert "Another one" not in found
    for query, there in [
        ({"level": 3}, "Another one"),
        ({"state": "live"}, "Another one"),
        ({"state": "draft"}, "Mute one"),
    ]:
        found = client.get(address, query).content.decode()
        assert [title for title in ("Mute one", "Another one") if title in found] == [there]
    submit(masterclass(publish=False, title="Waits"), editor)
    found = client.get(address, {"state": "review"}).content.decode()
    assert "Waits" in found
    assert "Mute one" not in found
    assert client.get(address, {"topics": "x", "level": "x", "state": "x"}).status_code == 200


def test_the_menu_is_in_the_editors_words(editor, as_):
    html = front_page(editor, as_)
    menu = html[html.index("wagtail-sidebar-props") :] if "wagtail-sidebar-props" in html else html
    places = [menu.find(f'"{word}"') for word in ("Pages", "Masterclasses", "Library")]
    assert -1 not in places
    assert Page.objects.filter(depth=1).exists()
