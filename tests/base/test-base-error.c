/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every code has its word; what travels with an error survives copying and is safe to show. */
#include "base-error.h"

#include <string.h>

static void
test_words (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (int code = 0; code < BASE_N_ERRORS; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (BASE_ERROR, code, "x");
      const char *word = base_error_get_word (error);

      g_assert_nonnull (word);
      g_assert_true (g_hash_table_add (seen, (gpointer) word));
      g_assert_cmpuint (strspn (word, "abcdefghijklmnopqrstuvwxyz-"), ==, strlen (word));
    }
}

static void
test_other_domains (void)
{
  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x");
  g_autoptr (GError) other = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_EXISTS, "x");
  g_autoptr (GError) beyond = g_error_new_literal (BASE_ERROR, BASE_N_ERRORS, "x");

  g_assert_cmpstr (base_error_get_word (cancelled), ==, "cancelled");
  g_assert_cmpstr (base_error_get_word (other), ==, "failed");
  g_assert_cmpstr (base_error_get_word (beyond), ==, "failed");
  g_assert_cmpstr (base_error_get_word (NULL), ==, "failed");
  base_error_set_reply (other, "y");
  base_error_set_server (NULL, "h", 1, "tls");
  g_assert_null (base_error_get_reply (other));
  g_assert_cmpuint (base_error_get_port (NULL), ==, 0);
}

static void
test_copy (void)
{
  g_autoptr (GError) error = g_error_new_literal (BASE_ERROR, BASE_ERROR_CERTIFICATE, "x");
  g_autoptr (GError) copy = NULL;

  base_error_set_server (error, "inner", 995, "tls");
  base_error_set_server (error, "outer", 110, "plaintext");
  base_error_set_reply (error, "no");
  base_error_set_certificate (error, "PEM", "one\ntwo");
  copy = g_error_copy (error);
  g_clear_error (&error);
  g_assert_cmpstr (base_error_get_host (copy), ==, "inner");
  g_assert_cmpuint (base_error_get_port (copy), ==, 995);
  g_assert_cmpstr (base_error_get_security (copy), ==, "tls");
  g_assert_cmpstr (base_error_get_reply (copy), ==, "no");
  g_assert_cmpstr (base_error_get_certificate (copy), ==, "PEM");
  g_assert_cmpstr (base_error_get_certificate_problems (copy), ==, "one\ntwo");
}

static void
test_reply (void)
{
  g_autoptr (GError) error = g_error_new_literal (BASE_ERROR, BASE_ERROR_REFUSED, "x");
  g_autofree char *huge = g_strnfill (100000, 'a');

  base_error_set_reply (error, "one\r\ntwo \033[31mred\xff \342\200\256turned\302\233");
  g_assert_cmpstr (base_error_get_reply (error), ==, "one \ntwo  [31mred\357\277\275 turned ");
  base_error_set_reply (error, huge);
  g_assert_cmpuint (strlen (base_error_get_reply (error)), ==, 1000);
}

static void
test_temporary (void)
{
  g_autoptr (GError) busy = g_error_new_literal (BASE_ERROR, BASE_ERROR_TRY_LATER, "x");
  g_autoptr (GError) wrong = g_error_new_literal (BASE_ERROR, BASE_ERROR_WRONG_PASSWORD, "x");
  g_autoptr (GError) attack = g_error_new_literal (BASE_ERROR, BASE_ERROR_ATTACK, "x");

  g_assert_true (base_error_is_temporary (busy));
  g_assert_false (base_error_is_temporary (wrong));
  g_assert_false (base_error_is_temporary (attack));
  g_assert_false (base_error_is_temporary (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/error/every-code/has-a-word-of-its-own", test_words);
  g_test_add_func ("/base/error/other-domains/have-words-and-carry-nothing", test_other_domains);
  g_test_add_func ("/base/error/copy/carries-everything", test_copy);
  g_test_add_func ("/base/error/reply/is-short-and-safe-to-show", test_reply);
  g_test_add_func ("/base/error/temporary/is-what-may-pass-by-itself", test_temporary);
  return g_test_run ();
}
