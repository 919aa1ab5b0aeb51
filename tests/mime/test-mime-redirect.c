/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a message is when it is sent on as it is. */
#include "mime-redirect.h"

#include <string.h>

#include "base-error.h"
#include "mime-summary.h"

#define MESSAGE "Received: by mx\r\nFrom: tom@example.org\r\nTo: ana@example.org\r\n\r\nCaf\xe9\r\n"

static GBytes *
redirect (const char *text, const char *to, GError **error)
{
  g_autoptr (GBytes) source = g_bytes_new (text, strlen (text));
  g_autoptr (GPtrArray) list = mail_address_list_parse (to);
  g_autoptr (MailAddress) from = mail_address_new ("Ana Ruiz", "ana@example.org");

  return mime_redirect_new (source, from, list, 1795341600, 60, error);
}

static void
message_stays_byte_for_byte (void)
{
  g_autoptr (GBytes) sent = redirect (MESSAGE, "Eve <eve@example.org>", NULL);
  gsize length;
  const char *data = g_bytes_get_data (sent, &length);

  g_assert_cmpmem (data + length - strlen (MESSAGE), strlen (MESSAGE), MESSAGE, strlen (MESSAGE));
}

static void
block_comes_first_and_says_who (void)
{
  g_autoptr (GBytes) sent = redirect (MESSAGE, "Eve <eve@example.org>", NULL);
  g_autofree char *head = g_strndup (g_bytes_get_data (sent, NULL), g_bytes_get_size (sent) - strlen (MESSAGE));
  g_auto (GStrv) lines = g_strsplit (head, "\r\n", -1);

  g_assert_cmpstr (lines[0], ==, "Resent-Date: Sun, 22 Nov 2026 11:00:00 +0100");
  g_assert_cmpstr (lines[1], ==, "Resent-From: Ana Ruiz <ana@example.org>");
  g_assert_cmpstr (lines[2], ==, "Resent-To: Eve <eve@example.org>");
  g_assert_true (g_str_has_prefix (lines[3], "Resent-Message-ID: <") && g_str_has_suffix (lines[3], "@example.org>"));
  g_assert_cmpstr (lines[4], ==, "");
}

static void
mbox_line_goes (void)
{
  g_autoptr (GBytes) sent = redirect ("From tom Sun Nov 22\n" MESSAGE, "eve@example.org", NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (sent, NULL), g_bytes_get_size (sent));

  g_assert_null (strstr (text, "From tom"));
}

static void
check_refused (const char *to)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (redirect (MESSAGE, to, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_INVALID);
}

static void
nobody_is_refused (void)
{
  check_refused ("");
}

static void
impossible_address_is_refused (void)
{
  check_refused ("eve@example.org, Uncle Bob");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mime_init ();
  g_test_add_func ("/mime/redirect/message/stays-byte-for-byte", message_stays_byte_for_byte);
  g_test_add_func ("/mime/redirect/block/comes-first-and-says-who", block_comes_first_and_says_who);
  g_test_add_func ("/mime/redirect/mbox-line/goes", mbox_line_goes);
  g_test_add_func ("/mime/redirect/nobody/is-refused", nobody_is_refused);
  g_test_add_func ("/mime/redirect/impossible-address/is-refused", impossible_address_is_refused);
  return g_test_run ();
}
