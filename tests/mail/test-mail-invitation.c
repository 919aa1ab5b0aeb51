/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail-invitation.h"

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
  g_assert_cmpstr (found->answer, ==, "Tom:ACCEPTED");
}

static void
test_cancelled (void)
{
  g_autoptr (MailInvitation) found = parse_event ("DTSTART:20261123T090000Z\nSTATUS:CANCELLED");

  g_assert_cmpint (found->kind, ==, MAIL_INVITATION_CANCEL);
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
  g_test_add_func ("/mail/invitation/what-was-cancelled/says-so", test_cancelled);
  g_test_add_func ("/mail/invitation/without-a-beginning/is-none", test_nothing);
  g_test_add_func ("/mail/invitation/cut-anywhere/harms-nobody", test_cut);
  return g_test_run ();
}
