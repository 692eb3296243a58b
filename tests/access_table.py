"""The access table that tests/test_access.py walks: how to ask for each route, and what each role gets."""

ADMIN = (
    "certificate",
    "cohort",
    "learner",
    "company",
    "cluster",
    "clustermembership",
    "topic",
    "readiness_topic",
    "readiness_question",
    "readiness_publish",
    "readiness_publish_now",
    "wagtailusers_users",
    "seatagreement",
    "landfall_decide_message",
    "wagtaildocs",
    "import_companies",
    "import_companies_template",
)
"""Route names and namespaces of the editors' part, whose lists are not divided by company."""

PK = {
    "accounts:withdraw": "invitation",
    "accounts:accept_ask": "ask",
    "accounts:decline_ask": "ask",
    "accounts:make_admin": "colleague",
    "accounts:make_member": "colleague",
    "accounts:take_out": "colleague",
    "accounts:choose": "company",
    "courses:enrol": "course",
    # A company's page and its people
    "team:person": "colleague",
    "team:nudge": "colleague",
    "team:reassign": "colleague",
    "accounts:hand_over": "colleague",
    "accounts:remove_domain": "mail_domain",
    "accounts:ask_at_domain": "mail_domain",
    "readiness:report": "report",
    "courses:complete": "lesson",
    # the home and the exact place
    "courses:place": "lesson",
    "cohorts:participation": "participation",
    "certificates:certificate": "certificate",
    "cms:library_entry": "entry",
    "cms:library_preview": "entry",
    "cms:captions": "masterclass",
    "cms:chapters": "masterclass",
    "cms:masterclass_place": "masterclass",
    "events:calendar_file": "event",
    # Events: the pages of those who come
    "events:event": "event",
    "events:register": "event",
    # being there, and afterwards
    "events:check_in": "event",
    "events:check_in_code": "event",
    "events:attendance": "event",
    "events:mark_all": "event",
    "events:finish": "event",
    "events:meeting_list": "event",
    "events:record_list": "event",
    "events:feedback": "event",
    "events:feedback_results": "event",
    "events:feedback_csv": "event",
    "events:feedback_questions": "event",
    # Learning paths
    "paths:adjust": "company",
    "paths:people": "path_step",
    "paths:take": "path_step",
    # Arranging events
    **{f"events:{view}": "event" for view in ("edit", "move_event", "confirm_event", "cancel_event", "notes", "agree")},
    # Evidence of prior learning
    "evidence:send": "later",
    **{f"evidence:{view}": "evidence" for view in ("one", "answer", "withdraw", "decide")},
    # events: organisers' list
    "events:registrations": "event",
    "events:message": "event",
    "events:registrations_csv": "event",
    "events:registrations_xlsx": "event",
}
"""Routes that take only the `pk` of something of the world."""

TAKES: dict[str, dict[str, str]] = {
    **{route: {"pk": what} for route, what in PK.items()},
    **{
        f"{namespace}:{view}": {"pk": what}
        for namespace, what in [
            ("certificate", "certificate"),
            ("cohort", "cohort"),
            ("company", "company"),
            ("cluster", "cluster"),
            ("clustermembership", "clustermembership"),
            ("topic", "topic"),
            ("readiness_topic", "readiness_topic"),
            ("readiness_question", "readiness_question"),
            ("wagtailusers_users", "person"),
            ("seatagreement", "seatagreement"),
        ]
        for view in ("edit", "delete", "history", "history_results", "usage", "inspect", "copy", "revoke", "reorder")
    },
    "accounts:invitation": {"token": "token"},
    "evidence:file": {"pk": "evidence", "entry": "evidence_entry"},
    "events:join": {"join_key": "join_key"},
    "events:feedback_by_key": {"join_key": "join_key"},
    "courses:course": {"course": "course_slug"},
    "courses:module": {"course": "course_slug", "module": "module_slug"},
    "courses:lesson": {"course": "course_slug", "module": "module_slug", "lesson": "lesson_slug"},
    "courses:quiz": {"pk": "lesson", "key": "quiz"},
    "courses:worksheet": {"pk": "lesson", "key": "sheet"},
    "cms:topic": {"slug": "topic_slug"},
    "readiness:topic": {"key": "readiness_key"},
    "cohorts:cohort": {"slug": "cohort_slug"},
    "cms:topic_feed": {"slug": "talk_topic"},
    "cms:own_feed": {"token": "feed"},
    "cms:own_captions": {"token": "feed", "pk": "masterclass"},
    "cms:own_chapters": {"token": "feed", "pk": "masterclass"},
    "cms:own_recording": {"token": "feed", "pk": "masterclass", "name": "sound.mp3"},
    "cms:masterclass": {"slug": "masterclass_slug"},
    "events:calendar_feed": {"token": "calendar"},
    "cms:webinar": {"slug": "webinar_slug"},
    "landfall_decide_message": {"pk": "message", "decision": "cancel"},
    "wagtaildocs:delete": {"document_id": "entry"},
    "wagtaildocs:document_usage": {"document_id": "entry"},
    # Events: the pages of those who come
    "events:registration": {"pk": "event", "registration": "registration"},
    "events:cancel": {"pk": "event", "registration": "registration"},
    "events:accept_offer": {"pk": "event", "order": "order"},
    "events:decline_offer": {"pk": "event", "order": "order"},
    # Arranging events
    "events:note": {"pk": "event", "note": "note"},
    "events:agreed": {"pk": "event", "item": "action_item"},
    "events:split_order": {"pk": "event", "order": "order"},  # events: organisers' list
    # Profile and privacy: a person's own, which no other role has
    "accounts:end_session": {"reference": "nothing.txt"},
    "mfa_edit_webauthn": {"pk": "999999999"},
    "mfa_remove_webauthn": {"pk": "999999999"},
    # Seats
    "seats:give": {"pk": "seatagreement"},
    "seats:take_back": {"pk": "seatagreement", "person": "person"},
    "seats:move": {"pk": "seatagreement", "person": "person"},
    "media": {"path": "nothing.txt"},
    "document": {"document_id": "999999999", "filename": "nothing.pdf"},
    "wagtailcore_authenticate_with_password": {"page_view_restriction_id": "999999999", "page_id": "999999999"},
}
"""What stands in a route's address: the name of something of the world, or the very word."""

SENDS: dict[str, dict[str, str]] = {
    "accounts:invite": {"email": "new@example.org", "role": "member"},
    "accounts:invite_many": {"text": "new@example.org", "role": "member"},
    "accounts:register": {"company_name": "Third AS", "kind": "company", "country": "SE", "number": ""},
    "accounts:facts": {"name": "New name AS", "kind": "company", "country": "NO"},
    "accounts:profile": {"full_name": "New Name", "language": "en", "time_zone": "Europe/Oslo"},
    "cohorts:participation": {"stage": "admitted"},
    "cms:masterclass_place": {"position": "7"},
    "certificate:revoke": {"reason": "Issued with the wrong name."},
    "readiness:topic": {"market-0-worth": "3", "market-0-version": "0"},
    "courses:quiz": {"token": "8f14e45f-ceea-467f-a9c3-0d1c1b1c1b1c", "answer-q1": "0"},
    # Learning paths
    "paths:adjust": {"do": "order", "ordered": "0", "version": "2"},
    # Arranging events
    "events:move_event": {"days": "1", "sequence": "0"},
    "evidence:send": {"text": "Five years in Boston.", "version": "0"},
    "evidence:answer": {"text": "And three in Houston.", "version": "1"},
    "evidence:decide": {"decision": "accept", "version": "1"},
    "events:cancel_event": {"why": "The speaker is ill."},
    "events:note": {"text": "Who pays?", "version": "1"},
    "events:agree": {"text": "Call the hospital"},
    "events:agreed": {"done": "1"},
    "courses:worksheet": {"text-payer": "The hospital.", "version-payer": "0"},
}
"""What a POST sends, where it has to send something to do anything."""

