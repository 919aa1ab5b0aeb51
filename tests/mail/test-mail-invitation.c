/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail-invitation.h"
#include "mail-recurrence.h"

#include <string.h>

#define REQUEST \
  "BEGIN:VCALENDAR\r\nPRODID:-//x//EN\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VTIMEZONE\r\nTZID:W. Europe Standard Time\r\nBEGIN:STANDARD\r\n" \
  "DTSTART:16010101T030000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nORGANIZER;CN=\"Ruiz; Ana\":mailto:ana@example.org\r\n" \
  "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:tom@example.org\r\nSUMMARY;LANGUAGE=en:Quarterly\\, figures\r\n  and cake\r\nLOCATION:Room 1\\nHouse 2\r\n" \
  "DTSTART;TZID=W. Europe Standard Time:20261123T100000\r\nDTEND;TZID=W. Europe Standard Time:20261123T113000\r\nRRULE:FREQ=WEEKLY\r\n" \
  "BEGIN:VALARM\r\nSUMMARY:not this\r\nEND:VALARM\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:nor this\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

static char *
dup_event (const char *lines)
{
  return g_strconcat ("BEGIN:VEVENT\n", lines, "\nEND:VEVENT\n", NULL);
}

static MailInvitation *
parse_event (const char *lines)
{
  g_autofree char *text = dup_event (lines);

  return mail_invitation_parse (text);
}

static void
test_request (void)
{
  g_autoptr (MailInvitation) found = mail_invitation_parse (REQUEST);
  g_autofree char *start = g_date_time_format_iso8601 (found->start);
  g_autofree char *end = g_date_time_format_iso8601 (found->end);

  g_assert_cmpint (found->kind, ==, MAIL_INVITATION_REQUEST);
  g_assert_cmpstr (found->summary, ==, "Quarterly, figures and cake");
  g_assert_cmpstr (found->location, ==, "Room 1 House 2");
  g_assert_cmpstr (found->organizer, ==, "Ruiz; Ana");
  g_assert_cmpstr (start, ==, "2026-11-23T10:00:00+01");
  g_assert_cmpstr (end, ==, "2026-11-23T11:30:00+01");
  g_assert_true (found->repeats);
  g_assert_false (found->is_floating);
}

static void
assert_times (const char *lines, const char *start, const char *end, gboolean is_floating)
{
  g_autoptr (MailInvitation) found = parse_event (lines);
  g_autofree char *first = g_date_time_format (found->start, "%F %R %z");
  g_autofree char *last = found->end ? g_date_time_format (found->end, "%F %R %z") : NULL;

  g_assert_cmpstr (first, ==, start);
  g_assert_cmpstr (last, ==, end);
  g_assert_cmpint (found->is_floating, ==, is_floating);
}

static void
test_times (void)
{
  assert_times ("DTSTART:20261123T090000Z\nDURATION:PT1H30M", "2026-11-23 09:00 +0000", "2026-11-23 10:30 +0000", FALSE);
  assert_times ("DTSTART;TZID=America/New_York:20260701T090000", "2026-07-01 09:00 -0400", NULL, FALSE);
  assert_times ("DTSTART;TZID=/mozilla.org/20070129_1/Europe/Berlin:20260701T090000", "2026-07-01 09:00 +0200", NULL, FALSE);
  assert_times ("DTSTART;TZID=Nowhere/Land:20260701T090000", "2026-07-01 09:00 +0000", NULL, TRUE);
  assert_times ("DTSTART;TZID=../../etc/passwd:20260701T090000", "2026-07-01 09:00 +0000", NULL, TRUE);
  assert_times ("DTSTART:20260701T090000", "2026-07-01 09:00 +0000", NULL, TRUE);
  assert_times ("DTSTART;VALUE=DATE:20261223\nDTEND;VALUE=DATE:20261227", "2026-12-23 00:00 +0000", "2026-12-26 00:00 +0000", FALSE);
  assert_times ("DTSTART:20261123T090000Z\nDTEND:20261122T090000Z", "2026-11-23 09:00 +0000", NULL, FALSE);
  assert_times ("DTSTART:20261123T090000Z\nDURATION:P99999999W", "2026-11-23 09:00 +0000", NULL, FALSE);
}

