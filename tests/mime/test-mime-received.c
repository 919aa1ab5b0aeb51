/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When mail was received, by its own trace. */
#include "mime-received.h"
#include "mime-summary.h"

#include <string.h>

#define NOW 1800000000

static void
assert_time (const char *headers, gint64 expected)
{
  g_autoptr (GBytes) source = g_bytes_new_static (headers, strlen (headers));

  g_assert_cmpint (mime_received_get_time (source, NOW), ==, expected);
}

static void
test_topmost_received (void)
{
  assert_time ("Return-Path: <a@b>\r\nreceived: from mx (mx [192.0.2.1])\r\n\tby here (with; a semicolon);\r\n\tTue, 14 Nov 2023 22:13:20 +0000\r\n"
               "Received: from x by y; Mon, 13 Nov 2023 22:13:20 +0000\r\nDate: Sun, 12 Nov 2023 22:13:20 +0000\r\n\r\nx", 1700000000);
}

static void
test_date_where_no_server_said (void)
{
  assert_time ("Subject: x\nDate: Wed, 15 Nov 2023 00:13:20 +0200\n\nReceived: by z; Tue, 14 Nov 2000 22:13:20 +0000\n", 1700000000);
  assert_time ("Received: by a server that says no time\r\nDate: Tue, 14 Nov 2023 22:13:20 +0000\r\n\r\n", 1700000000);
}

static void
test_nonsense (void)
{
  assert_time ("", NOW);
  assert_time ("Subject: x\r\n\r\n", NOW);
  assert_time ("Date: never\r\n\r\n", NOW);
  assert_time ("Date: Thu, 01 Jan 1970 00:00:01 +0000\r\n\r\n", NOW);
  assert_time ("Date", NOW);
  assert_time ("Received:;", NOW);
}

static void
test_future (void)
{
  assert_time ("Date: Tue, 14 Nov 2090 22:13:20 +0000\r\n\r\n", NOW);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mime_init ();
  g_test_add_func ("/mime/received/topmost-trace-field-says-when", test_topmost_received);
  g_test_add_func ("/mime/received/date-where-no-server-said", test_date_where_no_server_said);
  g_test_add_func ("/mime/received/nonsense-is-now", test_nonsense);
  g_test_add_func ("/mime/received/nothing-was-received-in-the-future", test_future);
  return g_test_run ();
}