TABLE = """
# The site                                                anon out  lear admi advi adv2 edit mode owne supe
GET  healthz                                  -           200  200  200  200  200  200  200  200  200  200
GET  readyz                                   -           503  503  503  503  503  503  503  503  503  503
GET  document                                 -           404  404  404  404  404  404  404  404  404  404
GET  media                                    -           404  404  404  404  404  404  404  404  404  404
GET  wagtailcore_authenticate_with_password   -           404  404  404  404  404  404  404  404  404  404
POST wagtailcore_authenticate_with_password   -           404  404  404  404  404  404  404  404  404  404
GET  wagtailcore_login                        -           in   403  403  403  403  403  403  403  403  403
POST wagtailcore_login                        -           in   403  403  403  403  403  403  403  403  403
GET  wagtail_serve                            -           200  200  200  200  200  200  200  200  200  200
POST wagtail_serve                            -           200  200  200  200  200  200  200  200  200  200

# Signing in and one's account                            anon out  lear admi advi adv2 edit mode owne supe
GET  editors_sign_in                          -           in   403  403  403  403  403  403  403  403  403
POST editors_sign_in                          -           in   403  403  403  403  403  403  403  403  403
GET  account_login                            -           200  go   go   go   go   go   go   go   go   go
POST account_login                            -           200  go   go   go   go   go   go   go   go   go
GET  account_logout                           -           go   200  200  200  200  200  200  200  200  200
POST account_logout                           -           go   go   go   go   go   go   go   go   go   go
GET  account_inactive                         -           200  200  200  200  200  200  200  200  200  200
GET  account_signup                           -           200  go   go   go   go   go   go   go   go   go
POST account_signup                           -           200  go   go   go   go   go   go   go   go   go
GET  account_email_verification_sent          -           go   go   go   go   go   go   go   go   go   go
POST account_email_verification_sent          -           go   go   go   go   go   go   go   go   go   go
GET  account_reauthenticate                   -           in   200  200  200  200  200  200  200  200  200
POST account_reauthenticate                   -           in   200  200  200  200  200  200  200  200  200
GET  account_email                            -           in   200  200  200  200  200  200  200  200  200
POST account_email                            -           in   go   go   go   go   go   go   go   go   go
GET  account_change_password                  -           in   200  200  200  200  200  200  200  200  200
POST account_change_password                  -           in   200  200  200  200  200  200  200  200  200
GET  account_set_password                     -           in   go   go   go   go   go   go   go   go   go
POST account_set_password                     -           in   go   go   go   go   go   go   go   go   go
GET  account_reset_password                   -           200  200  200  200  200  200  200  200  200  200
POST account_reset_password                   -           200  200  200  200  200  200  200  200  200  200
GET  account_confirm_password_reset_code      -           go   go   go   go   go   go   go   go   go   go
POST account_confirm_password_reset_code      -           go   go   go   go   go   go   go   go   go   go
GET  account_complete_password_reset          -           go   go   go   go   go   go   go   go   go   go
POST account_complete_password_reset          -           go   go   go   go   go   go   go   go   go   go
GET  readers_sign_in                          -           in   403  403  403  403  403  403  403  403  403
POST readers_sign_in                          -           in   403  403  403  403  403  403  403  403  403

# Lists of companies and of invitations                   anon out  lear admi advi adv2 edit mode owne supe
GET  accounts:invite_many                     -           in   404  404  200  404  404  404  404  404  404
POST accounts:invite_many                     -           in   404  404  200  404  404  404  404  404  404
GET  import_companies                         -           in   in   in   in   in   in   no   no   200  200
POST import_companies                         -           in   in   in   in   in   in   no   no   200  200
GET  import_companies_template                -           in   in   in   in   in   in   no   no   200  200

# The company and oneself                                 anon out  lear admi advi adv2 edit mode owne supe
GET  accounts:register                        -           in   go   go   go   200  200  200  200  200  200
POST accounts:register                        -           in   go   go   go   go   go   go   go   go   go
GET  accounts:facts                           -           in   404  404  200  404  404  404  404  404  404
POST accounts:facts                           -           in   404  404  go   404  404  404  404  404  404
POST accounts:invite                          -           in   404  404  go   404  404  404  404  404  404
POST accounts:withdraw                        own         in   404  404  go   404  404  404  404  404  404
POST accounts:withdraw                        other       in   404  404  404  404  404  404  404  404  404
POST accounts:withdraw                        deleted     in   404  404  404  404  404  404  404  404  404
POST accounts:accept_ask                      own         in   404  404  go   404  404  404  404  404  404
POST accounts:accept_ask                      other       in   404  404  404  404  404  404  404  404  404
POST accounts:accept_ask                      deleted     in   404  404  404  404  404  404  404  404  404
POST accounts:decline_ask                     own         in   404  404  go   404  404  404  404  404  404
POST accounts:decline_ask                     other       in   404  404  404  404  404  404  404  404  404
POST accounts:decline_ask                     deleted     in   404  404  404  404  404  404  404  404  404
POST accounts:make_admin                      own         in   404  404  go   404  404  404  404  404  404
POST accounts:make_admin                      other       in   404  404  404  404  404  404  404  404  404
POST accounts:make_admin                      deleted     in   404  404  404  404  404  404  404  404  404
POST accounts:make_member                     own         in   404  404  go   404  404  404  404  404  404
POST accounts:make_member                     other       in   404  404  404  404  404  404  404  404  404
POST accounts:make_member                     deleted     in   404  404  404  404  404  404  404  404  404
POST accounts:take_out                        own         in   404  404  go   404  404  404  404  404  404
POST accounts:take_out                        other       in   404  404  404  404  404  404  404  404  404
POST accounts:take_out                        deleted     in   404  404  404  404  404  404  404  404  404
POST accounts:choose                          own         in   404  go   go   404  404  404  404  404  404
POST accounts:choose                          other       in   go   404  404  404  404  404  404  404  404
POST accounts:choose                          deleted     in   404  404  404  404  404  404  404  404  404
GET  accounts:invitation                      own         200  200  200  200  200  200  200  200  200  200
GET  accounts:invitation                      other       200  200  200  200  200  200  200  200  200  200
GET  accounts:invitation                      deleted     404  404  404  404  404  404  404  404  404  404
POST accounts:invitation                      own         200  200  200  200  200  200  200  200  200  200
POST accounts:invitation                      other       200  200  200  200  200  200  200  200  200  200
POST accounts:invitation                      deleted     404  404  404  404  404  404  404  404  404  404
GET  accounts:profile                         -           in   200  200  200  200  200  200  200  200  200
POST accounts:profile                         -           in   go   go   go   go   go   go   go   go   go
GET  accounts:dev_mail                        -           404  404  404  404  404  404  404  404  404  404

# A company's page and its people                         anon out  lear admi advi adv2 edit mode owne supe
GET  team:company                             -           in   200  200  200  200  200  200  200  200  200
POST team:nudge_idle                          -           in   404  404  go   404  404  404  404  404  404
GET  team:person                              own         in   404  200  200  404  404  404  404  404  404
GET  team:person                              other       in   200  404  404  404  404  404  404  404  404
GET  team:person                              deleted     in   404  404  404  404  404  404  404  404  404
POST team:nudge                               own         in   404  404  go   404  404  404  404  404  404
POST team:nudge                               other       in   404  404  404  404  404  404  404  404  404
POST team:nudge                               deleted     in   404  404  404  404  404  404  404  404  404
POST team:reassign                            own         in   404  404  200  404  404  404  404  404  404
POST team:reassign                            other       in   404  404  404  404  404  404  404  404  404
POST team:reassign                            deleted     in   404  404  404  404  404  404  404  404  404
GET  accounts:hand_over                       own         in   404  404  200  404  404  404  404  404  404
GET  accounts:hand_over                       other       in   404  404  404  404  404  404  404  404  404
GET  accounts:hand_over                       deleted     in   404  404  404  404  404  404  404  404  404
POST accounts:hand_over                       own         in   404  404  go   404  404  404  404  404  404
POST accounts:hand_over                       other       in   404  404  404  404  404  404  404  404  404
POST accounts:hand_over                       deleted     in   404  404  404  404  404  404  404  404  404
GET  accounts:leave                           -           in   200  200  200  404  404  404  404  404  404
POST accounts:leave                           -           in   go   go   200  404  404  404  404  404  404
GET  accounts:domains                         -           in   404  404  200  404  404  404  404  404  404
POST accounts:domains                         -           in   404  404  200  404  404  404  404  404  404
POST accounts:remove_domain                   own         in   404  404  go   404  404  404  404  404  404
POST accounts:remove_domain                   other       in   404  404  404  404  404  404  404  404  404
POST accounts:remove_domain                   deleted     in   404  404  404  404  404  404  404  404  404
POST accounts:ask_at_domain                   own         in   404  go   404  404  404  404  404  404  404
POST accounts:ask_at_domain                   other       in   go   404  404  404  404  404  404  404  404
POST accounts:ask_at_domain                   deleted     in   404  404  404  404  404  404  404  404  404

# Topics and lists                                        anon out  lear admi advi adv2 edit mode owne supe
GET  cms:topics                               -           200  200  200  200  200  200  200  200  200  200
GET  cms:topic                                own         200  200  200  200  200  200  200  200  200  200
GET  cms:topic                                other       200  200  200  200  200  200  200  200  200  200
GET  cms:topic                                deleted     404  404  404  404  404  404  404  404  404  404
GET  cms:masterclasses                        -           200  200  200  200  200  200  200  200  200  200
GET  cms:library                              -           200  200  200  200  200  200  200  200  200  200
# The calendar of events
GET  cms:events                               -           200  200  200  200  200  200  200  200  200  200
GET  cms:events_month                         -           200  200  200  200  200  200  200  200  200  200
GET  cms:search                               -           200  200  200  200  200  200  200  200  200  200

# The podcast                                             anon out  lear admi advi adv2 edit mode owne supe
GET  robots                                   -           200  200  200  200  200  200  200  200  200  200
GET  sitemap                                  -           200  200  200  200  200  200  200  200  200  200
GET  cms:podcast                              -           200  200  200  200  200  200  200  200  200  200
GET  cms:podcast_feed                         -           200  200  200  200  200  200  200  200  200  200
GET  cms:topic_feed                           own         200  200  200  200  200  200  200  200  200  200
GET  cms:topic_feed                           other       200  200  200  200  200  200  200  200  200  200
GET  cms:topic_feed                           deleted     404  404  404  404  404  404  404  404  404  404
GET  cms:captions                             own         404  404  200  200  200  200  200  200  200  200
GET  cms:captions                             other       404  200  404  404  200  200  200  200  200  200
GET  cms:captions                             deleted     404  404  404  404  404  404  404  404  404  404
GET  cms:chapters                             own         404  404  200  200  200  200  200  200  200  200
GET  cms:chapters                             other       404  200  404  404  200  200  200  200  200  200
GET  cms:chapters                             deleted     404  404  404  404  404  404  404  404  404  404
GET  cms:own_feed                             own         200  200  200  200  200  200  200  200  200  200
GET  cms:own_feed                             other       200  200  200  200  200  200  200  200  200  200
GET  cms:own_feed                             deleted     404  404  404  404  404  404  404  404  404  404
GET  cms:own_captions                         own         200  200  200  200  200  200  200  200  200  200
GET  cms:own_captions                         other       200  200  200  200  200  200  200  200  200  200
GET  cms:own_captions                         deleted     404  404  404  404  404  404  404  404  404  404
GET  cms:own_chapters                         own         200  200  200  200  200  200  200  200  200  200
GET  cms:own_chapters                         other       200  200  200  200  200  200  200  200  200  200
GET  cms:own_chapters                         deleted     404  404  404  404  404  404  404  404  404  404
GET  cms:own_recording                        own         200  200  200  200  200  200  200  200  200  200
GET  cms:own_recording                        other       200  200  200  200  200  200  200  200  200  200
GET  cms:own_recording                        deleted     404  404  404  404  404  404  404  404  404  404
GET  cms:own_podcast                          -           in   200  200  200  200  200  200  200  200  200
POST cms:make_feed_address                    -           in   200  200  200  200  200  200  200  200  200
POST cms:revoke_feed_address                  -           in   go   go   go   go   go   go   go   go   go

# Events: calendars                                       anon out  lear admi advi adv2 edit mode owne supe
GET  events:calendar_file                     own         404  404  200  200  200  200  200  200  200  200
GET  events:calendar_file                     other       404  200  404  404  200  200  200  200  200  200
GET  events:calendar_file                     deleted     404  404  404  404  404  404  404  404  404  404
GET  events:calendar_feed                     own         200  200  200  200  200  200  200  200  200  200
GET  events:calendar_feed                     other       200  200  200  200  200  200  200  200  200  200
GET  events:calendar_feed                     deleted     404  404  404  404  404  404  404  404  404  404
GET  events:own_calendar                      -           in   200  200  200  200  200  200  200  200  200
POST events:make_calendar_address             -           in   200  200  200  200  200  200  200  200  200
POST events:revoke_calendar_address           -           in   go   go   go   go   go   go   go   go   go
# Events: the pages of those who come                     anon out  lear admi advi adv2 edit mode owne supe
GET  events:event                             own         404  404  200  200  200  200  200  200  200  200
GET  events:event                             other       404  200  404  404  200  200  200  200  200  200
GET  events:event                             deleted     404  404  404  404  404  404  404  404  404  404
GET  events:register                          own         in   404  200  200  200  200  200  200  200  200
GET  events:register                          other       in   200  404  404  200  200  200  200  200  200
GET  events:register                          deleted     in   404  404  404  404  404  404  404  404  404
POST events:register                          own         in   404  200  200  200  200  200  200  200  200
POST events:register                          other       in   200  404  404  200  200  200  200  200  200
POST events:register                          deleted     in   404  404  404  404  404  404  404  404  404
GET  events:registration                      own         in   404  200  200  404  404  404  404  404  404
GET  events:registration                      other       in   200  404  404  404  404  404  404  404  404
GET  events:registration                      deleted     in   404  404  404  404  404  404  404  404  404
POST events:registration                      own         in   404  go   go   404  404  404  404  404  404
POST events:registration                      other       in   go   404  404  404  404  404  404  404  404
POST events:registration                      deleted     in   404  404  404  404  404  404  404  404  404
GET  events:cancel                            own         in   404  200  200  404  404  404  404  404  404
GET  events:cancel                            other       in   200  404  404  404  404  404  404  404  404
GET  events:cancel                            deleted     in   404  404  404  404  404  404  404  404  404
POST events:cancel                            own         in   404  go   go   404  404  404  404  404  404
POST events:cancel                            other       in   go   404  404  404  404  404  404  404  404
POST events:cancel                            deleted     in   404  404  404  404  404  404  404  404  404
POST events:accept_offer                      own         in   404  go   go   404  404  404  404  404  404
POST events:accept_offer                      other       in   go   404  404  404  404  404  404  404  404
POST events:accept_offer                      deleted     in   404  404  404  404  404  404  404  404  404
POST events:decline_offer                     own         in   404  go   go   404  404  404  404  404  404
POST events:decline_offer                     other       in   go   404  404  404  404  404  404  404  404
POST events:decline_offer                     deleted     in   404  404  404  404  404  404  404  404  404
GET  events:mine                              -           in   200  200  200  200  200  200  200  200  200

# Courses                                                 anon out  lear admi advi adv2 edit mode owne supe
GET  courses:home                             -           in   200  200  200  200  200  200  200  200  200
GET  courses:catalog                          -           200  200  200  200  200  200  200  200  200  200
GET  courses:course                           own         200  200  200  200  200  200  200  200  200  200
GET  courses:course                           other       200  200  200  200  200  200  200  200  200  200
GET  courses:course                           deleted     404  404  404  404  404  404  404  404  404  404
GET  courses:module                           own         go   go   go   go   go   go   go   go   go   go
GET  courses:module                           other       go   go   go   go   go   go   go   go   go   go
GET  courses:module                           deleted     404  404  404  404  404  404  404  404  404  404
GET  courses:lesson                           own         200  200  200  200  200  200  200  200  200  200
GET  courses:lesson                           other       200  200  200  200  200  200  200  200  200  200
GET  courses:lesson                           deleted     404  404  404  404  404  404  404  404  404  404
POST courses:enrol                            own         in   go   go   go   go   go   go   go   go   go
POST courses:enrol                            other       in   go   go   go   go   go   go   go   go   go
POST courses:enrol                            deleted     404  404  404  404  404  404  404  404  404  404
POST courses:complete                         own         in   404  go   404  404  404  404  404  404  404
POST courses:complete                         other       in   go   404  404  404  404  404  404  404  404
POST courses:complete                         deleted     404  404  404  404  404  404  404  404  404  404
POST courses:place                            own         404  404  204  404  404  404  404  404  404  404
POST courses:place                            other       404  204  404  404  404  404  404  404  404  404
POST courses:place                            deleted     404  404  404  404  404  404  404  404  404  404
POST courses:quiz                             own         in   404  200  404  404  404  404  404  404  404
POST courses:quiz                             other       in   200  404  404  404  404  404  404  404  404
POST courses:quiz                             deleted     404  404  404  404  404  404  404  404  404  404
POST courses:worksheet                        own         in   404  go   404  404  404  404  404  404  404
POST courses:worksheet                        other       in   go   404  404  404  404  404  404  404  404
POST courses:worksheet                        deleted     404  404  404  404  404  404  404  404  404  404

# Evidence of prior learning                              anon out  lear admi advi adv2 edit mode owne supe
GET  evidence:desk                            -           in   404  404  404  200  200  404  404  200  200
GET  evidence:send                            own         in   200  go   200  200  200  200  200  200  200
GET  evidence:send                            other       in   go   200  200  200  200  200  200  200  200
GET  evidence:send                            deleted     in   404  404  404  404  404  404  404  404  404
POST evidence:send                            own         in   go   go   go   go   go   go   go   go   go
POST evidence:send                            other       in   go   go   go   go   go   go   go   go   go
POST evidence:send                            deleted     in   404  404  404  404  404  404  404  404  404
GET  evidence:one                             own         in   404  200  404  200  404  404  404  200  200
GET  evidence:one                             other       in   200  404  404  404  200  404  404  200  200
GET  evidence:one                             deleted     in   404  404  404  404  404  404  404  404  404
GET  evidence:file                            own         in   404  200  404  200  404  404  404  200  200
GET  evidence:file                            other       in   200  404  404  404  200  404  404  200  200
GET  evidence:file                            deleted     in   404  404  404  404  404  404  404  404  404
POST evidence:answer                          own         in   404  go   404  404  404  404  404  404  404
POST evidence:answer                          other       in   go   404  404  404  404  404  404  404  404
POST evidence:answer                          deleted     in   404  404  404  404  404  404  404  404  404
POST evidence:withdraw                        own         in   404  go   404  404  404  404  404  404  404
POST evidence:withdraw                        other       in   go   404  404  404  404  404  404  404  404
POST evidence:withdraw                        deleted     in   404  404  404  404  404  404  404  404  404
POST evidence:decide                          own         in   404  404  404  go   404  404  404  go   go
POST evidence:decide                          other       in   404  404  404  404  go   404  404  go   go
POST evidence:decide                          deleted     in   404  404  404  404  404  404  404  404  404

# Masterclasses, each for the members of a cluster        anon out  lear admi advi adv2 edit mode owne supe
GET  cms:masterclass                          own         in   404  200  200  200  200  200  200  200  200
GET  cms:masterclass                          other       in   200  404  404  200  200  200  200  200  200
GET  cms:masterclass                          deleted     404  404  404  404  404  404  404  404  404  404
POST cms:masterclass_place                    own         in   404  204  204  204  204  204  204  204  204
POST cms:masterclass_place                    other       in   204  404  404  204  204  204  204  204  204
POST cms:masterclass_place                    deleted     404  404  404  404  404  404  404  404  404  404

# Cohorts                                                 anon out  lear admi advi adv2 edit mode owne supe
GET  cohorts:advisor                          -           in   404  404  404  200  200  404  404  200  200
GET  cohorts:cohort                           own         in   404  200  200  200  404  404  404  200  200
GET  cohorts:cohort                           other       in   200  404  404  404  200  404  404  200  200
GET  cohorts:cohort                           deleted     in   404  404  404  404  404  404  404  404  404
GET  cohorts:participation                    own         in   404  200  200  200  404  404  404  200  200
GET  cohorts:participation                    other       in   200  404  404  404  200  404  404  200  200
GET  cohorts:participation                    deleted     in   404  404  404  404  404  404  404  404  404
POST cohorts:participation                    own         in   404  404  404  go   404  404  404  404  go
POST cohorts:participation                    other       in   404  404  404  404  go   404  404  404  go
POST cohorts:participation                    deleted     in   404  404  404  404  404  404  404  404  404

# Certificates                                            anon out  lear admi advi adv2 edit mode owne supe
GET  certificates:certificate                 own         200  200  200  200  200  200  200  200  200  200
GET  certificates:certificate                 other       200  200  200  200  200  200  200  200  200  200
GET  certificates:certificate                 deleted     404  404  404  404  404  404  404  404  404  404

# Webinars on pages                                       anon out  lear admi advi adv2 edit mode owne supe
GET  cms:webinars                             -           200  200  200  200  200  200  200  200  200  200
GET  cms:webinar                              own         in   404  200  200  200  200  200  200  200  200
GET  cms:webinar                              other       in   200  404  404  200  200  200  200  200  200
GET  cms:webinar                              deleted     404  404  404  404  404  404  404  404  404  404

# The library: an entry for the clusters of one company   anon out  lear admi advi adv2 edit mode owne supe
GET  cms:library_entry                        own         in   404  200  200  200  200  200  200  200  200
GET  cms:library_entry                        other       in   200  404  404  200  200  200  200  200  200
GET  cms:library_entry                        deleted     404  404  404  404  404  404  404  404  404  404
GET  cms:library_preview                      own         404  404  200  200  200  200  200  200  200  200
GET  cms:library_preview                      other       404  200  404  404  200  200  200  200  200  200
GET  cms:library_preview                      deleted     404  404  404  404  404  404  404  404  404  404

# The editors' part                                       anon out  lear admi advi adv2 edit mode owne supe
GET  landfall_messages                        -           in   in   in   in   in   in   no   no   200  200
GET  landfall_messages_results                -           in   in   in   in   in   in   no   no   200  200
GET  landfall_desk_waiting                    -           in   in   in   in   in   in   200  200  no   200
GET  landfall_desk_drafts                     -           in   in   in   in   in   in   200  200  no   200
GET  landfall_desk_not_ready                  -           in   in   in   in   in   in   200  200  no   200
GET  landfall_desk_check_again                -           in   in   in   in   in   in   200  200  no   200
GET  landfall_desk_translations               -           in   in   in   in   in   in   200  200  no   200
GET  landfall_desk_links                      -           in   in   in   in   in   in   200  200  no   200
GET  masterclasses:index                      -           in   in   in   in   in   in   200  200  no   200
GET  masterclasses:index_results              -           in   in   in   in   in   in   200  200  no   200
GET  masterclasses:choose_parent              -           in   in   in   in   in   in   go   go   no   go
POST masterclasses:choose_parent              -           in   in   in   in   in   in   200  200  no   200
POST landfall_decide_message                  own         in   in   in   in   in   in   no   no   no   go
POST landfall_decide_message                  deleted     in   in   in   in   in   in   no   no   no   404
GET  certificate:index                        -           in   in   in   in   in   in   no   200  200  200
GET  certificate:index_results                -           in   in   in   in   in   in   no   200  200  200
GET  certificate:history                      own         in   in   in   in   in   in   no   200  200  200
GET  certificate:history                      deleted     in   in   in   in   in   in   404  404  404  404
GET  certificate:history_results              own         in   in   in   in   in   in   no   200  200  200
GET  certificate:history_results              deleted     in   in   in   in   in   in   404  404  404  404
GET  certificate:inspect                      own         in   in   in   in   in   in   no   200  200  200
GET  certificate:inspect                      deleted     in   in   in   in   in   in   404  404  404  404
GET  certificate:revoke                       own         in   in   in   in   in   in   no   200  no   200
GET  certificate:revoke                       deleted     in   in   in   in   in   in   404  404  404  404
POST certificate:revoke                       own         in   in   in   in   in   in   no   go   no   go
POST certificate:revoke                       deleted     in   in   in   in   in   in   404  404  404  404
GET  cohort:index                             -           in   in   in   in   in   in   no   no   200  200
GET  cohort:index_results                     -           in   in   in   in   in   in   no   no   200  200
GET  cohort:add                               -           in   in   in   in   in   in   no   no   200  200
POST cohort:add                               -           in   in   in   in   in   in   no   no   200  200
GET  cohort:edit                              own         in   in   in   in   in   in   no   no   200  200
GET  cohort:edit                              deleted     in   in   in   in   in   in   no   no   404  404
POST cohort:edit                              own         in   in   in   in   in   in   no   no   200  200
POST cohort:edit                              deleted     in   in   in   in   in   in   no   no   404  404
GET  cohort:delete                            own         in   in   in   in   in   in   no   no   no   200
GET  cohort:delete                            deleted     in   in   in   in   in   in   404  404  404  404
POST cohort:delete                            own         in   in   in   in   in   in   no   no   no   go
POST cohort:delete                            deleted     in   in   in   in   in   in   404  404  404  404
GET  cohort:history                           own         in   in   in   in   in   in   no   no   200  200
GET  cohort:history                           deleted     in   in   in   in   in   in   404  404  404  404
GET  cohort:history_results                   own         in   in   in   in   in   in   no   no   200  200
GET  cohort:history_results                   deleted     in   in   in   in   in   in   404  404  404  404
GET  cohort:usage                             own         in   in   in   in   in   in   no   no   200  200
GET  cohort:usage                             deleted     in   in   in   in   in   in   404  404  404  404
GET  learner:index                            -           in   in   in   in   in   in   no   200  200  200
GET  learner:index_results                    -           in   in   in   in   in   in   no   200  200  200
GET  company:index                            -           in   in   in   in   in   in   no   no   200  200
GET  company:index_results                    -           in   in   in   in   in   in   no   no   200  200
GET  company:add                              -           in   in   in   in   in   in   no   no   200  200
POST company:add                              -           in   in   in   in   in   in   no   no   200  200
GET  company:edit                             own         in   in   in   in   in   in   no   no   no   200
GET  company:edit                             deleted     in   in   in   in   in   in   no   no   no   404
POST company:edit                             own         in   in   in   in   in   in   no   no   no   200
POST company:edit                             deleted     in   in   in   in   in   in   no   no   no   404
GET  company:delete                           own         in   in   in   in   in   in   no   no   no   200
GET  company:delete                           deleted     in   in   in   in   in   in   404  404  404  404
POST company:delete                           own         in   in   in   in   in   in   no   no   no   go
POST company:delete                           deleted     in   in   in   in   in   in   404  404  404  404
GET  company:history                          own         in   in   in   in   in   in   no   no   200  200
GET  company:history                          deleted     in   in   in   in   in   in   404  404  404  404
GET  company:history_results                  own         in   in   in   in   in   in   no   no   200  200
GET  company:history_results                  deleted     in   in   in   in   in   in   404  404  404  404
GET  company:usage                            own         in   in   in   in   in   in   no   no   no   200
GET  company:usage                            deleted     in   in   in   in   in   in   404  404  404  404
GET  company:inspect                          own         in   in   in   in   in   in   no   no   200  200
GET  company:inspect                          deleted     in   in   in   in   in   in   404  404  404  404
GET  cluster:index                            -           in   in   in   in   in   in   no   no   200  200
GET  cluster:index_results                    -           in   in   in   in   in   in   no   no   200  200
GET  cluster:add                              -           in   in   in   in   in   in   no   no   no   200
POST cluster:add                              -           in   in   in   in   in   in   no   no   no   200
GET  cluster:edit                             own         in   in   in   in   in   in   no   no   no   200
GET  cluster:edit                             deleted     in   in   in   in   in   in   no   no   no   404
POST cluster:edit                             own         in   in   in   in   in   in   no   no   no   200
POST cluster:edit                             deleted     in   in   in   in   in   in   no   no   no   404
GET  cluster:delete                           own         in   in   in   in   in   in   no   no   no   200
GET  cluster:delete                           deleted     in   in   in   in   in   in   404  404  404  404
POST cluster:delete                           own         in   in   in   in   in   in   no   no   no   go
POST cluster:delete                           deleted     in   in   in   in   in   in   404  404  404  404
GET  cluster:history                          own         in   in   in   in   in   in   no   no   no   200
GET  cluster:history                          deleted     in   in   in   in   in   in   404  404  404  404
GET  cluster:history_results                  own         in   in   in   in   in   in   no   no   no   200
GET  cluster:history_results                  deleted     in   in   in   in   in   in   404  404  404  404
GET  cluster:usage                            own         in   in   in   in   in   in   no   no   no   200
GET  cluster:usage                            deleted     in   in   in   in   in   in   404  404  404  404
GET  clustermembership:index                  -           in   in   in   in   in   in   no   no   200  200
GET  clustermembership:index_results          -           in   in   in   in   in   in   no   no   200  200
GET  clustermembership:add                    -           in   in   in   in   in   in   no   no   no   200
POST clustermembership:add                    -           in   in   in   in   in   in   no   no   no   200
GET  clustermembership:edit                   own         in   in   in   in   in   in   no   no   no   200
GET  clustermembership:edit                   deleted     in   in   in   in   in   in   no   no   no   404
POST clustermembership:edit                   own         in   in   in   in   in   in   no   no   no   200
POST clustermembership:edit                   deleted     in   in   in   in   in   in   no   no   no   404
GET  clustermembership:delete                 own         in   in   in   in   in   in   no   no   no   200
GET  clustermembership:delete                 deleted     in   in   in   in   in   in   404  404  404  404
POST clustermembership:delete                 own         in   in   in   in   in   in   no   no   no   go
POST clustermembership:delete                 deleted     in   in   in   in   in   in   404  404  404  404
GET  clustermembership:history                own         in   in   in   in   in   in   no   no   no   200
GET  clustermembership:history                deleted     in   in   in   in   in   in   404  404  404  404
GET  clustermembership:history_results        own         in   in   in   in   in   in   no   no   no   200
GET  clustermembership:history_results        deleted     in   in   in   in   in   in   404  404  404  404
GET  clustermembership:usage                  own         in   in   in   in   in   in   no   no   no   200
GET  clustermembership:usage                  deleted     in   in   in   in   in   in   404  404  404  404
GET  wagtailusers_users:index                 -           in   in   in   in   in   in   no   no   200  200
GET  wagtailusers_users:index_results         -           in   in   in   in   in   in   no   no   200  200
GET  wagtailusers_users:add                   -           in   in   in   in   in   in   no   no   no   200
POST wagtailusers_users:add                   -           in   in   in   in   in   in   no   no   no   200
GET  wagtailusers_users:edit                  own         in   in   in   in   in   in   no   no   no   200
GET  wagtailusers_users:edit                  deleted     in   in   in   in   in   in   404  404  404  404
POST wagtailusers_users:edit                  own         in   in   in   in   in   in   no   no   no   200
POST wagtailusers_users:edit                  deleted     in   in   in   in   in   in   404  404  404  404
GET  wagtailusers_users:delete                own         in   in   in   in   in   in   no   no   no   200
GET  wagtailusers_users:delete                deleted     in   in   in   in   in   in   404  404  404  404
POST wagtailusers_users:delete                own         in   in   in   in   in   in   no   no   no   go
POST wagtailusers_users:delete                deleted     in   in   in   in   in   in   404  404  404  404
GET  wagtailusers_users:history               own         in   in   in   in   in   in   no   no   no   200
GET  wagtailusers_users:history               deleted     in   in   in   in   in   in   404  404  404  404
GET  wagtailusers_users:history_results       own         in   in   in   in   in   in   no   no   no   200
GET  wagtailusers_users:history_results       deleted     in   in   in   in   in   in   404  404  404  404
GET  wagtailusers_users:usage                 own         in   in   in   in   in   in   no   no   no   200
GET  wagtailusers_users:usage                 deleted     in   in   in   in   in   in   404  404  404  404
GET  wagtailusers_users:copy                  own         in   in   in   in   in   in   no   no   no   200
GET  wagtailusers_users:copy                  deleted     in   in   in   in   in   in   no   no   no   404
POST wagtailusers_users:copy                  own         in   in   in   in   in   in   no   no   no   200
POST wagtailusers_users:copy                  deleted     in   in   in   in   in   in   no   no   no   404

# Topics, in the editors' part                            anon out  lear admi advi adv2 edit mode owne supe
GET  topic:index                              -           in   in   in   in   in   in   200  200  no   200
GET  topic:index_results                      -           in   in   in   in   in   in   200  200  no   200
GET  topic:add                                -           in   in   in   in   in   in   no   200  no   200
POST topic:add                                -           in   in   in   in   in   in   no   200  no   200
GET  topic:edit                               own         in   in   in   in   in   in   no   200  no   200
GET  topic:edit                               deleted     in   in   in   in   in   in   no   404  no   404
POST topic:edit                               own         in   in   in   in   in   in   no   200  no   200
POST topic:edit                               deleted     in   in   in   in   in   in   no   404  no   404
GET  topic:delete                             own         in   in   in   in   in   in   no   no   no   200
GET  topic:delete                             deleted     in   in   in   in   in   in   404  404  404  404
POST topic:delete                             own         in   in   in   in   in   in   no   no   no   go
POST topic:delete                             deleted     in   in   in   in   in   in   404  404  404  404
GET  topic:inspect                            own         in   in   in   in   in   in   200  200  no   200
GET  topic:inspect                            deleted     in   in   in   in   in   in   404  404  404  404
GET  topic:history                            own         in   in   in   in   in   in   no   200  no   200
GET  topic:history                            deleted     in   in   in   in   in   in   404  404  404  404
GET  topic:history_results                    own         in   in   in   in   in   in   no   200  no   200
GET  topic:history_results                    deleted     in   in   in   in   in   in   404  404  404  404
GET  topic:usage                              own         in   in   in   in   in   in   200  200  no   200
GET  topic:usage                              deleted     in   in   in   in   in   in   404  404  404  404
POST topic:reorder                            own         in   in   in   in   in   in   no   200  no   200
POST topic:reorder                            deleted     in   in   in   in   in   in   no   404  no   404
GET  wagtaildocs:index                        -           in   in   in   in   in   in   200  200  no   200
GET  wagtaildocs:index_results                -           in   in   in   in   in   in   200  200  no   200
GET  wagtaildocs:delete                       own         in   in   in   in   in   in   200  200  no   200
GET  wagtaildocs:delete                       deleted     in   in   in   in   in   in   404  404  404  404
POST wagtaildocs:delete                       own         in   in   in   in   in   in   go   go   no   go
POST wagtaildocs:delete                       deleted     in   in   in   in   in   in   404  404  404  404
GET  wagtaildocs:document_usage               own         in   in   in   in   in   in   200  200  no   200
GET  wagtaildocs:document_usage               deleted     in   in   in   in   in   in   404  404  404  404

# Being there, and after an event                        anon out  lear admi advi adv2 edit mode owne supe
GET  events:join                              own       200  200  200  200  200  200  200  200  200  200
GET  events:join                              other     200  200  200  200  200  200  200  200  200  200
GET  events:join                              deleted   404  404  404  404  404  404  404  404  404  404
GET  events:feedback_by_key                   own       200  200  200  200  200  200  200  200  200  200
GET  events:feedback_by_key                   other     200  200  200  200  200  200  200  200  200  200
GET  events:feedback_by_key                   deleted   404  404  404  404  404  404  404  404  404  404
POST events:join                              own       200  200  200  200  200  200  200  200  200  200
POST events:join                              other     200  200  200  200  200  200  200  200  200  200
POST events:join                              deleted   404  404  404  404  404  404  404  404  404  404
POST events:feedback_by_key                   own       200  200  200  200  200  200  200  200  200  200
POST events:feedback_by_key                   other     200  200  200  200  200  200  200  200  200  200
POST events:feedback_by_key                   deleted   404  404  404  404  404  404  404  404  404  404
GET  events:check_in                          own       in   404  200  200  200  200  200  200  200  200
GET  events:check_in                          other     in   200  404  404  200  200  200  200  200  200
GET  events:check_in                          deleted   in   404  404  404  404  404  404  404  404  404
POST events:check_in                          own       in   404  200  200  200  200  200  200  200  200
POST events:check_in                          other     in   200  404  404  200  200  200  200  200  200
POST events:check_in                          deleted   in   404  404  404  404  404  404  404  404  404
GET  events:check_in_code                     own       in   404  404  404  200  404  404  404  200  200
GET  events:check_in_code                     other     in   404  404  404  404  200  404  404  200  200
GET  events:check_in_code                     deleted   in   404  404  404  404  404  404  404  404  404
POST events:check_in_code                     own       in   404  404  404  go   404  404  404  go   go
POST events:check_in_code                     other     in   404  404  404  404  go   404  404  go   go
POST events:check_in_code                     deleted   in   404  404  404  404  404  404  404  404  404
GET  events:attendance                        own       in   404  404  404  200  404  404  404  200  200
GET  events:attendance                        other     in   404  404  404  404  200  404  404  200  200
GET  events:attendance                        deleted   in   404  404  404  404  404  404  404  404  404
POST events:attendance                        own       in   404  404  404  go   404  404  404  go   go
POST events:attendance                        other     in   404  404  404  404  go   404  404  go   go
POST events:attendance                        deleted   in   404  404  404  404  404  404  404  404  404
POST events:mark_all                          own       in   404  404  404  go   404  404  404  go   go
POST events:mark_all                          other     in   404  404  404  404  go   404  404  go   go
POST events:mark_all                          deleted   in   404  404  404  404  404  404  404  404  404
POST events:finish                            own       in   404  404  404  go   404  404  404  go   go
POST events:finish                            other     in   404  404  404  404  go   404  404  go   go
POST events:finish                            deleted   in   404  404  404  404  404  404  404  404  404
POST events:meeting_list                      own       in   404  404  404  200  404  404  404  200  200
POST events:meeting_list                      other     in   404  404  404  404  200  404  404  200  200
POST events:meeting_list                      deleted   in   404  404  404  404  404  404  404  404  404
POST events:record_list                       own       in   404  404  404  go   404  404  404  go   go
POST events:record_list                       other     in   404  404  404  404  go   404  404  go   go
POST events:record_list                       deleted   in   404  404  404  404  404  404  404  404  404
GET  events:feedback                          own       in   404  200  404  404  404  404  404  404  404
GET  events:feedback                          other     in   200  404  404  404  404  404  404  404  404
GET  events:feedback                          deleted   in   404  404  404  404  404  404  404  404  404
POST events:feedback                          own       in   404  200  404  404  404  404  404  404  404
POST events:feedback                          other     in   200  404  404  404  404  404  404  404  404
POST events:feedback                          deleted   in   404  404  404  404  404  404  404  404  404
GET  events:feedback_results                  own       in   404  404  404  200  404  404  404  200  200
GET  events:feedback_results                  other     in   404  404  404  404  200  404  404  200  200
GET  events:feedback_results                  deleted   in   404  404  404  404  404  404  404  404  404
GET  events:feedback_csv                      own       in   404  404  404  200  404  404  404  200  200
GET  events:feedback_csv                      other     in   404  404  404  404  200  404  404  200  200
GET  events:feedback_csv                      deleted   in   404  404  404  404  404  404  404  404  404
POST events:feedback_questions                own       in   404  404  404  200  404  404  404  200  200
POST events:feedback_questions                other     in   404  404  404  404  200  404  404  200  200
POST events:feedback_questions                deleted   in   404  404  404  404  404  404  404  404  404
# Arranging events                                        anon out  lear admi advi adv2 edit mode owne supe
GET  events:organise                          -          in   404  404  404  200  200  200  200  200  200
GET  events:new                               -          in   404  404  404  200  200  200  200  200  200
POST events:new                               -          in   404  404  404  200  200  200  200  200  200
GET  events:edit                              own        in   404  404  404  200  404  404  404  200  200
GET  events:edit                              other      in   404  404  404  404  200  404  404  200  200
GET  events:edit                              deleted    in   404  404  404  404  404  404  404  404  404
POST events:edit                              own        in   404  404  404  200  404  404  404  200  200
POST events:edit                              other      in   404  404  404  404  200  404  404  200  200
POST events:edit                              deleted    in   404  404  404  404  404  404  404  404  404
GET  events:move_event                        own        in   404  404  404  200  404  404  404  200  200
GET  events:move_event                        other      in   404  404  404  404  200  404  404  200  200
GET  events:move_event                        deleted    in   404  404  404  404  404  404  404  404  404
POST events:move_event                        own        in   404  404  404  go   404  404  404  go   go
POST events:move_event                        other      in   404  404  404  404  go   404  404  go   go
POST events:move_event                        deleted    in   404  404  404  404  404  404  404  404  404
GET  events:confirm_event                     own        in   404  404  404  200  404  404  404  200  200
GET  events:confirm_event                     other      in   404  404  404  404  200  404  404  200  200
GET  events:confirm_event                     deleted    in   404  404  404  404  404  404  404  404  404
POST events:confirm_event                     own        in   404  404  404  go   404  404  404  go   go
POST events:confirm_event                     other      in   404  404  404  404  go   404  404  go   go
POST events:confirm_event                     deleted    in   404  404  404  404  404  404  404  404  404
GET  events:cancel_event                      own        in   404  404  404  200  404  404  404  200  200
GET  events:cancel_event                      other      in   404  404  404  404  200  404  404  200  200
GET  events:cancel_event                      deleted    in   404  404  404  404  404  404  404  404  404
POST events:cancel_event                      own        in   404  404  404  go   404  404  404  go   go
POST events:cancel_event                      other      in   404  404  404  404  go   404  404  go   go
POST events:cancel_event                      deleted    in   404  404  404  404  404  404  404  404  404
GET  events:notes                             own        in   404  404  404  200  404  404  404  200  200
GET  events:notes                             other      in   404  404  404  404  200  404  404  200  200
GET  events:notes                             deleted    in   404  404  404  404  404  404  404  404  404
POST events:notes                             own        in   404  404  404  go   404  404  404  go   go
POST events:notes                             other      in   404  404  404  404  go   404  404  go   go
POST events:notes                             deleted    in   404  404  404  404  404  404  404  404  404
POST events:note                              own        in   404  404  404  go   404  404  404  go   go
POST events:note                              other      in   404  404  404  404  go   404  404  go   go
POST events:note                              deleted    in   404  404  404  404  404  404  404  404  404
POST events:agree                             own        in   404  404  404  go   404  404  404  go   go
POST events:agree                             other      in   404  404  404  404  go   404  404  go   go
POST events:agree                             deleted    in   404  404  404  404  404  404  404  404  404
POST events:agreed                            own        in   404  404  404  go   404  404  404  go   go
POST events:agreed                            other      in   404  404  404  404  go   404  404  go   go
POST events:agreed                            deleted    in   404  404  404  404  404  404  404  404  404
# Events: the organisers' list
GET  events:registrations                     own         in   404  404  404  200  404  404  404  200  200
GET  events:registrations                     other       in   404  404  404  404  200  404  404  200  200
GET  events:registrations                     deleted     in   404  404  404  404  404  404  404  404  404
POST events:registrations                     own         in   404  404  404  200  404  404  404  200  200
POST events:registrations                     other       in   404  404  404  404  200  404  404  200  200
POST events:registrations                     deleted     in   404  404  404  404  404  404  404  404  404
GET  events:message                           own         in   404  404  404  200  404  404  404  200  200
GET  events:message                           other       in   404  404  404  404  200  404  404  200  200
GET  events:message                           deleted     in   404  404  404  404  404  404  404  404  404
POST events:message                           own         in   404  404  404  200  404  404  404  200  200
POST events:message                           other       in   404  404  404  404  200  404  404  200  200
POST events:message                           deleted     in   404  404  404  404  404  404  404  404  404
GET  events:registrations_csv                 own         in   404  404  404  200  404  404  404  200  200
GET  events:registrations_csv                 other       in   404  404  404  404  200  404  404  200  200
GET  events:registrations_csv                 deleted     in   404  404  404  404  404  404  404  404  404
GET  events:registrations_xlsx                own         in   404  404  404  200  404  404  404  200  200
GET  events:registrations_xlsx                other       in   404  404  404  404  200  404  404  200  200
GET  events:registrations_xlsx                deleted     in   404  404  404  404  404  404  404  404  404
POST events:split_order                       own         in   404  404  404  go   404  404  404  go   go
POST events:split_order                       other       in   404  404  404  404  go   404  404  go   go
POST events:split_order                       deleted     in   404  404  404  404  404  404  404  404  404
# Seats                                                   anon out  lear admi advi adv2 edit mode owne supe
GET  seats:seats                              -           in   200  200  200  404  404  404  404  404  404
POST seats:give                               own         in   404  404  200  404  404  404  404  404  404
POST seats:give                               other       in   404  404  404  404  404  404  404  404  404
POST seats:give                               deleted     in   404  404  404  404  404  404  404  404  404
POST seats:take_back                          own         in   404  404  go   404  404  404  404  404  404
POST seats:take_back                          other       in   404  404  404  404  404  404  404  404  404
POST seats:take_back                          deleted     in   404  404  404  404  404  404  404  404  404
GET  seats:move                               own         in   404  404  200  404  404  404  404  404  404
GET  seats:move                               other       in   404  404  404  404  404  404  404  404  404
GET  seats:move                               deleted     in   404  404  404  404  404  404  404  404  404
POST seats:move                               own         in   404  404  200  404  404  404  404  404  404
POST seats:move                               other       in   404  404  404  404  404  404  404  404  404
POST seats:move                               deleted     in   404  404  404  404  404  404  404  404  404
GET  seatagreement:index                      -           in   in   in   in   in   in   no   no   200  200
GET  seatagreement:index_results              -           in   in   in   in   in   in   no   no   200  200
GET  seatagreement:add                        -           in   in   in   in   in   in   no   no   200  200
POST seatagreement:add                        -           in   in   in   in   in   in   no   no   200  200
GET  seatagreement:edit                       own         in   in   in   in   in   in   no   no   200  200
GET  seatagreement:edit                       deleted     in   in   in   in   in   in   no   no   404  404
POST seatagreement:edit                       own         in   in   in   in   in   in   no   no   200  200
POST seatagreement:edit                       deleted     in   in   in   in   in   in   no   no   404  404
GET  seatagreement:delete                     own         in   in   in   in   in   in   no   no   200  200
GET  seatagreement:delete                     deleted     in   in   in   in   in   in   404  404  404  404
POST seatagreement:delete                     own         in   in   in   in   in   in   no   no   go   go
POST seatagreement:delete                     deleted     in   in   in   in   in   in   404  404  404  404
GET  seatagreement:history                    own         in   in   in   in   in   in   no   no   200  200
GET  seatagreement:history                    deleted     in   in   in   in   in   in   404  404  404  404
GET  seatagreement:history_results            own         in   in   in   in   in   in   no   no   200  200
GET  seatagreement:history_results            deleted     in   in   in   in   in   in   404  404  404  404
GET  seatagreement:usage                      own         in   in   in   in   in   in   no   no   200  200
GET  seatagreement:usage                      deleted     in   in   in   in   in   in   404  404  404  404
# Readiness                                               anon out  lear admi advi adv2 edit mode owne supe
GET  readiness:overview                       -           in   200  200  200  200  200  200  200  200  200
POST readiness:start                          -           in   go   go   go   404  404  404  404  404  404
GET  readiness:topic                          own         in   200  200  200  404  404  404  404  404  404
GET  readiness:topic                          other       in   200  200  200  404  404  404  404  404  404
GET  readiness:topic                          deleted     in   404  404  404  404  404  404  404  404  404
POST readiness:topic                          own         in   go   go   go   404  404  404  404  404  404
POST readiness:topic                          other       in   go   go   go   404  404  404  404  404  404
POST readiness:topic                          deleted     in   404  404  404  404  404  404  404  404  404
POST readiness:finish                         -           in   go   go   go   404  404  404  404  404  404
GET  readiness:report                         own         in   404  200  200  404  404  404  404  404  404
GET  readiness:report                         other       in   200  404  404  404  404  404  404  404  404
GET  readiness:report                         deleted     in   404  404  404  404  404  404  404  404  404
# Learning paths                                          anon out  lear admi advi adv2 edit mode owne supe
GET  paths:path                               -           in   200  200  200  200  200  200  200  200  200
POST paths:suggestion                         -           in   404  404  go   404  404  404  404  404  404
GET  paths:people                             own         in   404  404  200  404  404  404  404  404  404
GET  paths:people                             other       in   404  404  404  404  404  404  404  404  404
GET  paths:people                             deleted     in   404  404  404  404  404  404  404  404  404
POST paths:people                             own         in   404  404  go   404  404  404  404  404  404
POST paths:people                             other       in   404  404  404  404  404  404  404  404  404
POST paths:people                             deleted     in   404  404  404  404  404  404  404  404  404
POST paths:take                               own         in   404  go   go   404  404  404  404  404  404
POST paths:take                               other       in   go   404  404  404  404  404  404  404  404
POST paths:take                               deleted     in   404  404  404  404  404  404  404  404  404
GET  paths:adjust                             own         in   404  404  404  200  404  404  404  404  200
GET  paths:adjust                             other       in   404  404  404  404  200  404  404  404  200
GET  paths:adjust                             deleted     in   404  404  404  404  404  404  404  404  404
POST paths:adjust                             own         in   404  404  404  go   404  404  404  404  go
POST paths:adjust                             other       in   404  404  404  404  go   404  404  404  go
POST paths:adjust                             deleted     in   404  404  404  404  404  404  404  404  404

# The questionnaire, in the editors' part                 anon out  lear admi advi adv2 edit mode owne supe
GET  readiness_publish                        -           in   in   in   in   in   in   no   200  no   200
POST readiness_publish                        -           in   in   in   in   in   in   no   200  no   200
POST readiness_publish_now                    -           in   in   in   in   in   in   no   go   no   go
GET  readiness_question:index                 -           in   in   in   in   in   in   200  200  no   200
GET  readiness_question:index_results         -           in   in   in   in   in   in   200  200  no   200
GET  readiness_question:add                   -           in   in   in   in   in   in   200  200  no   200
POST readiness_question:add                   -           in   in   in   in   in   in   200  200  no   200
GET  readiness_question:edit                  own         in   in   in   in   in   in   200  200  no   200
GET  readiness_question:edit                  deleted     in   in   in   in   in   in   404  404  no   404
POST readiness_question:edit                  own         in   in   in   in   in   in   200  200  no   200
POST readiness_question:edit                  deleted     in   in   in   in   in   in   404  404  no   404
GET  readiness_question:delete                own         in   in   in   in   in   in   no   no   no   200
GET  readiness_question:delete                deleted     in   in   in   in   in   in   404  404  404  404
POST readiness_question:delete                own         in   in   in   in   in   in   no   no   no   go
POST readiness_question:delete                deleted     in   in   in   in   in   in   404  404  404  404
GET  readiness_question:history               own         in   in   in   in   in   in   200  200  no   200
GET  readiness_question:history               deleted     in   in   in   in   in   in   404  404  404  404
GET  readiness_question:history_results       own         in   in   in   in   in   in   200  200  no   200
GET  readiness_question:history_results       deleted     in   in   in   in   in   in   404  404  404  404
GET  readiness_question:usage                 own         in   in   in   in   in   in   200  200  no   200
GET  readiness_question:usage                 deleted     in   in   in   in   in   in   404  404  404  404
GET  readiness_topic:index                    -           in   in   in   in   in   in   200  200  no   200
GET  readiness_topic:index_results            -           in   in   in   in   in   in   200  200  no   200
GET  readiness_topic:add                      -           in   in   in   in   in   in   200  200  no   200
POST readiness_topic:add                      -           in   in   in   in   in   in   200  200  no   200
GET  readiness_topic:edit                     own         in   in   in   in   in   in   200  200  no   200
GET  readiness_topic:edit                     deleted     in   in   in   in   in   in   404  404  no   404
POST readiness_topic:edit                     own         in   in   in   in   in   in   200  200  no   200
POST readiness_topic:edit                     deleted     in   in   in   in   in   in   404  404  no   404
GET  readiness_topic:delete                   own         in   in   in   in   in   in   no   no   no   200
GET  readiness_topic:delete                   deleted     in   in   in   in   in   in   404  404  404  404
POST readiness_topic:delete                   own         in   in   in   in   in   in   no   no   no   go
POST readiness_topic:delete                   deleted     in   in   in   in   in   in   404  404  404  404
GET  readiness_topic:history                  own         in   in   in   in   in   in   200  200  no   200
GET  readiness_topic:history                  deleted     in   in   in   in   in   in   404  404  404  404
GET  readiness_topic:history_results          own         in   in   in   in   in   in   200  200  no   200
GET  readiness_topic:history_results          deleted     in   in   in   in   in   in   404  404  404  404
GET  readiness_topic:usage                    own         in   in   in   in   in   in   200  200  no   200
GET  readiness_topic:usage                    deleted     in   in   in   in   in   in   404  404  404  404
POST readiness_topic:reorder                  own         in   in   in   in   in   in   200  200  no   200
POST readiness_topic:reorder                  deleted     in   in   in   in   in   in   404  404  no   404
# Profile and privacy                                     anon out  lear admi advi adv2 edit mode owne supe
GET  mfa_authenticate                         -          go   go   go   go   go   go   go   go   go   go
POST mfa_authenticate                         -          go   go   go   go   go   go   go   go   go   go
GET  mfa_login_webauthn                       -          go   go   go   go   go   go   go   go   go   go
POST mfa_login_webauthn                       -          go   go   go   go   go   go   go   go   go   go
GET  mfa_reauthenticate                       -          in   go   go   go   go   go   go   go   go   go
POST mfa_reauthenticate                       -          in   go   go   go   go   go   go   go   go   go
GET  mfa_reauthenticate_webauthn              -          in   go   go   go   go   go   go   go   go   go
POST mfa_reauthenticate_webauthn              -          in   go   go   go   go   go   go   go   go   go
GET  mfa_index                                -          in   200  200  200  200  200  200  200  200  200
GET  mfa_activate_totp                        -          in   go   go   go   go   go   go   go   go   go
POST mfa_activate_totp                        -          in   go   go   go   go   go   go   go   go   go
GET  mfa_generate_recovery_codes              -          in   go   go   go   go   go   go   go   go   go
POST mfa_generate_recovery_codes              -          in   go   go   go   go   go   go   go   go   go
GET  mfa_add_webauthn                         -          in   go   go   go   go   go   go   go   go   go
POST mfa_add_webauthn                         -          in   go   go   go   go   go   go   go   go   go
GET  mfa_deactivate_totp                      -          in   404  404  404  404  404  404  404  404  404
POST mfa_deactivate_totp                      -          in   404  404  404  404  404  404  404  404  404
GET  mfa_view_recovery_codes                  -          in   404  404  404  404  404  404  404  404  404
GET  mfa_edit_webauthn                        -          in   go   go   go   go   go   go   go   go   go
POST mfa_edit_webauthn                        -          in   go   go   go   go   go   go   go   go   go
GET  mfa_remove_webauthn                      -          in   go   go   go   go   go   go   go   go   go
POST mfa_remove_webauthn                      -          in   go   go   go   go   go   go   go   go   go
GET  accounts:sessions                        -          in   200  200  200  200  200  200  200  200  200
POST accounts:end_other_sessions              -          in   go   go   go   go   go   go   go   go   go
POST accounts:end_session                     -          in   404  404  404  404  404  404  404  404  404
GET  accounts:own_data                        -          in   200  200  200  200  200  200  200  200  200
POST accounts:download_own_data               -          in   go   go   go   go   go   go   go   go   go
"""
