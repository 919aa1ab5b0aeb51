/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the engine does, in words. */
#include "status-words.h"

#include "app-format.h"
#include "app-words.h"
#include "base-config.h"

#include <glib/gi18n.h>

static char *
word_counted (const char *format_counted, const char *format_begun, SyncStatus *status, const char *title)
{
  guint total = sync_status_get_total (status);
  g_autofree char *done = g_strdup_printf ("%u", MIN (sync_status_get_done (status), total));
  g_autofree char *all = g_strdup_printf ("%u", total);
  gint64 bytes = sync_status_get_bytes (status);
  g_autoptr (GString) text = g_string_new (NULL);

  if (total)
    {
      /* The formats are translated: put together by hand, so that a wrong one cannot crash. */
      g_string_append (text, format_counted);
      g_string_replace (text, "{done}", done, 1);
      g_string_replace (text, "{total}", all, 1);
    }
  else
    g_string_append (text, format_begun);
  g_string_replace (text, "{account}", title, 1);
  if (bytes > 0)
    {
      g_autofree char *size = g_format_size ((guint64) bytes);

      g_string_append_printf (text, " · %s", size);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
word (const char *format, const char *title)
{
  g_autoptr (GString) text = g_string_new (format);

  g_string_replace (text, "{account}", title, 1);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
status_words_activity (SyncStatus *status, Account *account)
{
  const char *title = account_get_title (account);

  /* Translators: keep what is in braces as it is: {account} is an account's title, {done} and {total} are numbers */
  switch (sync_status_get_phase (status))
    {
    case SYNC_WAITING:
      return word (_("Waiting for {account}"), title);
    case SYNC_CONNECTING:
      return word (_("Connecting to {account}"), title);
    case SYNC_LOGGING_IN:
      return word (_("Logging in to {account}"), title);
    case SYNC_LISTING:
      return word (_("Looking for new mail in {account}"), title);
    case SYNC_RECEIVING:
      return word_counted (_("Receiving {done} of {total} from {account}"), _("Receiving from {account}"), status, title);
    case SYNC_CLEANING:
      return word (_("Tidying up the server of {account}"), title);
    case SYNC_SENDING:
      return word_counted (_("Sending {done} of {total} through {account}"), _("Sending through {account}"), status, title);
    case SYNC_IDLE:
    default:
      return NULL;
    }
}

char *
status_words_offline (void)
{
  return g_strdup (_("Offline. What you do is kept and sent later."));
}

char *
status_words_problem (const GError *error, Account *account)
{
  g_autofree char *reason = app_words_error (error);

  return g_strdup_printf ("%s: %s", account_get_title (account), reason);
}

char *
status_words_rest (gint64 last, gint64 now, gboolean has_problem)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *when = app_format_date (last, now, zone);
  g_autoptr (GString) text = NULL;

  if (!last)
    return g_strdup ("");
  /* Translators: {time} is a time of the day, or a day and a time; keep what is in braces as it is */
  text = g_string_new (has_problem ? _("Last checked {time}") : _("Up to date · last checked {time}"));
  g_string_replace (text, "{time}", when, 1);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
