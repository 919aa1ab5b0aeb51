/* SPDX-License-Identifier: GPL-3.0-or-later */
/* IMAP passes as a process of their own, for tests that kill it and for measuring it:
 *
 *   imap-pass DATABASE HOST PORT SECURITY USER PASSWORD-FILE CA-FILE BODIES PASSES [TRACE]
 *
 * BODIES is all, none, or a number of days; PASSES how many passes follow each other over one session. Prints what each did; status 1 when one
 * ended early. */
#include "base-error.h"
#include "imap-session.h"
#include "mime-summary.h"
#include "store-database.h"
#include "store-messages.h"
#include "sync-imap.h"

#include <stdlib.h>
#include <string.h>

#define SCREENFUL 200

typedef struct
{
  gint64 start;
  gint64 logged_in;
  gint64 first_rows;
  guint n_rows;
} Clock;

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

static void
on_progress (SyncPhase phase, guint done, guint total, gint64 bytes, gpointer data)
{
  Clock *watch = data;

  if (phase == SYNC_LISTING && watch->logged_in == 0)
    watch->logged_in = g_get_monotonic_time ();
  if (phase == SYNC_LISTING && done > 0 && done >= MIN (total, SCREENFUL) && watch->first_rows == 0)
    {
      watch->first_rows = g_get_monotonic_time ();
      watch->n_rows = done;
    }
}

static gboolean
run (Store *store, MailLogin *login, const SyncImapSettings *settings, guint n_passes, BaseTrace *trace, GError **error)
{
  g_autoptr (StoreDatabase) database = store_open (store, error);
  g_autoptr (ImapSession) session = NULL;
  gboolean is_done = database != NULL;

  for (guint i = 0; is_done && i < n_passes; i++)
    {
      g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
      SyncReport report = { .errors = errors };
      Clock watch = { .start = g_get_monotonic_time () };
      SyncPass pass = { .database = database, .account = 1, .login = login, .trace = trace, .trace_tag = "IMAP", .report = &report,
                        .progress = on_progress, .progress_data = &watch };

      pass.now = g_get_real_time () / G_USEC_PER_SEC;
      is_done = sync_imap_run (&pass, settings, &session, NULL, NULL, NULL, error);
      g_print ("new %u, deleted %u, flags %u, in %" G_GINT64_FORMAT ", out %" G_GINT64_FORMAT ", round trips %u, errors %u, %.3f s", report.n_new,
               report.n_deleted, report.n_flags_changed, report.bytes_in, report.bytes_out, report.round_trips, errors->len,
               (double) (g_get_monotonic_time () - watch.start) / G_USEC_PER_SEC);
      if (watch.first_rows > 0)
        g_print (", first %u rows %.3f s after the login", watch.n_rows, (double) (watch.first_rows - watch.logged_in) / G_USEC_PER_SEC);
      g_print ("\n");
      for (guint n = 0; n < errors->len; n++)
        g_printerr ("%s\n", ((GError *) g_ptr_array_index (errors, n))->message);
    }
  if (session)
    imap_session_log_out (session);
  return is_done;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Store) store = NULL;
  g_autoptr (MailLogin) login = NULL;
  g_autoptr (BaseTrace) trace = NULL;
  SyncImapSettings settings = { .keep_days = -1 };
  gboolean is_done;

  if (argc < 10)
    return 2;
  mime_init ();
  login = read_login (argv);
  if (strcmp (argv[8], "all") != 0)
    settings.keep_days = atoi (argv[8]);
  if (argc > 10)
    trace = base_trace_new (argv[10], NULL);
  store = store_new (argv[1], &error);
  is_done = store != NULL && run (store, login, &settings, (guint) strtoul (argv[9], NULL, 10), trace, &error);
  if (store != NULL)
    store_close (store);
  if (!is_done)
    g_printerr ("%s: %s\n", base_error_get_word (error), error->message);
  return is_done ? 0 : 1;
}
