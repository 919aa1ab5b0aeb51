/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is made of single lines and headers: refusals, capabilities, timestamps, lists, digests. */
#include "pop3-apop.h"
#include "pop3-capabilities.h"
#include "pop3-digest.h"
#include "pop3-listing.h"
#include "pop3-reply.h"

#include <string.h>

static void
assert_refusal (const char *text, BaseErrorCode code, BaseErrorCode expected)
{
  g_autoptr (GError) error = NULL;

  pop3_reply_set_error (&error, code, "the login", text);
  g_assert_error (error, BASE_ERROR, (int) expected);
  g_assert_cmpstr (base_error_get_reply (error), ==, text);
}

static void
test_refusals (void)
{
  assert_refusal ("[IN-USE] locked", BASE_ERROR_WRONG_PASSWORD, BASE_ERROR_TRY_LATER);
  assert_refusal ("[LOGIN-DELAY] wait", BASE_ERROR_WRONG_PASSWORD, BASE_ERROR_TRY_LATER);
  assert_refusal ("[SYS/TEMP] oops", BASE_ERROR_WRONG_PASSWORD, BASE_ERROR_TRY_LATER);
  assert_refusal ("[sys/temp/disk] oops", BASE_ERROR_WRONG_PASSWORD, BASE_ERROR_TRY_LATER);
  assert_refusal ("[SYS/PERM] gone", BASE_ERROR_WRONG_PASSWORD, BASE_ERROR_LOGIN_REFUSED);
  assert_refusal ("[SYS/PERM] gone", BASE_ERROR_REFUSED, BASE_ERROR_REFUSED);
  assert_refusal ("[AUTH] no", BASE_ERROR_WRONG_PASSWORD, BASE_ERROR_WRONG_PASSWORD);
  assert_refusal ("[SYSTEM] what", BASE_ERROR_WRONG_PASSWORD, BASE_ERROR_WRONG_PASSWORD);
  assert_refusal ("[IN-USE never closed", BASE_ERROR_REFUSED, BASE_ERROR_REFUSED);
  assert_refusal ("", BASE_ERROR_REFUSED, BASE_ERROR_REFUSED);
}

static void
test_capabilities (void)
{
  g_autoptr (Pop3Capabilities) self = pop3_capabilities_new ();

  for (const char *const *line = (const char *const[]) { "top", "UIDL", "SASL plain  SCRAM-SHA-256", "PIPELINING", "EXPIRE 0", "LOGIN-DELAY 900",
                                                         "UTF8 USER", "X-NEW thing", "", " ", NULL }; *line != NULL; line++)
    pop3_capabilities_add_line (self, *line);
  g_assert_true (self->has_top && self->has_uidl && self->has_pipelining && self->has_utf8 && self->expires_at_once);
  g_assert_false (self->has_user || self->has_stls);
  g_assert_cmpuint (self->login_delay, ==, 900);
  g_assert_cmpuint (self->mechanisms->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (self->mechanisms, 0), ==, "PLAIN");
  g_assert_cmpstr (g_ptr_array_index (self->mechanisms, 1), ==, "SCRAM-SHA-256");
  g_assert_null (g_ptr_array_index (self->mechanisms, 2));
}

static void
assert_timestamp (const char *greeting, const char *expected)
{
  g_autofree char *timestamp = pop3_apop_find_timestamp (greeting);

  g_assert_cmpstr (timestamp, ==, expected);
}

static void
test_timestamps (void)
{
  assert_timestamp ("POP3 server ready <1896.697170952@dbc.mtview.ca.us>", "<1896.697170952@dbc.mtview.ca.us>");
  assert_timestamp ("ready", NULL);
  assert_timestamp ("<no-at-sign>", NULL);
  assert_timestamp ("<@b>", NULL);
  assert_timestamp ("<a@>", NULL);
  assert_timestamp ("<a@b", NULL);
  assert_timestamp ("<a@b@c>", NULL);
  assert_timestamp ("<a b@c>", NULL);
  assert_timestamp ("<a\x81\xff@c>", NULL);
  assert_timestamp ("<a\x01@c>", NULL);
}

static void
test_apop_digest (void)
{
  /* RFC 1939 §7 */
  g_autofree char *digest = pop3_apop_digest ("<1896.697170952@dbc.mtview.ca.us>", "tanstaaf");

  g_assert_cmpstr (digest, ==, "c4c9334bac560ecc979e58001b3e22fb");
}

static char *
describe (const char *uidl_lines, const char *list_lines)
{
  g_autoptr (Pop3Listing) self = pop3_listing_new ();
  g_auto (GStrv) uidl = g_strsplit (uidl_lines, "|", -1);
  g_auto (GStrv) list = g_strsplit (list_lines, "|", -1);
  GString *text = g_string_new (NULL);

  for (char **line = uidl; *line != NULL; line++)
    pop3_listing_add_uidl_line (self, *line);
  for (char **line = list; *line != NULL; line++)
    pop3_listing_add_list_line (self, *line);
  pop3_listing_settle (self);
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Pop3ListingEntry *entry = &g_array_index (self->entries, Pop3ListingEntry, i);

      g_string_append_printf (text, "%u %s %" G_GINT64_FORMAT "|", entry->number, entry->uidl != NULL ? entry->uidl : "-", entry->size);
    }
  return g_string_free (text, FALSE);
}

