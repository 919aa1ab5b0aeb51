/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the engine does, in words. */
#include "status-words.h"

#include "app-format.h"
#include "app-words.h"
#include "base-config.h"
#include "base-error.h"

#include <glib/gi18n.h>

static void
append_size (GString *text, gint64 bytes)
{
  g_autofree char *size = bytes > 0 ? g_format_size ((guint64) bytes) : NULL;

  if (size)
    g_string_append_printf (text, " · %s", size);
}

static char *
word_counted (const char *format_counted, const char *format_begun, SyncStatus *status, const char *title)
{
  guint total = sync_status_get_total (status);
  /* of what arrives those that have come, of what is sent the one that is under way */
  guint n = sync_status_get_done (status) + (sync_status_get_phase (status) == SYNC_SENDING);
  g_autofree char *done = g_strdup_printf ("%u", MIN (n, total));
  g_autofree char *all = g_strdup_printf ("%u", total);
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
  append_size (text, sync_status_get_bytes (status));
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

static gboolean
are_all_receiving (GPtrArray *busy)
{
  for (guint i = 0; i < busy->len; i++)
    if (sync_status_get_phase (busy->pdata[i]) != SYNC_RECEIVING || !sync_status_get_total (busy->pdata[i]))
      return FALSE;
  return TRUE;
}

static char *
word_receiving (GPtrArray *busy)
{
  guint done = 0, total = 0;
  gint64 bytes = 0;
  /* Translators: keep what is in braces as it is: {done} and {total} are numbers of messages, {count} is how many accounts */
  g_autoptr (GString) text = g_string_new (ngettext ("Receiving {done} of {total} from {count} account", "Receiving {done} of {total} from {count} accounts",
                                                     busy->len));
  g_autofree char *count = g_strdup_printf ("%u", busy->len);
  g_autofree char *done_text = NULL;
  g_autofree char *total_text = NULL;

  for (guint i = 0; i < busy->len; i++)
    {
      done += MIN (sync_status_get_done (busy->pdata[i]), sync_status_get_total (busy->pdata[i]));
      total += sync_status_get_total (busy->pdata[i]);
      bytes += MAX (sync_status_get_bytes (busy->pdata[i]), 0);
    }
  done_text = g_strdup_printf ("%u", done);
  total_text = g_strdup_printf ("%u", total);
  g_string_replace (text, "{done}", done_text, 1);
  g_string_replace (text, "{total}", total_text, 1);
  g_string_replace (text, "{count}", count, 1);
  append_size (text, bytes);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What a person waits for: mail that goes or comes, before what only prepares it */
static SyncStatus *
find_foremost (GPtrArray *busy)
{
  static const SyncPhase order[] = { SYNC_SENDING, SYNC_RECEIVING, SYNC_LISTING, SYNC_LOGGING_IN };

  for (gsize k = 0; k < G_N_ELEMENTS (order); k++)
    for (guint i = 0; i < busy->len; i++)
      if (sync_status_get_phase (busy->pdata[i]) == order[k])
        return busy->pdata[i];
  return busy->pdata[0];
}

char *
status_words_together (GPtrArray *busy, AccountList *accounts)
{
  SyncStatus *foremost = busy->len ? find_foremost (busy) : NULL;
  Account *account = foremost ? account_list_find (accounts, sync_status_get_account (foremost)) : NULL;
  g_autofree char *first = account ? status_words_activity (foremost, account) : NULL;
  g_autofree char *count = g_strdup_printf ("%u", busy->len ? busy->len - 1 : 0);
  g_autoptr (GString) text = NULL;

  if (busy->len < 2 || !first)
    return g_steal_pointer (&first);
  if (are_all_receiving (busy))
    return word_receiving (busy);
  /* Translators: {activity} is a sentence such as "Receiving 34 of 210 from Work"; {count} is how many accounts do something besides */
  text = g_string_new (ngettext ("{activity} · and {count} more account", "{activity} · and {count} more accounts", busy->len - 1));
  g_string_replace (text, "{count}", count, 1);
  g_string_replace (text, "{activity}", first, 1);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
status_words_step (SyncStatus *status)
{
  /* Translators: keep what is in braces as it is: {done} and {total} are numbers */
  switch (sync_status_get_phase (status))
    {
    case SYNC_WAITING:
      return g_strdup (_("Waiting"));
    case SYNC_CONNECTING:
      return g_strdup (_("Connecting"));
    case SYNC_LOGGING_IN:
      return g_strdup (_("Logging in"));
    case SYNC_LISTING:
      return g_strdup (_("Looking for new mail"));
    case SYNC_RECEIVING:
      return word_counted (_("Receiving {done} of {total}"), _("Receiving"), status, "");
    case SYNC_CLEANING:
      return g_strdup (_("Tidying up the server"));
    case SYNC_SENDING:
      return word_counted (_("Sending {done} of {total}"), _("Sending"), status, "");
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
status_words_index (guint done, guint total, gboolean is_offline)
{
  /* Translators: while old mail is made searchable; keep what is in braces as it is: {done} and {total} are numbers of messages */
  g_autoptr (GString) text = g_string_new (is_offline ? _("Offline · preparing search: {done} of {total}") : _("Preparing search: {done} of {total}"));
  g_autofree char *done_text = g_strdup_printf ("%'u", done);
  g_autofree char *total_text = g_strdup_printf ("%'u", total);

  g_string_replace (text, "{done}", done_text, 1);
  g_string_replace (text, "{total}", total_text, 1);
  return g_string_free (g_steal_pointer (&text), FALSE);
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

char *
status_words_refused (guint n, Account *account)
{
  g_autofree char *count = g_strdup_printf ("%u", n);
  /* Translators: {account} is an account's title, {count} a number; keep what is in braces as it is */
  g_autoptr (GString) text = g_string_new (ngettext ("{account}: the server refused a change.", "{account}: the server refused {count} changes.", n));

  g_string_replace (text, "{count}", count, 1);
  g_string_replace (text, "{account}", account_get_title (account), 1);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* A subject may be as long as its writer liked. */
#define MAX_NAME 80

static char *
shorten (const char *name)
{
  g_autofree char *start = NULL;

  if (g_utf8_strlen (name, -1) <= MAX_NAME)
    return g_strdup (name);
  start = g_utf8_substring (name, 0, MAX_NAME - 1);
  return g_strconcat (start, "…", NULL);
}

static const char *
get_refusal_format (ModelRefusalKind kind, gboolean has_folder)
{
  /* Translators: {name} is a message's subject or a folder's name, {folder} a folder's; keep what is in braces as it is */
  switch (kind)
    {
    case MODEL_REFUSAL_MOVE:
      return has_folder ? _("“{name}” could not be moved to “{folder}”.") : _("“{name}” could not be moved.");
    case MODEL_REFUSAL_COPY:
      return has_folder ? _("“{name}” could not be copied to “{folder}”.") : _("“{name}” could not be copied.");
    case MODEL_REFUSAL_DELETE:
      return has_folder ? _("“{name}” could not be deleted from “{folder}”.") : _("“{name}” could not be deleted.");
    case MODEL_REFUSAL_PUT:
      return has_folder ? _("“{name}” could not be put into “{folder}”.") : _("“{name}” could not be put on the server.");
    case MODEL_REFUSAL_CREATE_FOLDER:
      return _("The folder “{name}” could not be made.");
    case MODEL_REFUSAL_RENAME_FOLDER:
      return _("The folder “{name}” could not be renamed.");
    case MODEL_REFUSAL_DELETE_FOLDER:
      return _("The folder “{name}” could not be deleted.");
    case MODEL_REFUSAL_MOVE_FOLDER:
      return has_folder ? _("The folder “{name}” could not be moved to “{folder}”.") : _("The folder “{name}” could not be moved.");
    case MODEL_REFUSAL_MARK:
    default:
      return _("“{name}” could not be marked.");
    }
}

/* Both come from mail: put in at once, so that one that has braces in it is not taken for ours. */
char *
status_words_refusal (ModelRefusal *refusal)
{
  const char *folder = model_refusal_get_folder (refusal);
  const char *name = model_refusal_get_name (refusal);
  g_autofree char *what = shorten (name[0] ? name : _("(no subject)"));
  g_autofree char *where = shorten (folder ? folder : "");
  g_auto (GStrv) parts = g_strsplit (get_refusal_format (model_refusal_get_kind (refusal), folder != NULL), "{folder}", 2);

  for (char **part = parts; *part; part++)
    {
      g_auto (GStrv) halves = g_strsplit (*part, "{name}", 2);
      char *filled = g_strjoinv (what, halves);

      g_free (*part);
      *part = filled;
    }
  return g_strjoinv (where, parts);
}

char *
status_words_refusal_reason (ModelRefusal *refusal, Account *account, gint64 now)
{
  g_autoptr (GError) error = g_error_copy (model_refusal_get_error (refusal));
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *when = app_format_date (model_refusal_get_failed (refusal), now, zone);
  const char *reply;
  g_autofree char *reason = NULL;
  g_autofree char *quoted = NULL;

  if (account)
    base_error_set_server (error, account_get_host (account, ACCOUNT_INCOMING), 0, NULL);
  reason = app_words_error (error);
  reply = base_error_get_reply (error);
  /* Translators: what a mail server answered, word by word */
  quoted = reply && reply[0] ? g_strdup_printf (_("The server said: %s"), reply) : g_strdup (error->message);
  return g_strdup_printf ("%s\n%s\n%s", reason, quoted, when);
}
