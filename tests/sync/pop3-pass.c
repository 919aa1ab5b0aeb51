/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One POP3 pass as a process of its own, for tests that kill it and for measuring it:
 *
 *   pop3-pass DATABASE HOST PORT SECURITY USER PASSWORD-FILE CA-FILE LEAVE [TRACE]
 *
 * LEAVE is always, never, until-deleted or a number of days. Prints what was done; status 1 when the pass ended early. */
#include "base-error.h"
#include "mime-summary.h"
#include "store-database.h"
#include "sync-pop3.h"

#include <stdlib.h>
#include <string.h>

static SyncPop3Settings
read_leave (const char *word)
{
  SyncPop3Settings settings = { .leave = ACCOUNT_LEAVE_ALWAYS };

  if (strcmp (word, "never") == 0)
    settings.leave = ACCOUNT_LEAVE_NEVER;
  else if (strcmp (word, "until-deleted") == 0)
    settings.leave = ACCOUNT_LEAVE_UNTIL_DELETED;
  else if (g_ascii_isdigit (*word))
    {
      settings.leave = ACCOUNT_LEAVE_DAYS;
      settings.leave_days = (guint) strtoul (word, NULL, 10);
    }
  return settings;
}

static char *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, &error))
    g_error ("%s", error->message);
  return text;
}

static MailLogin *
read_login (char **argv)
{
  g_autofree char *password = g_strchomp (read_file (argv[6]));
  g_autofree char *ca = read_file (argv[7]);
  MailSecurity security = MAIL_SECURITY_TLS;
  MailLogin *login;

  mail_security_from_word (argv[4], &security);
  login = mail_login_new (argv[2], (guint) strtoul (argv[3], NULL, 10), security, argv[5], MAIL_SECRET_PASSWORD, password);
  mail_login_set_trust (login, ca, NULL);
  return login;
}

static gboolean
run (Store *store, MailLogin *login, const SyncPop3Settings *settings, BaseTrace *trace, GError **error)
{
  g_autoptr (StoreDatabase) database = store_open (store, error);
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  SyncReport report = { .errors = errors };
  SyncPass pass = { .database = database, .account = 1, .login = login, .trace = trace, .trace_tag = "POP3", .report = &report };
  gint64 start = g_get_monotonic_time ();
  gboolean is_done;

  if (database == NULL)
    return FALSE;
  pass.now = g_get_real_time () / G_USEC_PER_SEC;
  is_done = sync_pop3_run (&pass, settings, NULL, error);
  g_print ("new %u, deleted %u, in %" G_GINT64_FORMAT ", out %" G_GINT64_FORMAT ", round trips %u, errors %u, %.3f s\n", report.n_new,
           report.n_deleted, report.bytes_in, report.bytes_out, report.round_trips, errors->len,
           (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  for (guint i = 0; i < errors->len; i++)
    g_printerr ("%s\n", ((GError *) g_ptr_array_index (errors, i))->message);
  return is_done;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Store) store = NULL;
  g_autoptr (MailLogin) login = NULL;
  g_autoptr (BaseTrace) trace = NULL;
  SyncPop3Settings settings;
  gboolean is_done;

  if (argc < 9)
    return 2;
  mime_init ();
  login = read_login (argv);
  settings = read_leave (argv[8]);
  if (argc > 9)
    trace = base_trace_new (argv[9], NULL);
  store = store_new (argv[1], &error);
  is_done = store != NULL && run (store, login, &settings, trace, &error);
  if (store != NULL)
    store_close (store);
  if (!is_done)
    g_printerr ("%s: %s\n", base_error_get_word (error), error->message);
  return is_done ? 0 : 1;
}