static void
test_reply (void)
{
  g_autoptr (MailInvitation) found = mail_invitation_parse ("METHOD:REPLY\nBEGIN:VEVENT\nATTENDEE;CN=Tom;PARTSTAT=ACCEPTED:mailto:tom@example.org\n"
                                                            "DTSTART:20261123T090000Z\nEND:VEVENT\n");

  g_assert_cmpint (found->kind, ==, MAIL_INVITATION_REPLY);
  g_assert_cmpuint (found->attendees->len, ==, 1);
  g_assert_cmpstr (((MailAttendee *) found->attendees->pdata[0])->name, ==, "Tom");
  g_assert_cmpint (((MailAttendee *) found->attendees->pdata[0])->participation, ==, MAIL_PARTICIPATION_ACCEPTED);
}

static void
test_cancelled (void)
{
  g_autoptr (MailInvitation) found = parse_event ("DTSTART:20261123T090000Z\nSTATUS:CANCELLED");

  g_assert_cmpint (found->kind, ==, MAIL_INVITATION_CANCEL);
}

#define ASKING \
  "METHOD:REQUEST\r\nBEGIN:VTIMEZONE\r\nTZID:Here\r\nBEGIN:STANDARD\r\nDTSTART:16010101T030000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n" \
  "BEGIN:VEVENT\r\nUID:abc@x\r\nSEQUENCE:3\r\nRECURRENCE-ID;TZID=Here:20261123T100000\r\nDTSTAMP:20200101T000000Z\r\n" \
  "ORGANIZER;CN=Ana:mailto:ana@example.org\r\nATTENDEE;RSVP=TRUE;CN=\"Berg; Tom\":MAILTO:tom@example.net\r\nATTENDEE:mailto:eve@example.net\r\n" \
  "DTSTART;TZID=Here:20261123T100000\r\nSUMMARY:Cake\r\nDESCRIPTION:long\r\nBEGIN:VALARM\r\nUID:not-this\r\nEND:VALARM\r\nEND:VEVENT\r\n"

