/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store in a folder of its own, and short ways to put mail into it. */
#include "store-fixture.h"

#include "mail-address.h"
#include "store-check.h"

#include <glib/gstdio.h>
#include <string.h>

void
store_fixture_open (StoreFixture *self)
{
  g_autoptr (GError) error = NULL;

  self->store = store_new (self->path, &error);
  g_assert_no_error (error);
  self->database = store_open (self->store, &error);
  g_assert_no_error (error);
}

void
store_fixture_close (StoreFixture *self)
{
  g_clear_pointer (&self->database, store_database_free);
  if (self->store)
    store_close (self->store);
  g_clear_object (&self->store);
}

void
store_fixture_set_up (StoreFixture *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("posthorn-store-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
  self->path = g_build_filename (self->folder, "mail.sqlite", NULL);
  store_fixture_open (self);
}

void
store_fixture_remove (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
}

void
store_fixture_tear_down (StoreFixture *self, gconstpointer data)
{
  store_fixture_close (self);
  store_fixture_remove (self->folder);
  g_free (self->folder);
  g_free (self->path);
}

MailSummary *
store_fixture_make_summary (const char *id, const char *subject, const char *from)
{
  MailSummary *summary = mail_summary_new ();

  summary->message_id = id ? g_strconcat (id, "@example.org", NULL) : NULL;
  g_free (summary->subject);
  summary->subject = g_strdup (subject);
  g_ptr_array_add (summary->from, mail_address_new (from, "sender@example.org"));
  g_ptr_array_add (summary->to, mail_address_new (NULL, "me@example.net"));
  summary->date = 900;
  summary->received = 1000;
  return summary;
}

gint64
store_fixture_add (StoreFixture *self, gint64 folder, const char *id)
{
  g_autoptr (MailSummary) summary = store_fixture_make_summary (id, id, "Ana Ruiz");
  g_autofree char *text = g_strdup_printf ("Message-ID: <%s@example.org>\r\n\r\nHello %s.\r\n", id, id);
  g_autoptr (GBytes) source = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  gint64 message = store_messages_add (self->database, folder, source, summary, &error);

  g_assert_no_error (error);
  g_assert_cmpint (message, >, 0);
  return message;
}

gint64
store_fixture_inbox (StoreFixture *self)
{
  g_autoptr (GError) error = NULL;
  gint64 inbox;

  g_assert_true (store_folders_prepare_account (self->database, 1, &error));
  inbox = store_folders_find_role (self->database, 1, MAIL_ROLE_INBOX, &error);
  g_assert_no_error (error);
  g_assert_cmpint (inbox, >, 0);
  return inbox;
}

gint64
store_fixture_count (StoreFixture *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  sqlite3_stmt *statement = store_database_prepare (self->database, sql, &error);
  gboolean has_row;
  gint64 count;

  g_assert_no_error (error);
  g_assert_true (store_database_step (self->database, statement, &has_row, &error));
  g_assert_true (has_row);
  count = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  return count;
}

void
store_fixture_assert_sound (StoreFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) faults = store_check (self->database, NULL, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < faults->len; i++)
    g_test_message ("fault: %s", (char *) g_ptr_array_index (faults, i));
  g_assert_cmpuint (faults->len, ==, 0);
}