static void
assert_listing (const char *uidl_lines, const char *list_lines, const char *expected)
{
  g_autofree char *text = describe (uidl_lines, list_lines);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_listing (void)
{
  assert_listing ("1 a|2 b", "1 100|2 200", "1 a 100|2 b 200|");
}

static void
test_listing_out_of_order (void)
{
  assert_listing ("3 c|1 a|2 b", "2 200|3 300|1 100", "1 a 100|2 b 200|3 c 300|");
}

static void
test_listing_that_disagrees (void)
{
  assert_listing ("1 a|2 b", "2 200|3 300", "1 a -1|2 b 200|3 - 300|");
}

static void
test_listing_contradicting_itself (void)
{
  assert_listing ("1 a|1 b|1 a|2 c|2 c", "1 100|1 999", "1 - 100|2 c -1|");
}

static void
test_listing_with_nonsense (void)
{
  assert_listing ("0 a|-1 b|x|99999999999999999999 c||5|6 a\x01z|7 \xc3\xa4|8 a b|  9\tq  ", "1 -5|2 99999999999999999999999|3 x|4",
                  "1 - -1|2 - 9223372036854775807|3 - -1|4 - -1|5 - -1|6 - -1|7 - -1|8 - -1|9 q -1|");
}

static Pop3Digest
digest_of (const char *text)
{
  g_autoptr (GBytes) source = g_bytes_new_static (text, strlen (text));
  Pop3Digest digest;

  pop3_digest_headers (source, &digest);
  return digest;
}

static gboolean
are_equal (const char *a, const char *b)
{
  Pop3Digest first = digest_of (a), second = digest_of (b);

  return memcmp (first.bytes, second.bytes, POP3_DIGEST_SIZE) == 0;
}

static void
test_digests (void)
{
  const char *headers = "Message-ID: <a@b>\r\nSubject: x\r\n y\r\n\r\n";

  g_assert_true (are_equal (headers, "Message-ID: <a@b>\r\nSubject: x\r\n y\r\n\r\nbody"));
  g_assert_true (are_equal (headers, "Message-ID: <a@b>\r\nSubject: x\r\n y\r\n"));
  g_assert_true (are_equal (headers, "Message-ID: <a@b>\nSubject: x\n y\n\n"));
  g_assert_true (are_equal (headers, "Message-ID: <a@b>\r\nSubject: x\r\n y\r\nStatus: RO\r\nX-UIDL: 1\r\n 2\r\n\r\n"));
  g_assert_false (are_equal (headers, "Message-ID: <a@b>\r\nSubject: x\r\n z\r\n\r\n"));
  g_assert_false (are_equal (headers, "Message-ID: <a@b>\r\nSubject: x\r\n\r\n y\r\n"));
  g_assert_true (digest_of (headers).is_strong);
  g_assert_true (digest_of ("received : by me\r\n\r\n").is_strong);
  g_assert_false (digest_of ("Subject: x\r\n\r\nMessage-ID: <a@b>\r\n").is_strong);
}

static void
test_message_ids (void)
{
  g_autoptr (GBytes) folded = g_bytes_new_static ("A: b\r\nmessage-id:\r\n  <a@b> \r\nC: d\r\n", 34);
  g_autoptr (GBytes) none = g_bytes_new_static ("A: b\r\n\r\nMessage-ID: <a@b>\r\n", 27);
  g_autofree char *id = pop3_digest_dup_message_id (folded);

  g_assert_cmpstr (id, ==, "<a@b>");
  g_assert_null (pop3_digest_dup_message_id (none));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pop3/reply/response-codes-choose-the-error", test_refusals);
  g_test_add_func ("/pop3/capabilities/lines", test_capabilities);
  g_test_add_func ("/pop3/apop/only-well-formed-timestamps-count", test_timestamps);
  g_test_add_func ("/pop3/apop/rfc-1939-example", test_apop_digest);
  g_test_add_func ("/pop3/listing/both-answers-are-put-together", test_listing);
  g_test_add_func ("/pop3/listing/out-of-order", test_listing_out_of_order);
  g_test_add_func ("/pop3/listing/answers-that-disagree/keep-every-message", test_listing_that_disagrees);
  g_test_add_func ("/pop3/listing/two-names-for-one-number/is-no-name", test_listing_contradicting_itself);
  g_test_add_func ("/pop3/listing/nonsense-is-passed-over", test_listing_with_nonsense);
  g_test_add_func ("/pop3/digest/counts-what-servers-do-not-write", test_digests);
  g_test_add_func ("/pop3/digest/message-id", test_message_ids);
  return g_test_run ();
}