static void
test_written_reply (void)
{
  g_autofree char *reply = mail_invitation_write_reply (ASKING, "tom@example.net", MAIL_PARTICIPATION_TENTATIVE, 1795000000);

  g_assert_cmpstr (reply, ==,
                   "BEGIN:VCALENDAR\r\nPRODID:-//Posthorn//EN\r\nVERSION:2.0\r\nMETHOD:REPLY\r\nBEGIN:VTIMEZONE\r\nTZID:Here\r\nBEGIN:STANDARD\r\n"
                   "DTSTART:16010101T030000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\n"
                   "ATTENDEE;CN=\"Berg; Tom\";PARTSTAT=TENTATIVE:MAILTO:tom@example.net\r\nDTSTAMP:20261118T110640Z\r\nUID:abc@x\r\nSEQUENCE:3\r\n"
                   "RECURRENCE-ID;TZID=Here:20261123T100000\r\nORGANIZER;CN=Ana:mailto:ana@example.org\r\nDTSTART;TZID=Here:20261123T100000\r\n"
                   "SUMMARY:Cake\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
}

static void
test_reply_answers (void)
{
  g_autoptr (MailInvitation) asking = mail_invitation_parse (ASKING);
  g_autofree char *text = mail_invitation_write_reply (ASKING, "eve@example.net", MAIL_PARTICIPATION_ACCEPTED, 1795000000);
  g_autoptr (MailInvitation) reply = mail_invitation_parse (text);

  g_assert_true (mail_invitation_answers (reply, asking));
  asking->sequence = 4; /* changed since */
  g_assert_false (mail_invitation_answers (reply, asking));
}

#define OF(uid, organizer, more) \
  "BEGIN:VEVENT\r\nUID:" uid "\r\nORGANIZER:mailto:" organizer "\r\nATTENDEE:mailto:tom@example.net\r\nDTSTART:20261123T100000Z\r\n" more "END:VEVENT\r\n"
#define SERIES "METHOD:REQUEST\r\n" OF ("a", "ana@example.org", "RRULE:FREQ=DAILY\r\nBEGIN:VALARM\r\nEND:VALARM\r\n") \
  OF ("a", "ana@example.org", "RECURRENCE-ID:20261124T100000Z\r\n")

static void
test_several (void)
{
  g_autoptr (MailInvitation) found = mail_invitation_parse (SERIES OF ("b", "ana@example.org", "SUMMARY:Dinner\r\n"));
  const MailInvitation *dinner;

  g_assert_cmpstr (found->rule, ==, "FREQ=DAILY");
  g_assert_cmpuint (found->others->len, ==, 2);
  g_assert_cmpstr (((MailInvitation *) found->others->pdata[0])->instance, ==, "20261124T100000Z");
  dinner = found->others->pdata[1];
  g_assert_cmpstr (dinner->summary, ==, "Dinner");
  g_assert_cmpint (dinner->kind, ==, MAIL_INVITATION_REQUEST);
}

/* All that asks the same person for the same organizer, each once */
static void
test_several_are_answered (void)
{
  g_autofree char *text = mail_invitation_write_reply (SERIES OF ("b", "eve@example.org", "") "BEGIN:VEVENT\r\nUID:c\r\nORGANIZER:mailto:ana@example.org\r\n"
                                                       "ATTENDEE:mailto:max@example.net\r\nDTSTART:20261123T100000Z\r\nEND:VEVENT\r\n",
                                                       "tom@example.net", MAIL_PARTICIPATION_ACCEPTED, 1795000000);
  g_autoptr (MailInvitation) reply = mail_invitation_parse (text);
  g_autoptr (MailInvitation) asking = mail_invitation_parse (SERIES);

  g_assert_cmpuint (reply->others->len, ==, 1);
  g_assert_cmpstr (reply->instance, ==, "");
  g_assert_cmpstr (((MailInvitation *) reply->others->pdata[0])->instance, ==, "20261124T100000Z");
  g_assert_null (strstr (text, "UID:b"));
  g_assert_null (strstr (text, "UID:c"));
  g_assert_true (mail_invitation_answers (reply, asking));
}

static void
test_invited_to_the_second (void)
{
  const char *text = "METHOD:REQUEST\nBEGIN:VEVENT\nUID:a\nORGANIZER:mailto:ana@example.org\nATTENDEE:mailto:max@example.net\nDTSTART:20261123T100000Z\nEND:VEVENT\n"
                     OF ("b", "ana@example.org", "");
  g_autoptr (MailInvitation) asking = mail_invitation_parse (text);
  g_autofree char *written = mail_invitation_write_reply (text, "tom@example.net", MAIL_PARTICIPATION_DECLINED, 1795000000);
  g_autoptr (MailInvitation) reply = mail_invitation_parse (written);

  g_assert_nonnull (mail_invitation_find_attendee (asking, "tom@example.net"));
  g_assert_cmpstr (reply->uid, ==, "b");
  g_assert_true (mail_invitation_answers (reply, asking));
}

static void
test_too_many (void)
{
  g_autoptr (GString) text = g_string_new ("METHOD:REQUEST\r\n");
  g_autoptr (MailInvitation) found = NULL;

  for (guint i = 0; i < 1000; i++)
    g_string_append (text, OF ("a", "ana@example.org", ""));
  found = mail_invitation_parse (text->str);
  g_assert_cmpuint (found->others->len, ==, MAIL_INVITATION_MAX_OTHERS);
}

/* One who was not asked, one who is asked by nobody, one whose lines would become others */
static void
test_no_reply (void)
{
  g_autofree char *published = g_strdup (ASKING);
  g_autofree char *broken = g_strdup (ASKING);

  memcpy (strstr (published, "REQUEST"), "PUBLISH", 7);
  *strstr (broken, "abc@x") = '\r';
  g_assert_null (mail_invitation_write_reply (ASKING, "max@example.net", MAIL_PARTICIPATION_ACCEPTED, 0));
  g_assert_null (mail_invitation_write_reply (published, "tom@example.net", MAIL_PARTICIPATION_ACCEPTED, 0));
  g_assert_null (mail_invitation_write_reply (broken, "tom@example.net", MAIL_PARTICIPATION_ACCEPTED, 0));
}

static void
test_recurrence (void)
{
  static const char *const sayable[] = { "FREQ=DAILY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20271231T225959Z", "FREQ=MONTHLY;BYDAY=-1FR;COUNT=5",
                                         "FREQ=MONTHLY;BYMONTHDAY=15", "FREQ=YEARLY;WKST=SU" };
  static const char *const others[] = { "", "FREQ=HOURLY", "FREQ=MONTHLY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=2MO", "FREQ=YEARLY;BYDAY=MO", "FREQ=DAILY;BYHOUR=3",
                                        "BYDAY=MO", "FREQ=WEEKLY;INTERVAL=0", "FREQ=WEEKLY;BYDAY=XX", "WKST=SU;FREQ=WEEKLY;INTERVAL=2", "FREQ=DAILY;UNTIL=2027" };

  for (gsize i = 0; i < G_N_ELEMENTS (sayable); i++)
    {
      g_autoptr (MailRecurrence) rule = mail_recurrence_parse (sayable[i]);

      g_assert_nonnull (rule);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_null (mail_recurrence_parse (others[i]));
}

static void
test_nothing (void)
{
  static const char *const texts[] = { "", "BEGIN:VEVENT\n", "BEGIN:VTODO\nDTSTART:20261123T090000Z\nEND:VTODO\n", "BEGIN:VEVENT\nDTSTART:2026", "DTSTART:20261123T090000Z",
                                       "BEGIN:VEVENT\nDTSTART:20261399T090000Z\n", "BEGIN:VEVENT\nDTSTART:20261123T99\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_null (mail_invitation_parse (texts[i]));
}

static void
test_cut (void)
{
  for (gsize i = 0; i < strlen (REQUEST); i++)
    {
      g_autofree char *cut = g_strndup (REQUEST, i);
      g_autoptr (MailInvitation) found = mail_invitation_parse (cut);

      if (found)
        g_assert_true (g_utf8_validate (found->summary, -1, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mail/invitation/from-outlook/says-what-when-where", test_request);
  g_test_add_func ("/mail/invitation/times/are-read-in-their-zone", test_times);
  g_test_add_func ("/mail/invitation/an-answer/says-whose", test_reply);
  g_test_add_func ("/mail/invitation/a-reply/says-back-what-it-answers", test_written_reply);
  g_test_add_func ("/mail/invitation/a-reply/is-known-as-its-answer", test_reply_answers);
  g_test_add_func ("/mail/invitation/a-reply/of-nobody-asked-is-none", test_no_reply);
  g_test_add_func ("/mail/invitation/several/are-read-one-by-one", test_several);
  g_test_add_func ("/mail/invitation/several/are-answered-at-once", test_several_are_answered);
  g_test_add_func ("/mail/invitation/several/of-which-the-second-asks-is-answered", test_invited_to_the_second);
  g_test_add_func ("/mail/invitation/several/are-bounded", test_too_many);
  g_test_add_func ("/mail/recurrence/what-a-sentence-cannot-say/is-not-said", test_recurrence);
  g_test_add_func ("/mail/invitation/what-was-cancelled/says-so", test_cancelled);
  g_test_add_func ("/mail/invitation/without-a-beginning/is-none", test_nothing);
  g_test_add_func ("/mail/invitation/cut-anywhere/harms-nobody", test_cut);
  return g_test_run ();
}
