/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store with an index: mail whose text is known, and short ways to look for it. */
#include "search-fixture.h"

#include "mail-address.h"

#include <string.h>

#define NOW 1795348800 /* 2026-11-22 12:00 UTC */

gint64
search_fixture_add_to (StoreFixture *self, gint64 folder, const char *subject, const char *from, const char *body, gint64 received,
                       MailFlags flags, gboolean is_whole)
{
  g_autoptr (MailSummary) summary = store_fixture_make_summary (NULL, subject, from);
  g_autofree char *text = g_strdup_printf ("Subject: %s\r\nX-Received: %" G_GINT64_FORMAT "\r\n\r\n%s", subject, received, body);
  g_autoptr (GBytes) source = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  gint64 id;

  summary->received = received;
  summary->size = strlen (text);
  summary->flags = flags;
  summary->is_whole = is_whole;
  summary->has_attachments = strstr (body, "ATTACHED") != NULL;
  id = store_messages_add (self->database, folder, source, summary, &error);
  g_assert_no_error (error);
  return id;
}

gint64
search_fixture_add (StoreFixture *self, const char *subject, const char *from, const char *body, gint64 received)
{
  return search_fixture_add_to (self, store_fixture_inbox (self), subject, from, body, received, 0, TRUE);
}

void
search_fixture_take_apart (GBytes *source, const MailSummary *summary, StoreIndexText *text)
{
  gsize size;
  const char *data = g_bytes_get_data (source, &size);
  const char *body = g_strstr_len (data, size, "\r\n\r\n");
  const char *attached = body ? g_strstr_len (body, size - (body - data), "ATTACHED ") : NULL;

  text->subject = g_strdup (summary->subject);
  text->from = mail_address_list_to_string (summary->from);
  text->to = mail_address_list_to_string (summary->to);
  text->body = body ? g_strndup (body, size - (body - data)) : g_strdup ("");
  text->attachments = attached ? g_strndup (attached + 9, size - (attached + 9 - data)) : g_strdup ("");
}

void
search_fixture_index (StoreFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreIndex) index = store_index_open (self->store, &error);
  gboolean is_more = TRUE;

  g_assert_no_error (error);
  while (is_more)
    {
      store_index_advance (index, search_fixture_take_apart, NULL, &is_more, NULL, &error);
      g_assert_no_error (error);
    }
}

char *
search_fixture_find_narrow (StoreFixture *self, const char *query, const StoreSearch *search)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (MailQuery) parsed = mail_query_parse (query, FALSE, NOW, zone);
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreDatabase) database = store_search_open (self->store, &error);
  StoreSearch wish = *search;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  GString *found = g_string_new (NULL);

  g_assert_no_error (error);
  wish.query = parsed;
  ids = store_search_ids (database, &wish, NULL, &error);
  g_assert_no_error (error);
  rows = store_messages_get_rows (database, (const gint64 *) ids->data, ids->len, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      const MailSummary *row = g_ptr_array_index (rows, i);

      g_string_append_printf (found, "%s%s", i > 0 ? " " : "", row ? row->subject : "(gone)");
    }
  return g_string_free (found, FALSE);
}

char *
search_fixture_find (StoreFixture *self, const char *query)
{
  StoreSearch search = { .query = NULL };

  return search_fixture_find_narrow (self, query, &search);
}

void
search_fixture_assert (StoreFixture *self, const char *query, const char *subjects)
{
  g_autofree char *found = search_fixture_find (self, query);

  if (g_strcmp0 (found, subjects) != 0)
    g_test_message ("looking for: %s", query);
  g_assert_cmpstr (found, ==, subjects);
}
