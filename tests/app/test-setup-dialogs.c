/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of the dialogs that ask for a password or about a certificate. */
#include "base-error.h"
#include "screen-test.h"
#include "setup-certificate-dialog.h"
#include "setup-password-dialog.h"
#include "test-certificates.h"

#include <string.h>

#define LONG_NAME "mail.with.a.very.long.name.that.some.administrator.thought.of.one.rainy.day.subdomain.example.org"

typedef struct
{
  Screen screen;
  Account *account;
  GtkWindow *dialog;
} Dialog;

static void
set_up (Dialog *dialog, gconstpointer data)
{
  screen_set_up (&dialog->screen, NULL);
  dialog->account = screen_add_account (&dialog->screen, "Ana Ruiz", "ana@example.org");
}

static void
tear_down (Dialog *dialog, gconstpointer data)
{
  if (dialog->dialog)
    screen_assert_finalized (dialog->dialog);
  screen_tear_down (&dialog->screen, NULL);
}

static gpointer
part (Dialog *dialog, const char *id)
{
  return screen_part (dialog->dialog, G_OBJECT_TYPE (dialog->dialog), id);
}

static void
ask_password (Dialog *dialog)
{
  g_autoptr (GError) why = g_error_new_literal (BASE_ERROR, BASE_ERROR_WRONG_PASSWORD, "no");

  base_error_set_server (why, "pop.example.org", 995, "tls");
  setup_password_dialog_present (dialog->screen.parent, dialog->screen.accounts, dialog->screen.secrets, dialog->screen.engine,
                                 dialog->account, ACCOUNT_INCOMING, why);
  dialog->dialog = screen_find_window ("Password Needed");
  g_assert_nonnull (dialog->dialog);
}

static void
show_certificate (Dialog *dialog, const char *host, TestCertificateKind kind)
{
  g_autoptr (GError) error = g_error_new_literal (BASE_ERROR, BASE_ERROR_CERTIFICATE, "no");

  base_error_set_server (error, host, 995, "tls");
  base_error_set_certificate (error, test_certificate_get_pem (kind), "The certificate expired on 3 February 2020.\nIt is for another server.");
  setup_certificate_dialog_present (dialog->screen.parent, dialog->screen.accounts, dialog->screen.engine, dialog->account,
                                    ACCOUNT_INCOMING, error);
  dialog->dialog = screen_find_window ("Certificate Refused");
  g_assert_nonnull (dialog->dialog);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  *(char **) data = account_secrets_lookup_finish (ACCOUNT_SECRETS (source), result, NULL);
}

static gboolean
is_set (gpointer data)
{
  return *(gpointer *) data != NULL;
}

static gboolean
is_gone (gpointer data)
{
  return screen_find_window (data) == NULL;
}

static void
assert_known_password (Dialog *dialog, const char *expected)
{
  char *password = NULL;

  account_secrets_lookup_async (dialog->screen.secrets, dialog->account, ACCOUNT_INCOMING, NULL, on_found, &password);
  screen_wait (is_set, &password);
  g_assert_cmpstr (password, ==, expected);
  account_secrets_free_password (password);
}

static void
test_password_says_why (Dialog *dialog, gconstpointer data)
{
  const char *why;

  ask_password (dialog);
  why = gtk_label_get_label (part (dialog, "why_label"));
  g_assert_nonnull (strstr (why, "pop.example.org did not accept the password."));
  g_assert_nonnull (strstr (why, "ana@example.org"));
  screen_assert_label (part (dialog, "password_row"), "Password");
  screen_assert_label (part (dialog, "remember_switch"), "Remember");
  g_assert_false (gtk_widget_get_sensitive (part (dialog, "accept_button")));
  screen_picture (dialog->dialog, "setup-password");
}

static void
test_password_asks_once (Dialog *dialog, gconstpointer data)
{
  guint n;

  ask_password (dialog);
  n = g_list_model_get_n_items (gtk_window_get_toplevels ());
  ask_password (dialog);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==, n);
}

