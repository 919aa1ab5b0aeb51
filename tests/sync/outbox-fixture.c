/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A profile with an account, its Outbox and its Sent folder, and passes over it. */
#include "outbox-fixture.h"

#include "base-error.h"
#include "mail-role.h"
#include "mime-builder.h"

#include <glib/gstdio.h>
#include <string.h>

void
outbox_fixture_open_at (OutboxFixture *self, const char *path)
{
  g_autoptr (GError) error = NULL;

  self->path = g_strdup (path);
  self->store = store_new (path, &error);
  g_assert_no_error (error);
  self->database = store_open (self->store, &error);
  g_assert_no_error (error);
  store_folders_prepare_account (self->database, STORE_LOCAL_ACCOUNT, &error);
  g_assert_no_error (error);
  store_folders_prepare_account (self->database, OUTBOX_ACCOUNT, &error);
  g_assert_no_error (error);
  self->outbox = store_folders_find_role (self->database, STORE_LOCAL_ACCOUNT, MAIL_ROLE_OUTBOX, &error);
  self->sent = store_folders_find_role (self->database, OUTBOX_ACCOUNT, MAIL_ROLE_SENT, &error);
  g_assert_cmpint (self->outbox, >, 0);
  g_assert_cmpint (self->sent, >, 0);
  self->now = OUTBOX_NOW;
}

void
outbox_fixture_set_up (OutboxFixture *self, gconstpointer data)
{
  g_autofree char *path = NULL;

  self->folder = g_dir_make_tmp ("posthorn-outbox-XXXXXX", NULL);
  path = g_build_filename (self->folder, "mail.sqlite", NULL);
  outbox_fixture_open_at (self, path);
}

void
outbox_fixture_close (OutboxFixture *self)
{
  g_clear_pointer (&self->database, store_database_free);
  if (self->store)
    store_close (self->store);
  g_clear_object (&self->store);
  g_clear_object (&self->trace);
  g_clear_pointer (&self->report.errors, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_clear_pointer (&self->path, g_free);
}

void
outbox_fixture_tear_down (OutboxFixture *self, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  outbox_fixture_close (self);
  dir = g_dir_open (self->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (self->folder);
  g_clear_pointer (&self->folder, g_free);
}

static void
add_recipient (GPtrArray *recipients, const char *address)
{
  StoreOutboxRecipient *recipient = g_new0 (StoreOutboxRecipient, 1);

  recipient->address = g_strdup (address);
  g_ptr_array_add (recipients, recipient);
}

static void
recipient_free (gpointer data)
{
  StoreOutboxRecipient *recipient = data;

  g_free (recipient->address);
  g_free (recipient->reply);
  g_free (recipient);
}

static gint64
add (OutboxFixture *self, GBytes *source, const char *sender, const char *const *recipients)
{
  g_autoptr (MailSummary) summary = mail_summary_new ();
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (recipient_free);
  g_autofree char *sender_copy = g_strdup (sender);
  StoreOutboxItem item = { .account = OUTBOX_ACCOUNT, .sender = sender_copy, .recipients = list };
  g_autoptr (GError) error = NULL;
  gint64 id;

  for (; *recipients; recipients++)
    add_recipient (list, *recipients);
  summary->size = g_bytes_get_size (source);
  id = store_outbox_add (self->database, source, summary, &item, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

gint64
outbox_fixture_add (OutboxFixture *self, const char *id, const char *const *recipients)
{
  g_autoptr (GString) source = g_string_new ("From: Ann <ann@example.org>\r\n");
  guint n = g_strv_length ((char **) recipients);
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (source, "%s: %s\r\n", n > 1 && i + 1 == n ? "Bcc" : i == 0 ? "To" : "Cc", recipients[i]);
  g_string_append_printf (source, "Subject: %s\r\nMessage-ID: <%s@example.org>\r\nDate: Sun, 22 Nov 2026 10:00:00 +0000\r\n\r\n.Hello\r\n", id, id);
  bytes = g_bytes_new (source->str, source->len);
  return add (self, bytes, "ann@example.org", recipients);
}

gint64
outbox_fixture_add_source (OutboxFixture *self, GBytes *source)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MimeTransport) transport = mime_transport_new (source, &error);

  g_assert_no_error (error);
  return add (self, source, transport->sender, (const char *const *) transport->recipients);
}

gboolean
outbox_fixture_run (OutboxFixture *self, MailLogin *login, GCancellable *cancellable)
{
  SyncPass pass = { .database = self->database, .account = OUTBOX_ACCOUNT, .login = login, .trace = self->trace, .trace_tag = "test",
                    .options = self->options, .now = self->now, .report = &self->report };

  g_clear_error (&self->error);
  g_clear_pointer (&self->report.errors, g_ptr_array_unref);
  self->report = (SyncReport) { .account = OUTBOX_ACCOUNT };
  self->report.errors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  return sync_outbox_run (&pass, self->sent, cancellable, &self->error);
}

StoreOutboxItem *
outbox_fixture_get (OutboxFixture *self, gint64 message)
{
  g_autoptr (GError) error = NULL;
  StoreOutboxItem *item = store_outbox_get (self->database, message, &error);

  if (!item)
    g_assert_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND);
  return item;
}

void
outbox_fixture_assert (OutboxFixture *self, gint64 message, StoreOutboxState state, const char *recipients, const char *error_word)
{
  g_autoptr (StoreOutboxItem) item = outbox_fixture_get (self, message);
  g_autoptr (GString) states = g_string_new (NULL);

  g_assert_nonnull (item);
  for (guint i = 0; i < item->recipients->len; i++)
    g_string_append_c (states, "wars"[((StoreOutboxRecipient *) g_ptr_array_index (item->recipients, i))->state]);
  g_assert_cmpint (item->state, ==, state);
  g_assert_cmpstr (states->str, ==, recipients);
  g_assert_cmpstr (item->error_word, ==, error_word);
}

guint
outbox_fixture_count (OutboxFixture *self, gint64 folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreFolder) found = store_folders_get (self->database, folder, &error);

  g_assert_no_error (error);
  return found->total;
}