static void
test_password_one_account_at_a_time (Dialog *dialog, gconstpointer data)
{
  Account *other = screen_add_account (&dialog->screen, "Tom Berg", "tom@example.net");
  guint n;

  ask_password (dialog);
  n = g_list_model_get_n_items (gtk_window_get_toplevels ());
  setup_password_dialog_present (dialog->screen.parent, dialog->screen.accounts, dialog->screen.secrets, dialog->screen.engine,
                                 other, ACCOUNT_OUTGOING, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==, n);
  gtk_window_close (GTK_WINDOW (dialog->dialog));
  screen_settle ();
  dialog->dialog = screen_find_window ("Password Needed");
  g_assert_nonnull (dialog->dialog);
  g_assert_nonnull (strstr (gtk_label_get_label (part (dialog, "why_label")), "tom@example.net"));
}

static void
test_password_is_kept (Dialog *dialog, gconstpointer data)
{
  ask_password (dialog);
  screen_type (part (dialog, "password_row"), "new secret");
  screen_click (part (dialog, "accept_button"));
  screen_wait (is_gone, (gpointer) "Password Needed");
  dialog->dialog = NULL;
  assert_known_password (dialog, "new secret");
}

static void
test_password_for_this_run (Dialog *dialog, gconstpointer data)
{
  ask_password (dialog);
  gtk_switch_set_active (part (dialog, "remember_switch"), FALSE);
  screen_type (part (dialog, "password_row"), "for now");
  screen_click (part (dialog, "accept_button"));
  screen_wait (is_gone, (gpointer) "Password Needed");
  dialog->dialog = NULL;
  assert_known_password (dialog, "for now");
  account_secrets_remember (dialog->screen.secrets, dialog->account, ACCOUNT_INCOMING, NULL);
}

static void
test_certificate_is_shown (Dialog *dialog, gconstpointer data)
{
  show_certificate (dialog, LONG_NAME, TEST_CERTIFICATE_ALL_WRONG);
  g_assert_nonnull (strstr (gtk_label_get_label (part (dialog, "problems_label")), "expired"));
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (part (dialog, "dates_row")), "2020"));
  g_assert_cmpuint (strlen (adw_action_row_get_subtitle (part (dialog, "fingerprint_row"))), ==, 32 * 3 - 1);
  g_assert_true (gtk_window_get_default_widget (dialog->dialog) == part (dialog, "refuse_button"));
  screen_picture (dialog->dialog, "setup-certificate-long");
}

static void
test_certificate_refused_changes_nothing (Dialog *dialog, gconstpointer data)
{
  show_certificate (dialog, "pop.example.org", TEST_CERTIFICATE_EXPIRED);
  gtk_window_close (dialog->dialog);
  dialog->dialog = NULL;
  screen_settle ();
  g_assert_null (account_get_certificate_exceptions (dialog->account)[0]);
}

static void
test_certificate_trusted_for_host_and_port (Dialog *dialog, gconstpointer data)
{
  g_autofree char *expected = g_strconcat ("pop.example.org:995=", test_certificate_get_fingerprint (TEST_CERTIFICATE_EXPIRED), NULL);

  show_certificate (dialog, "pop.example.org", TEST_CERTIFICATE_EXPIRED);
  screen_click (part (dialog, "trust_button"));
  dialog->dialog = NULL;
  screen_settle ();
  g_assert_cmpstr (account_get_certificate_exceptions (dialog->account)[0], ==, expected);
  g_assert_null (account_get_certificate_exceptions (dialog->account)[1]);
}

#define TEST(path, function) g_test_add ("/app/setup/" path, Dialog, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  screen_test_init (&argc, &argv);
  TEST ("password/says-why-it-is-asked-for", test_password_says_why);
  TEST ("password/is-asked-for-once", test_password_asks_once);
  TEST ("password/of-several-accounts-is-asked-for-one-after-the-other", test_password_one_account_at_a_time);
  TEST ("password/is-kept", test_password_is_kept);
  TEST ("password/may-count-for-this-run-alone", test_password_for_this_run);
  TEST ("certificate/is-shown-with-what-is-wrong", test_certificate_is_shown);
  TEST ("certificate/refused-changes-nothing", test_certificate_refused_changes_nothing);
  TEST ("certificate/is-trusted-for-this-host-and-port", test_certificate_trusted_for_host_and_port);
  return g_test_run ();
}
